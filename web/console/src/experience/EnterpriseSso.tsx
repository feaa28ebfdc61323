import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { missing } from '../sso/connectors';
import { ProviderLogo } from '../sso/ProviderLogo';
import { useConnectors } from '../sso/queries';
import { FormSwitch } from '../ui/FormSwitch';
import { Section } from '../ui/Section';
import type { Fields } from './fields';

/** The one switch for all enterprise connectors, and whom it concerns. */
export function EnterpriseSso() {
  const { t } = useTranslation();
  const { control } = useFormContext<Fields>();
  const found = useConnectors({ search: '' });
  const complete = found.data?.items.filter((connector) => missing(connector).length === 0);
  const others = found.data && found.data.total > found.data.items.length;
  return (
    <Section stacked title={t('experience.sso.title')} text={t('experience.sso.text')}>
      <FormSwitch control={control} name="singleSignOnEnabled" label={t('experience.sso.on')} description={t('experience.sso.onText')} />
      {complete?.length === 0 && !others && <Text fz="sm" c="dimmed">{t('experience.sso.none')}</Text>}
      {complete && complete.length > 0 && (
        <div>
          <Text fz="xs" fw={550} c="dimmed" mb={6}>{t('experience.sso.inUse')}</Text>
          <Stack gap={6}>
            {complete.map(({ id, connectorName, domains, providerLogo, providerLogoDark }) => (
              <Group key={id} gap={8} wrap="nowrap">
                <ProviderLogo logo={providerLogo} dark={providerLogoDark} size={18} />
                <Anchor component={Link} to={`/enterprise-sso/${id}`} c="inherit" fw={550} fz="sm">{connectorName}</Anchor>
                <Text fz="xs" c="dimmed" truncate>{domains.join(', ')}</Text>
              </Group>
            ))}
            {others && <Text fz="xs" c="dimmed">{t('experience.sso.more')}</Text>}
          </Stack>
        </div>
      )}
      <Anchor component={Link} to="/enterprise-sso" fz="sm">{t('experience.sso.manage')}</Anchor>
    </Section>
  );
}
