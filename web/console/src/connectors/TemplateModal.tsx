import { Alert, Button, Group, Modal, SegmentedControl, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/errors';
import { useProblemText } from '../ui/Problem';
import { languages, type Language } from '../words/i18n';
import { converted, filled, withoutTemplate, withTemplate } from './fields';
import { useEmailChanges, type BuiltIn, type Email, type SmtpConfig, type Template, type Usage } from './queries';

export interface TemplateModalProps {
  usage: Usage;
  email: Email;
  own: Template | undefined;
  /** The same kind, in each language. */
  builtIn: BuiltIn[];
  reload: () => Promise<Email>;
  onClose: () => void;
}

/** Subject and body of one kind of message, beside how it will look. */
export function TemplateModal({ usage, email, own, builtIn, reload, onClose }: TemplateModalProps) {
  const { t, i18n } = useTranslation();
  const describe = useProblemText();
  const { save } = useEmailChanges();
  const begin = own ?? builtIn.find((each) => each.language === i18n.language) ?? builtIn[0]!;
  const [template, setTemplate] = useState<Template>({ usageType: usage, contentType: begin.contentType, subject: begin.subject, content: begin.content });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const html = template.contentType === 'text/html';
  const change = (more: Partial<Template>) => setTemplate({ ...template, ...more });
  const store = async (config: (from: SmtpConfig) => SmtpConfig, message: string) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await save(email, config(email.connector!.config));
      await reload();
      notifications.show({ message });
      onClose();
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) {
        await reload();
        setProblem(t('connectors.templates.changed'));
      } else {
        setProblem(describe(error));
      }
      setBusy(false);
    }
  };
  const missing = usage === 'OrganizationInvitation' ? 'link' : 'code';
  const lacks = !new RegExp(`\\{\\{\\s*${missing}\\s*\\}\\}`).test(template.content);
  return (
    <Modal opened onClose={onClose} size={1080} title={t(`connectors.usage.${usage}`)} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          void store((from) => withTemplate(from, template), t('ui.saved'));
        }}
      >
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Stack gap="md">
            <Group gap="sm" align="flex-end">
              <Select
                style={{ flex: '1 1 180px' }}
                label={t('connectors.templates.startFrom')}
                placeholder={t('connectors.templates.choose')}
                value={null}
                data={builtIn.map(({ language }) => ({ value: language, label: languages[language as Language] }))}
                onChange={(language) => {
                  const chosen = builtIn.find((each) => each.language === language);
                  if (chosen) change({ contentType: chosen.contentType, subject: chosen.subject, content: chosen.content });
                }}
              />
              <SegmentedControl
                aria-label={t('connectors.templates.format')}
                value={template.contentType}
                onChange={(value) => change({ contentType: value as Template['contentType'], content: converted(template.content, value as Template['contentType']) })}
                data={[{ value: 'text/html', label: 'HTML' }, { value: 'text/plain', label: t('connectors.templates.plain') }]}
              />
            </Group>
            <TextInput label={t('connectors.templates.subject')} required maxLength={512} value={template.subject} onChange={(event) => change({ subject: event.currentTarget.value })} />
            <Textarea
              label={t('connectors.templates.body')}
              description={t('connectors.templates.gaps', { gaps: '{{code}}, {{link}}, {{organization.name}}, {{application.name}}, {{user.name}}, {{inviter.name}}' })}
              required
              maxLength={65_536}
              rows={16}
              spellCheck={false}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
              value={template.content}
              onChange={(event) => change({ content: event.currentTarget.value })}
            />
            {lacks && <Text fz="sm" c="var(--warning)" role="status">{t('connectors.templates.lacks', { gap: `{{${missing}}}` })}</Text>}
          </Stack>
          <Preview template={template} html={html} />
        </SimpleGrid>
        {problem && <Alert mt="md" color="red" role="alert">{problem}</Alert>}
        <Group justify="space-between" mt="lg" gap="xs">
          {own
            ? <Button variant="subtle" color="red" disabled={busy} onClick={() => void store((from) => withoutTemplate(from, usage), t('connectors.templates.reset'))}>{t('connectors.templates.useBuiltIn')}</Button>
            : <span />}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
            <Button type="submit" loading={busy} disabled={!template.subject.trim() || !template.content.trim()}>{t('ui.save')}</Button>
          </Group>
        </Group>
      </form>
    </Modal>
  );
}

/** In a frame without scripts and without our origin: the words are somebody's HTML. */
function Preview({ template, html }: { template: Template; html: boolean }) {
  const { t } = useTranslation();
  return (
    <Stack gap={6}>
      <Text fz="sm" fw={550}>{t('connectors.templates.preview')}</Text>
      <div style={{ border: '1px solid var(--line)', borderRadius: 12, overflow: 'hidden' }}>
        <Text p="sm" fw={600} style={{ borderBottom: '1px solid var(--line)', overflowWrap: 'anywhere' }}>{filled(template.subject, false)}</Text>
        {html
          ? <iframe title={t('connectors.templates.preview')} sandbox="" srcDoc={filled(template.content, true)} style={{ display: 'block', width: '100%', height: 460, border: 0, background: '#fff' }} />
          : <Text p="sm" h={460} style={{ whiteSpace: 'pre-wrap', overflow: 'auto', overflowWrap: 'anywhere' }}>{filled(template.content, false)}</Text>}
      </div>
    </Stack>
  );
}
