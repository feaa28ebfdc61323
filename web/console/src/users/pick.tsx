import type { Query } from '../api/client';
import type { User } from '../api/types';
import type { PickerSource } from '../ui/usePicker';
import { callName } from './queries';
import { UserAvatar } from './UserAvatar';

/** Users to pick from, such as those without a role: `{ excludeRoleId }`. */
export function pickUsers(query: Query = {}): PickerSource<User> {
  return {
    path: '/users',
    query,
    row: (user) => {
      const label = callName(user);
      const detail = [user.username, user.primaryEmail, user.primaryPhone && `+${user.primaryPhone}`, user.id].find((each) => each && each !== label);
      return { id: user.id, label, detail: detail || undefined, icon: <UserAvatar user={user} size={26} /> };
    },
  };
}
