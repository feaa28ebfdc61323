import { Card, Skeleton, Tabs } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';
import type { SignInExperience } from '../api/types';
import { PageHead } from '../ui/PageHead';
import { Problem } from '../ui/Problem';
import { SaveBar } from '../ui/SaveBar';
import { entirely, useSaving } from '../ui/useSaving';
import { BrandingTab } from './BrandingTab';
import { ContentTab } from './ContentTab';
import classes from './Experience.module.css';
import { fieldOf, fieldsOf, patchOf, type Fields } from './fields';
import { MethodsTab } from './MethodsTab';
import { Preview } from './Preview';
import { useExperience, useExperienceChange } from './queries';

const base = '/sign-in-experience';
const tabs = ['branding', 'methods', 'content'] as const;
type Tab = (typeof tabs)[number];

export function ExperiencePage() {
  const { t } = useTranslation();
  const { tab = 'branding' } = useParams();
  const found = useExperience();
  if (!tabs.some((each) => each === tab)) return <Navigate to={base} replace />;
  return (
    <>
      <PageHead title={t('experience.title')} text={t('experience.text')} />
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Skeleton h={480} radius="lg" />}
      {found.data && <ExperienceForm saved={found.data} tab={tab as Tab} />}
    </>
  );
}

/** One form over all tabs, so that the preview shows what is unsaved in each of them. */
function ExperienceForm({ saved, tab }: { saved: SignInExperience; tab: Tab }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const change = useExperienceChange();
  const form = useForm<Fields>({ values: fieldsOf(saved), resetOptions: { keepDirtyValues: true } });
  const { saving, save } = useSaving(form, fieldOf);
  const submit = form.handleSubmit((fields) =>
    save(async () => {
      form.reset(fieldsOf(await change(patchOf(fields, saved))), entirely);
      notifications.show({ message: t('ui.saved') });
    }), (errors) => {
    const first = Object.keys(errors)[0];
    const at = tabOf(first);
    if (at !== tab) void navigate(`${base}/${at}`);
  });
  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate>
        <Tabs value={tab} onChange={(value) => void navigate(`${base}/${value}`)}>
          <Tabs.List mb="md">
            {tabs.map((each) => <Tabs.Tab key={each} value={each}>{t(`experience.tabs.${each}`)}</Tabs.Tab>)}
          </Tabs.List>
          <div className={classes.columns}>
            <Card p={0}>
              <Tabs.Panel value="branding"><BrandingTab /></Tabs.Panel>
              <Tabs.Panel value="methods"><MethodsTab /></Tabs.Panel>
              <Tabs.Panel value="content"><ContentTab /></Tabs.Panel>
            </Card>
            <Preview saved={saved} />
          </div>
        </Tabs>
        <SaveBar dirty={form.formState.isDirty} saving={saving} onDiscard={() => form.reset(fieldsOf(saved), entirely)} within={base} />
      </form>
    </FormProvider>
  );
}

function tabOf(field: string | undefined): Tab {
  if (field === 'registration' || field === 'signUpIdentifier' || field === 'methods') return 'methods';
  return field === 'termsOfUseUrl' || field === 'privacyPolicyUrl' ? 'content' : 'branding';
}
