import { Badge, Menu, Skeleton, Stack } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { ApiError } from '../api/errors';
import type { Organization } from '../api/types';
import { Missing } from '../app/Broken';
import { BackLink, DetailsHead } from '../ui/DetailsHead';
import { Problem } from '../ui/Problem';
import { useTitle } from '../ui/useTitle';
import { DeleteOrganization } from './DeleteOrganization';
import { OrganizationLogo } from './OrganizationLogo';
import { OrganizationTabs, tabs, type Tab } from './OrganizationTabs';
import { useOrganization } from './queries';

export function OrganizationPage() {
  const { t } = useTranslation();
  const { id = '', tab = 'settings' } = useParams();
  const found = useOrganization(id);
  const organization = found.data?.value;
  useTitle(organization?.name);
  if (found.error instanceof ApiError && found.error.status === 404) return <Missing />;
  if (found.error && !found.data) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!tabs.some((each) => each === tab)) return <Navigate to={`/organizations/${id}`} replace />;
  return (
    <Stack gap="md">
      <BackLink to="/organizations" label={t('organizations.title')} />
      {organization ? <HeaderCard organization={organization} /> : <Skeleton h={92} radius="lg" />}
      {organization
        ? (
          <OrganizationTabs
            key={id}
            saved={organization}
            tag={found.data!.tag}
            tab={tab as Tab}
            reload={async () => (await found.refetch({ throwOnError: true })).data!.value}
          />
        )
        : <Skeleton h={480} radius="lg" />}
    </Stack>
  );
}

function HeaderCard({ organization }: { organization: Organization }) {
  const { t } = useTranslation();
  const [deleting, setDeleting] = useState(false);
  return (
    <DetailsHead
      icon={<OrganizationLogo organization={organization} size={48} />}
      name={organization.name}
      chips={organization.isMfaRequired && <Badge variant="light" radius="sm" tt="none" fw={550}>{t('organizations.mfa.chip')}</Badge>}
      id={organization.id}
      idLabel={t('organizations.columns.id')}
      menu={<Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>{t('organizations.delete.action')}</Menu.Item>}
    >
      <DeleteOrganization organization={organization} opened={deleting} onClose={() => setDeleting(false)} />
    </DetailsHead>
  );
}
