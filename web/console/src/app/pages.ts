import { IconApps, IconBuildingSkyscraper, IconHistory, IconPalette, IconRocket, IconUsers } from '@tabler/icons-react';

/** The navigation: the palette and the side bar read the same list. */
export const groups = [
  { label: 'app.nav.overview', pages: [{ to: '/get-started', label: 'app.nav.start', icon: IconRocket }] },
  {
    label: 'app.nav.authentication',
    pages: [
      { to: '/applications', label: 'app.nav.applications', icon: IconApps },
      { to: '/sign-in-experience', label: 'app.nav.experience', icon: IconPalette },
      { to: '/enterprise-sso', label: 'app.nav.sso', icon: IconBuildingSkyscraper },
    ],
  },
  { label: 'app.nav.users', pages: [{ to: '/users', label: 'app.nav.people', icon: IconUsers }] },
  { label: 'app.nav.developer', pages: [{ to: '/audit-logs', label: 'app.nav.audit', icon: IconHistory }] },
] as const;

export const pages = groups.flatMap((group) => [...group.pages]);
