import { Alert, Badge, Button, Card, Group, Modal, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDeviceMobile, IconKey, IconListNumbers, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../api/types';
import { useAsked } from '../organizations/useAsked';
import { CopyText } from '../ui/CopyText';
import { Danger } from '../ui/Danger';
import { Problem, useProblemText } from '../ui/Problem';
import { RelativeTime } from '../ui/RelativeTime';
import { Section } from '../ui/Section';
import { useFactors, usePeopleChanges, type Factor, type NewBackupCodes, type NewTotp } from './people';
import { callName } from './queries';

const icons = { Totp: IconDeviceMobile, BackupCode: IconListNumbers, WebAuthn: IconKey, EmailVerificationCode: IconKey, PhoneVerificationCode: IconKey };

export function Factors({ user }: { user: User }) {
  const { t } = useTranslation();
  const changes = usePeopleChanges(user.id);
  const describe = useProblemText();
  const found = useFactors(user.id);
  const asked = useAsked<'remove', Factor>();
  const [made, setMade] = useState<NewTotp | NewBackupCodes>();
  const [shown, setShown] = useState(false);
  const [adding, setAdding] = useState(false);
  const factors = found.data ?? [];
  const has = (type: Factor['type']) => factors.some((each) => each.type === type);
  const add = async (type: 'Totp' | 'BackupCode') => {
    setAdding(true);
    try {
      setMade(await changes.addFactor(type));
      setShown(true);
    } catch (error) {
      notifications.show({ color: 'red', message: describe(error) });
    } finally {
      setAdding(false);
    }
  };
  const others = factors.filter((each) => each.type !== 'BackupCode');
  const takesBackup = has('BackupCode') && others.length === 1 && asked.row?.type !== 'BackupCode';
  return (
    <Section title={t('people.factors.title')} text={t('people.factors.text')}>
      {found.isPending && <Skeleton h={48} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data?.length === 0 && <Text c="dimmed">{t('people.factors.none')}</Text>}
      {factors.map((factor) => <FactorCard key={factor.id} factor={factor} onRemove={() => asked.ask('remove', factor)} />)}
      {found.data && !(has('Totp') && has('BackupCode')) && (
        <Group gap="xs">
          {!has('Totp') && <Button variant="default" loading={adding} leftSection={<IconPlus size={16} />} onClick={() => void add('Totp')}>{t('people.factors.addTotp')}</Button>}
          {!has('BackupCode') && factors.length > 0 && <Button variant="default" loading={adding} leftSection={<IconPlus size={16} />} onClick={() => void add('BackupCode')}>{t('people.factors.addBackup')}</Button>}
        </Group>
      )}
      <Modal opened={shown} onClose={() => setShown(false)} closeOnClickOutside={false} title={made ? t(`people.factors.made.${made.type}.title`) : ''} closeButtonProps={{ 'aria-label': t('ui.close') }}>
        {made && <Made made={made} onDone={() => setShown(false)} />}
      </Modal>
      <Danger
        opened={asked.isOpen('remove')}
        onClose={asked.close}
        title={t('people.factors.removeTitle', { factor: asked.row ? t(`people.factors.types.${asked.row.type}`) : '', name: callName(user) })}
        text={t(takesBackup ? 'people.factors.removeLastText' : 'people.factors.removeText')}
        action={t('people.factors.remove')}
        act={async () => {
          await changes.removeFactor(asked.row!.id);
          notifications.show({ message: t('people.factors.removed') });
        }}
      />
    </Section>
  );
}

function FactorCard({ factor, onRemove }: { factor: Factor; onRemove: () => void }) {
  const { t } = useTranslation();
  const Icon = icons[factor.type];
  return (
    <Card p="md" radius="md">
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
          <Icon size={20} aria-hidden="true" style={{ flexShrink: 0 }} />
          <div style={{ minWidth: 0 }}>
            <Group gap={8}>
              <Text fw={550}>{factor.name ?? t(`people.factors.types.${factor.type}`)}</Text>
              {factor.remainCodes !== undefined && <Badge color={factor.remainCodes > 2 ? 'gray' : 'yellow'} variant="light" radius="sm" tt="none">{t('people.factors.left', { count: factor.remainCodes })}</Badge>}
            </Group>
            <Text fz="xs" c="dimmed" component="div">{t('people.factors.added')} <RelativeTime at={Date.parse(factor.createdAt)} /></Text>
          </div>
        </Group>
        <Button size="compact-sm" variant="subtle" color="red" onClick={onRemove}>{t('people.factors.remove')}</Button>
      </Group>
    </Card>
  );
}

/** Keys and codes are shown now and never again. */
function Made({ made, onDone }: { made: NewTotp | NewBackupCodes; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text>{t(`people.factors.made.${made.type}.text`)}</Text>
      {made.type === 'Totp'
        ? (
          <>
            <img src={made.secretQrCode} alt={t('people.factors.made.Totp.picture')} width={180} height={180} style={{ margin: '0 auto', background: 'white', borderRadius: 8 }} />
            <CopyText block value={made.secret} what={t('people.factors.made.Totp.key')} />
          </>
        ) : (
          <>
            <SimpleGrid cols={2} spacing={6}>{made.codes.map((code) => <Text key={code} ff="monospace" ta="center">{code}</Text>)}</SimpleGrid>
            <CopyText block value={made.codes.join(' ')} what={t('people.factors.types.BackupCode')} />
          </>
        )}
      <Alert color="yellow" variant="light">{t('people.factors.made.once')}</Alert>
      <Group justify="flex-end"><Button onClick={onDone}>{t('people.done')}</Button></Group>
    </Stack>
  );
}
