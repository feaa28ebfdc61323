import { Anchor, Badge, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../ui/DataTable';
import { TemplateModal } from './TemplateModal';
import { useBuiltIn, usages, type Email, type Usage } from './queries';

/** Each kind of message with whose words it has. */
export function TemplatesTab({ email, reload }: { email: Email; reload: () => Promise<Email> }) {
  const { t, i18n } = useTranslation();
  const builtIn = useBuiltIn();
  const [editing, setEditing] = useState<Usage>();
  const own = (usage: Usage) => email.connector?.config.templates?.find((each) => each.usageType === usage);
  const ours = (usage: Usage) => builtIn.data?.find((each) => each.usageType === usage && each.language === i18n.language);
  return (
    <Stack gap="md">
      <Card>
        <Text c="dimmed" maw="68ch">{t('connectors.templates.text')}</Text>
      </Card>
      <DataTable<Usage>
        label={t('connectors.templates.tab')}
        rows={builtIn.data && [...usages]}
        rowKey={(usage) => usage}
        total={usages.length}
        page={1}
        pageSize={usages.length}
        onPage={() => undefined}
        empty={null}
        error={builtIn.error}
        retry={() => void builtIn.refetch()}
        columns={[
          {
            key: 'usage',
            label: t('connectors.templates.usage'),
            cell: (usage) => (
              <div>
                <Anchor component="button" type="button" c="inherit" fw={550} onClick={() => setEditing(usage)}>{t(`connectors.usage.${usage}`)}</Anchor>
                <Text fz="xs" c="dimmed">{own(usage)?.subject ?? ours(usage)?.subject}</Text>
              </div>
            ),
          },
          {
            key: 'words',
            label: t('connectors.templates.words'),
            wide: true,
            width: 220,
            cell: (usage) => (
              <Badge variant="light" radius="sm" tt="none" fw={550} color={own(usage) ? 'teal' : 'gray'}>{t(own(usage) ? 'connectors.templates.own' : 'connectors.templates.builtIn')}</Badge>
            ),
          },
          {
            key: 'edit',
            label: t('ui.actions'),
            labelHidden: true,
            wide: true,
            width: 120,
            cell: (usage) => (
              <Group justify="flex-end">
                <Button size="compact-sm" variant="default" aria-label={t('connectors.templates.editWhat', { what: t(`connectors.usage.${usage}`) })} onClick={() => setEditing(usage)}>{t('ui.edit')}</Button>
              </Group>
            ),
          },
        ]}
      />
      {editing && builtIn.data && (
        <TemplateModal
          usage={editing}
          email={email}
          own={own(editing)}
          builtIn={builtIn.data.filter((each) => each.usageType === editing)}
          reload={reload}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Stack>
  );
}
