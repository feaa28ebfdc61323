import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';
import { PageHead } from '../ui/PageHead';
import { TabsList } from '../ui/TabsList';
import { DocumentsTab } from './DocumentsTab';
import { RegistrationTab } from './RegistrationTab';

const tabs = ['clients', 'documents'] as const;

/** Clients that nobody here has made: whether they are let in, and what they may ask users for. */
export function RegistrationPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab = 'clients' } = useParams();
  if (!tabs.some((each) => each === tab)) return <Navigate to="/registration" replace />;
  return (
    <>
      <PageHead title={t('registration.title')} text={t('registration.text')} />
      <Tabs value={tab} onChange={(value) => void navigate(`/registration/${value}`)} keepMounted={false}>
        <TabsList open={tab}>
          {tabs.map((each) => <Tabs.Tab key={each} value={each}>{t(`registration.tabs.${each}`)}</Tabs.Tab>)}
        </TabsList>
        <Tabs.Panel value="clients"><RegistrationTab /></Tabs.Panel>
        <Tabs.Panel value="documents"><DocumentsTab /></Tabs.Panel>
      </Tabs>
    </>
  );
}
