import { Tabs } from '@mantine/core';
import { FormProvider } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Organization } from '../api/types';
import { SaveBar } from '../ui/SaveBar';
import { TabsList } from '../ui/TabsList';
import { useEditing } from '../ui/useEditing';
import { BrandingTab } from './BrandingTab';
import { fieldOf, fieldsOf, patchOf, tabOf, type Fields } from './fields';
import { InvitationsTab } from './InvitationsTab';
import { JoiningTab } from './JoiningTab';
import { MachinesTab } from './MachinesTab';
import { MembersTab } from './MembersTab';
import { useOrganizationChanges } from './queries';
import { SettingsTab } from './SettingsTab';

export const tabs = ['settings', 'members', 'machines', 'invitations', 'joining', 'branding'] as const;
export type Tab = (typeof tabs)[number];

interface Props {
  saved: Organization;
  tag: string | null;
  tab: Tab;
  reload: () => Promise<Organization>;
}

/** One form over settings and branding: what is typed in one is still there after a look at any other tab. */
export function OrganizationTabs({ saved, tag, tab, reload }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useOrganizationChanges();
  const base = `/organizations/${saved.id}`;
  const open = (name: string | null) => void navigate(`${base}/${name}`);
  const editing = useEditing<Organization, Fields>({
    saved,
    fieldsOf,
    fieldOf,
    reload,
    update: (fields) => changes.update(saved.id, patchOf(fields, saved), tag),
    labelOf: (field) => t(`organizations.fields.${field}`),
    onFault: (field) => tabOf(field) !== tab && open(tabOf(field)),
  });
  return (
    <Tabs value={tab} onChange={open}>
      <TabsList open={tab}>
        {tabs.map((each) => <Tabs.Tab key={each} value={each}>{t(`organizations.tabs.${each}`)}</Tabs.Tab>)}
      </TabsList>
      {editing.conflict}
      <FormProvider {...editing.form}>
        <form onSubmit={editing.submit} noValidate>
          <Tabs.Panel value="settings"><SettingsTab /></Tabs.Panel>
          <Tabs.Panel value="branding"><BrandingTab saved={saved} isShown={tab === 'branding'} /></Tabs.Panel>
          <SaveBar {...editing.bar} within={base} />
        </form>
      </FormProvider>
      {tab === 'members' && <Tabs.Panel value="members"><MembersTab organization={saved} /></Tabs.Panel>}
      {tab === 'machines' && <Tabs.Panel value="machines"><MachinesTab organization={saved} /></Tabs.Panel>}
      {tab === 'invitations' && <Tabs.Panel value="invitations"><InvitationsTab organization={saved} /></Tabs.Panel>}
      {tab === 'joining' && <Tabs.Panel value="joining"><JoiningTab organization={saved} /></Tabs.Panel>}
    </Tabs>
  );
}
