import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/context';
import { ScopeTable } from '../resources/ScopeTable';
import { Danger } from '../ui/Danger';
import { byWords, useList } from '../ui/useList';
import { useTemplateChanges, type OrganizationRoleOverview, type OrganizationScope } from './queries';

export function OrganizationScopes() {
  const { t } = useTranslation();
  const changes = useTemplateChanges();
  const list = useList<OrganizationScope>({ key: ['organization-scopes'], path: '/organization-scopes', searched: byWords });
  return (
    <ScopeTable<OrganizationScope>
      list={list}
      label={t('template.tabs.permissions')}
      empty={{ title: t('template.scopes.empty.title'), text: t('template.scopes.empty.text') }}
      longest={128}
      placeholder="invite:members"
      add={changes.createScope}
      update={changes.updateScope}
      removing={(scope, onClose) => <DeleteScope scope={scope} onClose={onClose} />}
    />
  );
}

function DeleteScope({ scope, onClose }: { scope: OrganizationScope | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const changes = useTemplateChanges();
  const roles = useQuery({
    queryKey: ['organization-roles', 'all'],
    enabled: !!scope,
    staleTime: 0,
    queryFn: () => api.get<OrganizationRoleOverview[]>('/organization-roles'),
  }).data?.filter((role) => role.scopes.some(({ id }) => id === scope?.id)).length;
  const name = scope?.name ?? '';
  return (
    <Danger
      opened={!!scope}
      onClose={onClose}
      title={t('resources.scopes.deleteTitle', { name })}
      text={[t('template.scopes.deleteText'), roles !== undefined && t('template.scopes.deleteRoles', { count: roles }), t('ui.irreversible')].filter(Boolean).join(' ')}
      action={t('resources.scopes.delete')}
      act={async () => {
        await changes.removeScope(scope!.id);
        notifications.show({ message: t('resources.scopes.deleted', { name }) });
      }}
    />
  );
}
