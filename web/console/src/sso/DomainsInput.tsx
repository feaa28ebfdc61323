import { Pill, TagsInput, Text } from '@mantine/core';
import { useController, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { canonical, domainFaults, type DomainFault } from './domains';
import type { Fields } from './fields';
import { useConnectors } from './queries';

/** Domains as tags; what is wrong with one is told at it. */
export function DomainsInput({ connectorId }: { connectorId: string }) {
  const { t } = useTranslation();
  const { control } = useFormContext<Fields>();
  const sentence = (domains: readonly string[], faults: (DomainFault | null)[]) => {
    const at = faults.findIndex(Boolean);
    return at < 0 ? undefined : t(`sso.domains.${faults[at]!}`, { domain: domains[at] });
  };
  const { field, fieldState } = useController({ control, name: 'domains', rules: { validate: (domains) => sentence(domains, domainFaults(domains)) ?? true } });
  const domains = field.value;
  const faults = domainFaults(domains);
  return (
    <div>
      <TagsInput
        label={t('sso.fields.domains')}
        description={t('sso.domains.text')}
        placeholder={domains.length === 0 ? 'acme.com' : undefined}
        splitChars={[',', ' ', ';', '、', '，']}
        allowDuplicates
        autoComplete="off"
        spellCheck={false}
        inputMode="url"
        ref={field.ref}
        value={domains}
        onChange={(next) => field.onChange(next.map(canonical).filter(Boolean))}
        onBlur={field.onBlur}
        error={sentence(domains, faults) ?? fieldState.error?.message}
        renderPill={({ value, option, onRemove, disabled }) => {
          const domain = String(value ?? option.value);
          const fault = faults[domains.indexOf(domain)] ?? (domains.indexOf(domain) !== domains.lastIndexOf(domain) ? 'duplicate' : null);
          return (
            <Pill
              withRemoveButton
              disabled={disabled}
              onRemove={onRemove}
              removeButtonProps={{ 'aria-label': t('ui.remove', { what: domain }), 'aria-hidden': false, tabIndex: 0 }}
              title={fault ? t(`sso.domains.${fault}`, { domain }) : undefined}
              style={fault ? { background: 'var(--mantine-color-red-light)', color: 'var(--mantine-color-red-light-color)' } : undefined}
            >
              {domain}
            </Pill>
          );
        }}
      />
      {domains.filter((_, index) => !faults[index]).slice(0, 10).map((domain) => <SharedWith key={domain} domain={domain} connectorId={connectorId} />)}
    </div>
  );
}

/** Two connectors may share a domain; people then choose, which they should not be surprised by. */
function SharedWith({ domain, connectorId }: { domain: string; connectorId: string }) {
  const { t, i18n } = useTranslation();
  const found = useConnectors({ search: domain, size: 10 });
  const others = (found.data?.items ?? []).filter((other) => other.id !== connectorId && other.domains.includes(domain));
  if (others.length === 0) return null;
  const names = new Intl.ListFormat(i18n.language).format(others.map(({ connectorName }) => connectorName));
  return <Text fz="xs" c="dimmed" mt={6} role="status">{t('sso.domains.shared', { domain, names })}</Text>;
}
