import { TextInput } from '@mantine/core';
import type { UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormSwitch } from '../ui/FormSwitch';
import { Section } from '../ui/Section';
import { filled, originOf, webFault } from '../ui/uris';
import type { Fields } from './settings';

type Form = UseFormReturn<Fields>;

export interface WebAddressProps {
  form: Form;
  name: 'initiateLoginUri' | 'backchannelLogoutUri' | 'frontchannelLogoutUri';
  example: string;
  /** What is wrong with an address that is one. */
  check?: (address: string, fields: Fields) => string | true;
}

/** A page of the application's own; what is saved already may stay. */
export function WebAddress({ form, name, example, check }: WebAddressProps) {
  const { t } = useTranslation();
  const { register, formState: { errors, defaultValues } } = form;
  const validate = (typed: string, fields: Fields) => {
    const address = typed.trim();
    if (!address) return true;
    const fault = address === defaultValues?.[name] ? null : webFault(address);
    if (fault) return fault === 'fragment' ? t('ui.invalid.fragment') : t('ui.invalid.secureUrl');
    return check?.(address, fields) ?? true;
  };
  return (
    <TextInput
      type="url"
      inputMode="url"
      autoComplete="off"
      spellCheck={false}
      label={t(`oauth.addresses.${name}`)}
      description={t(`oauth.addresses.${name}Text`)}
      placeholder={example}
      error={errors[name]?.message}
      {...register(name, { validate })}
    />
  );
}

/** Who is told when a session ends, and how. */
export function Logout({ form }: { form: Form }) {
  const { t } = useTranslation();
  const [back, front] = form.watch(['backchannelLogoutUri', 'frontchannelLogoutUri']);
  // Front-Channel Logout 1.0 section 2. A pattern of hosts stands for none.
  const sameOrigin = (address: string, { redirectUris }: Fields) => {
    const origin = originOf(address);
    return (origin !== null && filled(redirectUris).some((uri) => originOf(uri) === origin)) || t('oauth.logout.otherOrigin');
  };
  return (
    <Section title={t('oauth.logout.title')} text={t('oauth.logout.text')}>
      <WebAddress form={form} name="backchannelLogoutUri" example="https://example.com/logout" />
      {back.trim() && <FormSwitch control={form.control} name="backchannelLogoutSessionRequired" label={t('oauth.logout.backchannelSession')} description={t('oauth.logout.backchannelSessionText')} />}
      <WebAddress form={form} name="frontchannelLogoutUri" example="https://example.com/front-logout" check={sameOrigin} />
      {front.trim() && <FormSwitch control={form.control} name="frontchannelLogoutSessionRequired" label={t('oauth.logout.frontchannelSession')} description={t('oauth.logout.frontchannelSessionText')} />}
    </Section>
  );
}
