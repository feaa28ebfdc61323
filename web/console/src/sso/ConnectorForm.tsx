import { Tabs } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ApiError } from '../api/errors';
import type { SsoConnector } from '../api/types';
import { Conflict } from '../ui/Conflict';
import { SaveBar } from '../ui/SaveBar';
import { clashes } from '../ui/useEditing';
import { entirely, useSaving } from '../ui/useSaving';
import { ConnectionTab } from './ConnectionTab';
import { asksForIssuer, missing } from './connectors';
import { ExperienceTab } from './ExperienceTab';
import { begun, fieldsOf, lacking, patchOf, tabOf, type Fields } from './fields';
import { faultOf, useConnectorChanges, useIssuerToStore } from './queries';

export const tabs = ['connection', 'experience'] as const;
export type Tab = (typeof tabs)[number];

interface Props {
  saved: SsoConnector;
  tag: string | null;
  tab: Tab;
  /** Reads the connector again. */
  reload: () => Promise<SsoConnector>;
}

/** One form over both tabs: what is typed in one is still there after a look at the other. */
export function ConnectorForm({ saved, tag, tab, reload }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useConnectorChanges();
  const issuerToStore = useIssuerToStore(saved.providerName);
  const form = useForm<Fields>({ values: fieldsOf(saved), resetOptions: { keepDirtyValues: true } });
  const { saving, save } = useSaving(form);
  const [conflict, setConflict] = useState<'found' | (keyof Fields)[]>();
  const base = `/enterprise-sso/${saved.id}`;
  const progress = useProgress(form.watch(), saved);

  const submit = form.handleSubmit((fields) =>
    save(async () => {
      try {
        const issuer = fields.issuer.trim();
        const moved = issuer !== '' && issuer !== saved.config.issuer;
        await changes.update(saved.id, patchOf({ ...fields, issuer: moved ? await issuerToStore(issuer) : issuer }, saved), tag);
      } catch (error) {
        if (error instanceof ApiError && error.status === 412) return setConflict('found');
        const found = faultOf(error);
        if (!found || !asksForIssuer(saved.providerName)) throw error;
        form.setError('issuer', { message: t(`sso.faults.${found.fault}`) }, { shouldFocus: true });
        if (tab !== 'connection') void navigate(`${base}/connection`);
        return;
      }
      setConflict(undefined);
      form.reset(fieldsOf(await reload()), entirely);
      notifications.show({ message: progress.completes ? t('sso.save.complete', { name: fields.connectorName }) : t('ui.saved') });
    }), (errors) => {
    const at = tabOf(Object.keys(errors)[0]);
    if (at !== tab) void navigate(`${base}/${at}`);
  });

  const readAgain = async () => {
    const [mine, began] = [form.getValues(), fieldsOf(saved)];
    const both = clashes(mine, began, fieldsOf(await reload()));
    setConflict(both.length > 0 ? both : undefined);
  };

  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate>
        <Tabs value={tab} onChange={(value) => void navigate(`${base}/${value}`)}>
          <Tabs.List mb="md">
            {tabs.map((each) => <Tabs.Tab key={each} value={each}>{t(`sso.tabs.${each}`)}</Tabs.Tab>)}
          </Tabs.List>
          {conflict && <Conflict fields={conflict === 'found' ? undefined : conflict.map((field) => t(`sso.fields.${field}`))} readAgain={readAgain} />}
          <Tabs.Panel value="connection"><ConnectionTab saved={saved} /></Tabs.Panel>
          <Tabs.Panel value="experience"><ExperienceTab saved={saved} /></Tabs.Panel>
        </Tabs>
        <SaveBar
          dirty={form.formState.isDirty}
          saving={saving}
          onDiscard={() => {
            setConflict(undefined);
            form.reset(fieldsOf(saved), entirely);
          }}
          within={base}
          action={progress.completes ? t('sso.save.done') : undefined}
          note={progress.note}
        />
      </form>
    </FormProvider>
  );
}

/** What the save bar has to say about the way to a connector that people can use. */
function useProgress(fields: Fields, saved: SsoConnector): { completes: boolean; note: string | undefined } {
  const { t, i18n } = useTranslation();
  const list = (parts: string[]) => new Intl.ListFormat(i18n.language).format(parts);
  const started = begun(fields, saved);
  const lacks = started ? lacking(fields, saved) : [];
  if (lacks.length > 0) return { completes: false, note: t('sso.save.lacking', { what: list(lacks.map((part) => t(`sso.fields.${part}`))) }) };
  const left = missing({ config: started ? { clientId: fields.clientId } : {}, domains: fields.domains });
  const note = left.length > 0 ? t('sso.save.left', { what: list(left.map((part) => t(`sso.missing.${part}`))) }) : undefined;
  return { completes: left.length === 0 && missing(saved).length > 0, note };
}
