import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { Danger } from '../ui/Danger';
import { RelativeTime } from '../ui/RelativeTime';
import { useList } from '../ui/useList';
import { useTotal } from '../ui/useTotal';
import { isManagementApi, useResourceChanges, type Resource, type Scope } from './queries';
import { ScopeTable } from './ScopeTable';

export function ScopesTab({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const changes = useResourceChanges();
  const list = useList<Scope>({ key: ['scopes'], path: `/resources/${encodeURIComponent(resource.id)}/scopes` });
  return (
    <ScopeTable<Scope>
      list={list}
      label={t('resources.tabs.permissions')}
      empty={{ title: t('resources.scopes.empty.title'), text: t('resources.scopes.empty.text') }}
      columns={[{ key: 'created', label: t('resources.scopes.created'), wide: true, width: 150, cell: (row) => <RelativeTime at={row.createdAt} /> }]}
      readOnly={isManagementApi(resource)}
      longest={256}
      placeholder="read:orders"
      add={(body) => changes.addScope(resource.id, body)}
      update={changes.updateScope}
      removing={(scope, onClose) => <DeleteScope scope={scope} onClose={onClose} />}
    />
  );
}

function DeleteScope({ scope, onClose }: { scope: Scope | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const changes = useResourceChanges();
  const roles = useTotal('/roles', { scopeId: scope?.id }, !!scope);
  const name = scope?.name ?? '';
  return (
    <Danger
      opened={!!scope}
      onClose={onClose}
      title={t('resources.scopes.deleteTitle', { name })}
      text={[t('resources.scopes.deleteText'), roles !== undefined && t('resources.scopes.deleteRoles', { count: roles }), t('ui.irreversible')].filter(Boolean).join(' ')}
      action={t('resources.scopes.delete')}
      act={async () => {
        await changes.removeScope(scope!);
        notifications.show({ message: t('resources.scopes.deleted', { name }) });
      }}
    />
  );
}
