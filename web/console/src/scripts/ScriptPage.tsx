import { ActionIcon, Menu, Skeleton, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';
import { Danger } from '../ui/Danger';
import { BackLink } from '../ui/DetailsHead';
import { PageHead } from '../ui/PageHead';
import { Problem } from '../ui/Problem';
import { kinds, useCustomizer, useCustomizerChanges, type Kind } from './queries';
import { ScriptForm } from './ScriptForm';

/** One script: written, tried, saved. */
export function ScriptPage() {
  const { kind: named } = useParams();
  const kind = kinds.find((each) => each === named);
  return kind ? <Script key={kind} kind={kind} /> : <Navigate to="/custom-jwt" replace />;
}

function Script({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const found = useCustomizer(kind);
  const reload = async () => (await found.refetch({ throwOnError: true })).data!;
  return (
    <Stack gap="md">
      <BackLink to="/custom-jwt" label={t('scripts.title')} />
      <PageHead title={t(`scripts.kinds.${kind}.title`)} text={t(`scripts.kinds.${kind}.text`)} action={found.data?.customizer && <More kind={kind} />} />
      {found.error && !found.data && <Problem error={found.error} retry={() => void found.refetch()} />}
      {!found.data && !found.error && <Skeleton h={520} radius="lg" />}
      {found.data && <ScriptForm kind={kind} stored={found.data} reload={reload} />}
    </Stack>
  );
}

function More({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { remove } = useCustomizerChanges(kind);
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('ui.actions')}><IconDots size={18} /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>{t('scripts.delete.action')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Danger
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t('scripts.delete.title')}
        text={t('scripts.delete.text')}
        action={t('scripts.delete.action')}
        act={async () => {
          await navigate('/custom-jwt', { replace: true, state: { nothingToSave: true } });
          await remove();
          notifications.show({ message: t('scripts.delete.done') });
        }}
      />
    </>
  );
}
