import type { RoleType } from '../roles/queries';
import { RoleIcon } from '../roles/RoleChips';
import type { PickerSource } from '../ui/usePicker';
import type { OrganizationRoleOverview, OrganizationScope } from './queries';

/** Permissions of organizations to pick from. */
export function pickOrganizationScopes(exclude?: ReadonlySet<string>): PickerSource<OrganizationScope> {
  return {
    path: '/organization-scopes',
    searchBy: 'q',
    row: ({ id, name, description }) => ({ id, label: name, detail: description ?? undefined }),
    ...(exclude ? { exclude } : {}),
  };
}

/** Roles of organizations to pick from; members and machines hold those of their own type. */
export function pickOrganizationRoles(type: RoleType, exclude?: ReadonlySet<string>): PickerSource<OrganizationRoleOverview> {
  return {
    path: '/organization-roles',
    searchBy: 'q',
    row: ({ id, name, description, type: its }) => ({ id, label: name, detail: description ?? undefined, icon: <RoleIcon type={its} size={26} /> }),
    offered: (role) => role.type === type,
    ...(exclude ? { exclude } : {}),
  };
}
