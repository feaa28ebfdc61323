import { Menu, Skeleton, Stack, Tabs } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';
import { ApiError } from '../api/errors';
import { Missing } from '../app/Broken';
import { Danger } from '../ui/Danger';
import { BackLink, DetailsHead } from '../ui/DetailsHead';
import { Problem } from '../ui/Problem';
import { TabsList } from '../ui/TabsList';
import { useTitle } from '../ui/useTitle';
import { useTotal } from '../ui/useTotal';
import { HoldersTab } from './HoldersTab';
import { holdersOf, rolePath, useRole, useRoleChanges, type Role } from './queries';
import { DefaultChip, RoleIcon, RoleTypeChip } from './RoleChips';
import { RolePermissions } from './RolePermissions';
import { RoleSettings } from './RoleSettings';

export function RolePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '', tab = 'permissions' } = useParams();
  const found = useRole(id);
  const role = found.data?.value;
  useTitle(role?.name);
  if (found.error instanceof ApiError && found.error.status === 404) return <Missing />;
  if (found.error && !found.data) return <Problem error={found.error} retry={() => void found.refetch()} />;
  const holders = role ? holdersOf[role.type] : undefined;
  const tabs = ['permissions', ...(holders ? [holders] : []), 'settings'] as const;
  if (role && !tabs.some((each) => each === tab)) return <Navigate to={`/roles/${id}`} replace />;
  return (
    <Stack gap="md">
      <BackLink to="/roles" label={t('roles.title')} />
      {role ? <Head role={role} /> : <Skeleton h={92} radius="lg" />}
      {role ? (
        <Tabs value={tab} onChange={(value) => void navigate(`/roles/${id}/${value}`)} keepMounted={false}>
          <TabsList open={tab}>
            {tabs.map((each) => <Tabs.Tab key={each} value={each}>{t(`roles.tabs.${each}`)}</Tabs.Tab>)}
          </TabsList>
          <Tabs.Panel value="permissions"><RolePermissions role={role} /></Tabs.Panel>
          <Tabs.Panel value={holdersOf[role.type]}><HoldersTab role={role} /></Tabs.Panel>
          <Tabs.Panel value="settings">
            <RoleSettings saved={role} tag={found.data!.tag} reload={async () => (await found.refetch({ throwOnError: true })).data!.value} />
          </Tabs.Panel>
        </Tabs>
      ) : <Skeleton h={320} radius="lg" />}
    </Stack>
  );
}

function Head({ role }: { role: Role }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useRoleChanges();
  const [deleting, setDeleting] = useState(false);
  const { id, name, type } = role;
  const count = useTotal(`${rolePath(id)}/${holdersOf[type]}`, {}, deleting);
  return (
    <DetailsHead
      icon={<RoleIcon type={type} size={44} />}
      name={name}
      chips={<><RoleTypeChip type={type} /><DefaultChip role={role} /></>}
      id={id}
      idLabel={t('roles.columns.id')}
      menu={<Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>{t('roles.delete.action')}</Menu.Item>}
    >
      <Danger
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t('roles.delete.title', { name })}
        text={[
          count !== undefined && t(type === 'User' ? 'roles.delete.users' : 'roles.delete.applications', { count }),
          t('roles.delete.text'),
          t('ui.irreversible'),
        ].filter(Boolean).join(' ')}
        action={t('roles.delete.action')}
        name={name}
        act={async () => {
          await changes.remove(id);
          await navigate('/roles', { replace: true, state: { nothingToSave: true } });
          notifications.show({ message: t('roles.delete.done', { name }) });
        }}
      />
    </DetailsHead>
  );
}
