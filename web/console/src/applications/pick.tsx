import type { Query } from '../api/client';
import type { Application } from '../api/types';
import type { PickerSource } from '../ui/usePicker';
import { ApplicationIcon } from './ApplicationIcon';

/** Applications to pick from, such as machines without a role: `{ types: 'MachineToMachine', excludeRoleId }`. */
export function pickApplications(query: Query = {}): PickerSource<Application> {
  return {
    path: '/applications',
    query,
    row: ({ id, name, type }) => ({ id, label: name, detail: id, icon: <ApplicationIcon type={type} size={26} /> }),
  };
}
