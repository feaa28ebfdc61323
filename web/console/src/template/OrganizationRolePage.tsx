import { Menu, Skeleton, Stack, Tabs } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';
import { ApiError } from '../api/errors';
import { Missing } from '../app/Broken';
import { RoleIcon, RoleTypeChip } from '../roles/RoleChips';
import { Danger } from '../ui/Danger';
import { BackLink, DetailsHead } from '../ui/DetailsHead';
import { Problem } from '../ui/Problem';
import { TabsList } from '../ui/TabsList';
import { useTitle } from '../ui/useTitle';
import { OrganizationRoleSettings } from './OrganizationRoleSettings';
import { ApiPermissions, OrganizationPermissions } from './Permissions';
import { useOrganizationRole, useTemplateChanges, type OrganizationRole } from './queries';

const tabs = ['permissions', 'api-permissions', 'settings'] as const;
const list = '/organization-template/roles';

export function OrganizationRolePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '', tab = 'permissions' } = useParams();
  const found = useOrganizationRole(id);
  const role = found.data?.value;
  useTitle(role?.name);
  if (found.error instanceof ApiError && found.error.status === 404) return <Missing />;
  if (found.error && !found.data) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!tabs.some((each) => each === tab)) return <Navigate to={`${list}/${id}`} replace />;
  return (
    <Stack gap="md">
      <BackLink to={list} label={t('template.title')} />
      {role ? <Head role={role} /> : <Skeleton h={92} radius="lg" />}
      <Tabs value={tab} onChange={(value) => void navigate(`${list}/${id}/${value}`)} keepMounted={false}>
        <TabsList open={tab}>
          {tabs.map((each) => <Tabs.Tab key={each} value={each}>{t(`template.role.${each}`)}</Tabs.Tab>)}
        </TabsList>
        {role ? (
          <>
            <Tabs.Panel value="permissions"><OrganizationPermissions role={role} /></Tabs.Panel>
            <Tabs.Panel value="api-permissions"><ApiPermissions role={role} /></Tabs.Panel>
            <Tabs.Panel value="settings">
              <OrganizationRoleSettings saved={role} tag={found.data!.tag} reload={async () => (await found.refetch({ throwOnError: true })).data!.value} />
            </Tabs.Panel>
          </>
        ) : <Skeleton h={320} radius="lg" />}
      </Tabs>
    </Stack>
  );
}

function Head({ role }: { role: OrganizationRole }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useTemplateChanges();
  const [deleting, setDeleting] = useState(false);
  const { id, name, type } = role;
  return (
    <DetailsHead
      icon={<RoleIcon type={type} size={44} />}
      name={name}
      chips={<RoleTypeChip type={type} />}
      id={id}
      idLabel={t('roles.columns.id')}
      menu={<Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>{t('roles.delete.action')}</Menu.Item>}
    >
      <Danger
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t('roles.delete.title', { name })}
        text={`${t(type === 'User' ? 'template.delete.members' : 'template.delete.machines')} ${t('ui.irreversible')}`}
        action={t('roles.delete.action')}
        name={name}
        act={async () => {
          await changes.removeRole(id);
          await navigate(list, { replace: true, state: { nothingToSave: true } });
          notifications.show({ message: t('roles.delete.done', { name }) });
        }}
      />
    </DetailsHead>
  );
}
