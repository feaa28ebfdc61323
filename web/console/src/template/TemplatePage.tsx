import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useNavigate, useParams } from 'react-router';
import { PageHead } from '../ui/PageHead';
import { TabsList } from '../ui/TabsList';
import { OrganizationScopes } from './OrganizationScopes';
import { TemplateRoles } from './TemplateRoles';

const tabs = ['roles', 'permissions'] as const;

/** The roles and permissions that every organization has alike. */
export function TemplatePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab = 'roles' } = useParams();
  if (!tabs.some((each) => each === tab)) return <Navigate to="/organization-template" replace />;
  return (
    <>
      <PageHead title={t('template.title')} text={t('template.text')} />
      <Tabs value={tab} onChange={(value) => void navigate(`/organization-template/${value}`)} keepMounted={false}>
        <TabsList open={tab}>
          {tabs.map((each) => <Tabs.Tab key={each} value={each}>{t(`template.tabs.${each}`)}</Tabs.Tab>)}
        </TabsList>
        <Tabs.Panel value="roles"><TemplateRoles /></Tabs.Panel>
        <Tabs.Panel value="permissions"><OrganizationScopes /></Tabs.Panel>
      </Tabs>
      <Outlet />
    </>
  );
}
