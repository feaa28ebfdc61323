import { createBrowserRouter, Navigate } from 'react-router';
import { bringWords } from '../words/i18n';
import { Broken, Missing } from './Broken';
import { Callback } from './Callback';
import { Gate } from './Gate';

const withWords = async <T,>(page: Promise<T>): Promise<T> => (await Promise.all([page, bringWords('sso')]))[0];

export const router = createBrowserRouter(
  [
    { path: '/callback', element: <Callback /> },
    {
      path: '/',
      element: <Gate />,
      errorElement: <Broken />,
      hydrateFallbackElement: <></>,
      children: [
        {
          errorElement: <Broken />,
          children: [
            { index: true, element: <Navigate to="/get-started" replace /> },
            { path: 'get-started', lazy: async () => ({ Component: (await import('../start/StartPage')).StartPage }) },
            { path: 'get-started/frameworks', lazy: async () => ({ Component: (await import('../start/FrameworksPage')).FrameworksPage }) },
            {
              path: 'applications',
              lazy: async () => ({ Component: (await import('../applications/ApplicationsPage')).ApplicationsPage }),
              children: [
                { path: 'create', lazy: async () => ({ Component: (await import('../applications/GalleryModal')).GalleryModal }) },
                { path: 'create/:framework', lazy: async () => ({ Component: (await import('../applications/CreateModal')).CreateModal }) },
              ],
            },
            { path: 'applications/:id/guide/:framework', lazy: async () => ({ Component: (await import('../guides/GuidePage')).GuidePage }) },
            { path: 'applications/:id/:tab?', lazy: async () => ({ Component: (await import('../applications/ApplicationPage')).ApplicationPage }) },
            {
              path: 'enterprise-sso',
              lazy: async () => ({ Component: (await withWords(import('../sso/ConnectorsPage'))).ConnectorsPage }),
              children: [{ path: 'create', lazy: async () => ({ Component: (await import('../sso/AddModal')).AddModal }) }],
            },
            { path: 'enterprise-sso/:id/:tab?', lazy: async () => ({ Component: (await withWords(import('../sso/ConnectorPage'))).ConnectorPage }) },
            {
              path: 'users',
              lazy: async () => ({ Component: (await import('../users/UsersPage')).UsersPage }),
              children: [{ path: 'create', lazy: async () => ({ Component: (await import('../users/CreateUserModal')).CreateUserModal }) }],
            },
            { path: 'users/:id/:tab?', lazy: async () => ({ Component: (await import('../users/UserPage')).UserPage }) },
            { path: 'sign-in-experience/:tab?', lazy: async () => ({ Component: (await import('../experience/ExperiencePage')).ExperiencePage }) },
            { path: 'audit-logs', lazy: async () => ({ Component: (await import('../audit/LogsPage')).LogsPage }) },
            { path: 'audit-logs/:id', lazy: async () => ({ Component: (await import('../audit/LogPage')).LogPage }) },
            { path: '*', element: <Missing /> },
          ],
        },
      ],
    },
  ],
  { basename: '/console' },
);
