import { Card, Skeleton, Tabs } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { FormProvider, useForm, useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';
import type { SignInExperience } from '../api/types';
import { PageHead } from '../ui/PageHead';
import { Problem } from '../ui/Problem';
import { SaveBar } from '../ui/SaveBar';
import { TabsList } from '../ui/TabsList';
import { entirely, useSaving } from '../ui/useSaving';
import { BrandingTab } from './BrandingTab';
import { isHexColor } from './colors';
import { ContentTab } from './ContentTab';
import classes from './Experience.module.css';
import { fieldOf, fieldsOf, ownPagesOf, patchOf, previewOf, type Fields } from './fields';
import { MethodsTab } from './MethodsTab';
import { OwnPagesTab } from './OwnPagesTab';
import { Preview } from './Preview';
import { useExperience, useExperienceChange } from './queries';

const base = '/sign-in-experience';
const tabs = ['branding', 'methods', 'content', 'pages'] as const;
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
      form.reset(fieldsOf(await change({ ...patchOf(fields, saved), ...ownPagesOf(fields, saved) })), entirely);
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
          <TabsList open={tab}>
            {tabs.map((each) => <Tabs.Tab key={each} value={each}>{each === 'pages' ? t('ownPages.tab') : t(`experience.tabs.${each}`)}</Tabs.Tab>)}
          </TabsList>
          <div className={classes.columns}>
            <Card p={0}>
              <Tabs.Panel value="branding"><BrandingTab /></Tabs.Panel>
              <Tabs.Panel value="methods"><MethodsTab /></Tabs.Panel>
              <Tabs.Panel value="content"><ContentTab /></Tabs.Panel>
              <Tabs.Panel value="pages"><OwnPagesTab saved={saved} /></Tabs.Panel>
            </Card>
            <LivePreview saved={saved} />
          </div>
        </Tabs>
        <SaveBar dirty={form.formState.isDirty} saving={saving} onDiscard={() => form.reset(fieldsOf(saved), entirely)} within={base} />
      </form>
    </FormProvider>
  );
}

/** What is unsaved, as soon as its colours can be read. */
function LivePreview({ saved }: { saved: SignInExperience }) {
  const { formState: { isDirty } } = useFormContext<Fields>();
  const fields = useWatch<Fields>() as Fields;
  const readable = isHexColor(fields.primaryColor) && isHexColor(fields.darkPrimaryColor);
  return <Preview {...(isDirty && readable ? { settings: previewOf(fields, saved) } : {})} dark={fields.isDarkModeEnabled} />;
}

function tabOf(field: string | undefined): Tab {
  if (field === 'registration' || field === 'signUpIdentifier' || field === 'methods') return 'methods';
  if (field === 'customUiAssets' || field === 'scriptSrc' || field === 'connectSrc') return 'pages';
  return field === 'termsOfUseUrl' || field === 'privacyPolicyUrl' ? 'content' : 'branding';
}
