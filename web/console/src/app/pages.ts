import {
  IconApi,
  IconApps,
  IconBuildingCommunity,
  IconBuildingSkyscraper,
  IconChartAreaLine,
  IconCode,
  IconDeviceDesktop,
  IconHistory,
  IconKey,
  IconMail,
  IconPalette,
  IconRobot,
  IconRocket,
  IconTemplate,
  IconUsers,
  IconUserShield,
} from '@tabler/icons-react';

/** The navigation: the palette and the side bar read the same list. */
export const groups = [
  {
    label: 'app.nav.overview',
    pages: [
      { to: '/get-started', label: 'app.nav.start', icon: IconRocket },
      { to: '/dashboard', label: 'app.nav.dashboard', icon: IconChartAreaLine },
    ],
  },
  {
    label: 'app.nav.authentication',
    pages: [
      { to: '/applications', label: 'app.nav.applications', icon: IconApps },
      { to: '/sign-in-experience', label: 'app.nav.experience', icon: IconPalette },
      { to: '/sessions', label: 'app.nav.sessions', icon: IconDeviceDesktop },
      { to: '/connectors', label: 'app.nav.connectors', icon: IconMail },
      { to: '/enterprise-sso', label: 'app.nav.sso', icon: IconBuildingSkyscraper },
    ],
  },
  {
    label: 'app.nav.authorization',
    pages: [
      { to: '/api-resources', label: 'app.nav.resources', icon: IconApi },
      { to: '/roles', label: 'app.nav.roles', icon: IconUserShield },
      { to: '/organization-template', label: 'app.nav.template', icon: IconTemplate },
    ],
  },
  {
    label: 'app.nav.users',
    pages: [
      { to: '/users', label: 'app.nav.people', icon: IconUsers },
      { to: '/organizations', label: 'app.nav.organizations', icon: IconBuildingCommunity },
    ],
  },
  {
    label: 'app.nav.developer',
    pages: [
      { to: '/custom-jwt', label: 'app.nav.scripts', icon: IconCode },
      { to: '/registration', label: 'app.nav.registration', icon: IconRobot },
      { to: '/signing-keys', label: 'app.nav.keys', icon: IconKey },
      { to: '/audit-logs', label: 'app.nav.audit', icon: IconHistory },
    ],
  },
] as const;

export const pages = groups.flatMap((group) => [...group.pages]);
