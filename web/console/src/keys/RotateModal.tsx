import { Alert, Button, FileButton, Group, Modal, NumberInput, Radio, Select, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../ui/Problem';
import { kinds, useKeyChanges, type Key, type KeyType, type Kind, type Rotation } from './queries';

export interface RotateModalProps {
  /** What the dialog is for; closed without it. */
  making: 'rotate' | 'import' | undefined;
  onClose: () => void;
  type: KeyType;
  keys: Key[];
}

/** Says what a rotation means before it is made. */
export function RotateModal(props: RotateModalProps) {
  const { t } = useTranslation();
  const kind = props.type === 'private-keys' ? 'private' : 'cookie';
  return (
    <Modal opened={!!props.making} onClose={props.onClose} size={560} title={t(props.making === 'import' ? 'keys.import.title' : `keys.${kind}.rotate`)} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {props.making && (props.type === 'private-keys' ? <PrivateForm {...props} /> : <CookieForm {...props} />)}
    </Modal>
  );
}

const units = { hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof units;

function PrivateForm({ making, onClose, keys }: RotateModalProps) {
  const { t } = useTranslation();
  const pending = keys.some(({ status }) => status === 'Next');
  const previous = keys.some(({ status }) => status === 'Previous');
  const current = keys.find(({ status }) => status === 'Current');
  const [kind, setKind] = useState<Kind>(kinds.find((each) => each === current?.kind) ?? 'P-384');
  const [pem, setPem] = useState('');
  const importing = making === 'import';
  const [when, setWhen] = useState<'later' | 'now'>(pending ? 'now' : 'later');
  const [amount, setAmount] = useState<number | string>(24);
  const [unit, setUnit] = useState<Unit>('hours');
  const grace = when === 'now' ? 0 : Number(amount) * units[unit];
  const timely = when === 'now' || (Number.isInteger(Number(amount)) && Number(amount) >= 1 && grace <= 365 * units.days);
  return (
    <RotateForm type="private-keys" onClose={onClose} body={{ ...(importing ? { pem } : { signingKeyAlgorithm: kind }), rotationGracePeriod: grace }} disabled={!timely || (importing && pem.trim() === '')} later={grace > 0}>
      {importing ? <PemField value={pem} onChange={setPem} /> : <KindField value={kind} onChange={setKind} />}
      <Radio.Group label={t('keys.rotate.when')} value={when} onChange={(value) => setWhen(value as 'later' | 'now')}>
        <Stack gap="xs" mt={6}>
          <Radio value="later" disabled={pending} label={t('keys.rotate.later')} description={pending ? t('keys.rotate.pending') : t('keys.rotate.laterText')} />
          {when === 'later' && (
            <Group gap="xs" pl={32} align="flex-end">
              <NumberInput w={110} label={t('keys.rotate.grace')} min={1} max={unit === 'days' ? 365 : 8760} allowDecimal={false} allowNegative={false} value={amount} onChange={setAmount} error={!timely} />
              <Select w={120} aria-label={t('keys.rotate.unit')} allowDeselect={false} value={unit} onChange={(value) => setUnit(value as Unit)} data={(['hours', 'days'] as const).map((value) => ({ value, label: t(`keys.rotate.${value}`) }))} />
            </Group>
          )}
          <Radio value="now" label={t('keys.rotate.now')} description={t('keys.rotate.nowText')} />
        </Stack>
      </Radio.Group>
      <Consequences lines={[
        t('keys.rotate.keep'),
        ...(previous ? [t(when === 'now' ? 'keys.rotate.previousNow' : 'keys.rotate.previousLater')] : []),
        t('keys.rotate.pinned'),
      ]}
      />
    </RotateForm>
  );
}

function KindField({ value, onChange }: { value: Kind; onChange: (kind: Kind) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t('keys.columns.algorithm')}
        description={t('keys.rotate.algorithmText')}
        allowDeselect={false}
        value={value}
        onChange={(next) => onChange(next as Kind)}
        data={kinds.map((each) => ({ value: each, label: t(`keys.kinds.${each}`) }))}
      />
      {value === 'Ed25519' && <Alert color="yellow" title={t('keys.rotate.edwards')}>{t('keys.rotate.edwardsText')}</Alert>}
    </>
  );
}

/** One that was made elsewhere; from a file, so that it needs not go through the clipboard. */
function PemField({ value, onChange }: { value: string; onChange: (pem: string) => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <Textarea
        name="pem"
        label={t('keys.import.pem')}
        description={t('keys.import.pemText')}
        placeholder="-----BEGIN PRIVATE KEY-----"
        autosize
        minRows={5}
        maxRows={10}
        autoComplete="off"
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group>
        <FileButton accept=".pem,.key,application/x-pem-file" onChange={(file) => void file?.text().then(onChange)}>
          {(button) => <Button variant="default" size="xs" {...button}>{t('keys.import.file')}</Button>}
        </FileButton>
      </Group>
      <Text fz="xs" c="dimmed">{t('keys.import.sealed')}</Text>
    </Stack>
  );
}

function CookieForm({ onClose, keys }: RotateModalProps) {
  const { t } = useTranslation();
  return (
    <RotateForm type="cookie-keys" onClose={onClose} body={{}} disabled={false} later={false}>
      <Consequences lines={[t('keys.cookie.keep'), ...(keys.length > 1 ? [t('keys.cookie.oldest')] : [])]} />
    </RotateForm>
  );
}

function Consequences({ lines }: { lines: string[] }) {
  const { t } = useTranslation();
  return (
    <Alert variant="light" color="blue" title={t('keys.rotate.means')}>
      <ul style={{ margin: 0, paddingInlineStart: 20 }}>{lines.map((line) => <li key={line}><Text fz="sm">{line}</Text></li>)}</ul>
    </Alert>
  );
}

interface RotateFormProps {
  type: KeyType;
  onClose: () => void;
  body: Rotation;
  disabled: boolean;
  later: boolean;
  children: ReactNode;
}

function RotateForm({ type, onClose, body, disabled, later, children }: RotateFormProps) {
  const { t } = useTranslation();
  const describe = useProblemText();
  const { rotate } = useKeyChanges(type);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const submit = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await rotate(body);
      notifications.show({ message: t(later ? 'keys.rotate.staged' : 'keys.rotate.done') });
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void submit();
      }}
    >
      <Stack>
        {children}
        {problem !== undefined && <Alert color="red" role="alert">{describe(problem)}</Alert>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={busy} disabled={disabled}>{t(later ? 'keys.rotate.stage' : 'keys.rotate.action')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
