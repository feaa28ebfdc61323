import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConsentScopesAt } from '../applications/access';
import { ConsentKinds } from '../applications/PermissionsTab';
import { cimdScopes, registrationScopes } from './queries';

const places = { registration: registrationScopes, cimd: cimdScopes };

/** What clients of that kind may ask users for at most. */
export function Ceiling({ of }: { of: keyof typeof places }) {
  const { t } = useTranslation();
  const [path, key] = places[of];
  const consents = useConsentScopesAt(path, key);
  return (
    <section aria-labelledby={`ceiling-${of}`}>
      <Title order={2} id={`ceiling-${of}`}>{t('registration.ceiling.title')}</Title>
      <Text c="dimmed" fz="sm" mb="sm" maw="72ch">{t(`registration.ceiling.${of}`)}</Text>
      <ConsentKinds consents={consents} />
    </section>
  );
}
