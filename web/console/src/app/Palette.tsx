import './later';
import '@mantine/spotlight/styles.css';
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconApps, IconBuildingCommunity, IconBuildingSkyscraper, IconMoon, IconPlus, IconSearch, IconUser, IconUserPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { contains } from '../api/client';
import { useApi } from '../api/context';
import type { Application, Organization, SsoConnector, User } from '../api/types';
import { callName } from '../users/queries';
import { pages } from './pages';

const [store] = createSpotlight();

/** Finds pages, users, organizations, applications and enterprise connectors, and runs actions. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const pagesAndActions = usePages();
  const found = useFound(query);
  // Of the store's two ways to change, the one that tells the window.
  useEffect(() => store.setState({ ...store.getState(), opened: true }), []);
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const shown = pagesAndActions
    .map((group) => ({ ...group, actions: group.actions.filter(({ label = '' }) => words.every((word) => label.toLowerCase().includes(word))) }))
    .concat(found)
    .filter((group) => group.actions.length > 0);
  return (
    <Spotlight
      store={store}
      actions={shown}
      query={query}
      onQueryChange={setQuery}
      filter={(_, actions) => actions}
      onSpotlightClose={onClose}
      nothingFound={t('app.palette.nothing', { query })}
      overlayProps={{ backgroundOpacity: 0.45, blur: 0 }}
      attributes={{ content: { 'aria-label': t('app.palette.open') } }}
      scrollable
      maxHeight={420}
      shortcut={null}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('app.palette.placeholder'),
        'aria-label': t('app.palette.placeholder'),
      }}
    />
  );
}

function usePages(): SpotlightActionGroupData[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme();
  return [
    {
      group: t('app.palette.pages'),
      actions: pages.map(({ to, label, icon: Icon }) => ({
        id: to,
        label: t(label),
        leftSection: <Icon size={18} stroke={1.7} />,
        onClick: () => void navigate(to),
      })),
    },
    {
      group: t('app.palette.actions'),
      actions: [
        { id: 'create-application', label: t('app.palette.createApplication'), leftSection: <IconPlus size={18} />, onClick: () => void navigate('/applications/create') },
        { id: 'create-user', label: t('app.palette.createUser'), leftSection: <IconUserPlus size={18} />, onClick: () => void navigate('/users/create') },
        { id: 'create-organization', label: t('app.palette.createOrganization'), leftSection: <IconPlus size={18} />, onClick: () => void navigate('/organizations/create') },
        { id: 'create-resource', label: t('app.palette.createResource'), leftSection: <IconPlus size={18} />, onClick: () => void navigate('/api-resources/create') },
        { id: 'create-role', label: t('app.palette.createRole'), leftSection: <IconPlus size={18} />, onClick: () => void navigate('/roles/create') },
        { id: 'add-connector', label: t('app.palette.addConnector'), leftSection: <IconPlus size={18} />, onClick: () => void navigate('/enterprise-sso/create') },
        { id: 'theme', label: t('app.palette.changeTheme'), leftSection: <IconMoon size={18} />, onClick: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark') },
      ],
    },
  ];
}

/** What the server finds; asked only once typing pauses. */
function useFound(query: string): SpotlightActionGroupData[] {
  const { t } = useTranslation();
  const api = useApi();
  const navigate = useNavigate();
  const [settled] = useDebouncedValue(query.trim(), 200);
  const pattern = contains(settled);
  const found = useQuery({
    queryKey: ['palette', pattern],
    enabled: !!pattern,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const [applications, users, connectors, organizations] = await Promise.all([
        api.page<Application>('/applications', { page: 1, page_size: 5, search: pattern }),
        api.page<User>('/users', { page: 1, page_size: 5, search: pattern }),
        api.page<SsoConnector>('/sso-connectors', { page: 1, page_size: 5, search: pattern }),
        api.page<Organization>('/organizations', { page: 1, page_size: 5, q: settled }),
      ]);
      return { applications: applications.items, users: users.items, connectors: connectors.items, organizations: organizations.items };
    },
  });
  if (!pattern || !found.data) return [];
  const applications = found.data.applications.map((each): SpotlightActionData => ({
    id: `application-${each.id}`,
    label: each.name,
    description: t(`applications.type.${each.type}`),
    leftSection: <IconApps size={18} stroke={1.7} />,
    onClick: () => void navigate(`/applications/${each.id}`),
  }));
  const users = found.data.users.map((each): SpotlightActionData => ({
    id: `user-${each.id}`,
    label: callName(each),
    description: [each.username, each.primaryEmail].find((other) => other && other !== callName(each)) ?? undefined,
    leftSection: <IconUser size={18} stroke={1.7} />,
    onClick: () => void navigate(`/users/${each.id}`),
  }));
  const connectors = found.data.connectors.map((each): SpotlightActionData => ({
    id: `connector-${each.id}`,
    label: each.connectorName,
    description: each.domains.slice(0, 3).join(', ') || each.name,
    leftSection: <IconBuildingSkyscraper size={18} stroke={1.7} />,
    onClick: () => void navigate(`/enterprise-sso/${each.id}`),
  }));
  const organizations = found.data.organizations.map((each): SpotlightActionData => ({
    id: `organization-${each.id}`,
    label: each.name,
    description: each.description ?? undefined,
    leftSection: <IconBuildingCommunity size={18} stroke={1.7} />,
    onClick: () => void navigate(`/organizations/${each.id}`),
  }));
  return [
    { group: t('app.palette.applications'), actions: applications },
    { group: t('app.palette.users'), actions: users },
    { group: t('app.nav.organizations'), actions: organizations },
    { group: t('app.nav.sso'), actions: connectors },
  ];
}
