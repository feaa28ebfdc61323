import { Alert, Menu, Skeleton, Stack, Tabs, ThemeIcon } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconApi, IconInfoCircle, IconTrash } from '@tabler/icons-react';
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
import { isManagementApi, useResource, useResourceChanges, type Resource } from './queries';
import { ResourceSettings } from './ResourceSettings';
import { ResourceChips } from './ResourcesPage';
import { ScopesTab } from './ScopesTab';

const tabs = ['permissions', 'settings'] as const;

export function ResourcePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '', tab = 'permissions' } = useParams();
  const found = useResource(id);
  const resource = found.data?.value;
  useTitle(resource?.name);
  if (found.error instanceof ApiError && found.error.status === 404) return <Missing />;
  if (found.error && !found.data) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!tabs.some((each) => each === tab)) return <Navigate to={`/api-resources/${id}`} replace />;
  return (
    <Stack gap="md">
      <BackLink to="/api-resources" label={t('resources.title')} />
      {resource ? <Head resource={resource} /> : <Skeleton h={92} radius="lg" />}
      {resource && isManagementApi(resource) && <Alert variant="light" color="blue" icon={<IconInfoCircle />}>{t('resources.builtInNote')}</Alert>}
      <Tabs value={tab} onChange={(value) => void navigate(`/api-resources/${id}/${value}`)} keepMounted={false}>
        <TabsList open={tab}>
          {tabs.map((each) => <Tabs.Tab key={each} value={each}>{t(`resources.tabs.${each}`)}</Tabs.Tab>)}
        </TabsList>
        {resource ? (
          <>
            <Tabs.Panel value="permissions"><ScopesTab resource={resource} /></Tabs.Panel>
            <Tabs.Panel value="settings">
              <ResourceSettings saved={resource} tag={found.data!.tag} reload={async () => (await found.refetch({ throwOnError: true })).data!.value} />
            </Tabs.Panel>
          </>
        ) : <Skeleton h={320} radius="lg" />}
      </Tabs>
    </Stack>
  );
}

function Head({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useResourceChanges();
  const [deleting, setDeleting] = useState(false);
  const { id, name } = resource;
  const scopes = useTotal(`/resources/${encodeURIComponent(id)}/scopes`, {}, deleting);
  const roles = useTotal('/roles', { resourceId: id }, deleting);
  return (
    <DetailsHead
      icon={<ThemeIcon variant="light" color="gray" size={44} radius="md"><IconApi size={24} stroke={1.7} /></ThemeIcon>}
      name={name}
      chips={<ResourceChips resource={resource} />}
      id={id}
      idLabel={t('resources.columns.id')}
      menu={!isManagementApi(resource) && <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>{t('resources.delete.action')}</Menu.Item>}
    >
      <Danger
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t('resources.delete.title', { name })}
        text={[
          t('resources.delete.text'),
          scopes !== undefined && roles !== undefined && t('resources.delete.affected', {
            scopes: t('resources.delete.scopes', { count: scopes }),
            roles: t('resources.delete.roles', { count: roles }),
          }),
          t('ui.irreversible'),
        ].filter(Boolean).join(' ')}
        action={t('resources.delete.action')}
        name={name}
        act={async () => {
          await changes.remove(id);
          await navigate('/api-resources', { replace: true, state: { nothingToSave: true } });
          notifications.show({ message: t('resources.delete.done', { name }) });
        }}
      />
    </DetailsHead>
  );
}
