import type { Query } from '../api/client';
import type { PickerSource } from '../ui/usePicker';
import type { RoleOverview } from './queries';
import { RoleIcon } from './RoleChips';

/** Roles to pick from, such as those a user does not hold: `{ type: 'User', excludeUserId }`. */
export function pickRoles(query: Query = {}): PickerSource<RoleOverview> {
  return {
    path: '/roles',
    query,
    row: ({ id, name, description, type }) => ({ id, label: name, detail: description, icon: <RoleIcon type={type} size={26} /> }),
  };
}
