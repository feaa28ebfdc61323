import type { ComponentType } from 'react';
import { createBrowserRouter, Navigate } from 'react-router';
import { bringWords } from '../words/i18n';
import { Broken, Missing } from './Broken';
import { Callback } from './Callback';
import { Gate } from './Gate';

/** A page comes with the styles that the first one does without, and with the words of its room where they are apart. */
const page = (load: () => Promise<ComponentType>, words?: 'sso') => async () => {
  // The styles of the components first: what a page says of them comes after them.
  const [, Component] = await Promise.all([import('./later'), load(), words && bringWords(words)]);
  return { Component };
};

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
            { path: 'get-started/frameworks', lazy: page(async () => (await import('../start/FrameworksPage')).FrameworksPage) },
            {
              path: 'applications',
              lazy: page(async () => (await import('../applications/ApplicationsPage')).ApplicationsPage),
              children: [
                { path: 'create', lazy: page(async () => (await import('../applications/GalleryModal')).GalleryModal) },
                { path: 'create/:framework', lazy: page(async () => (await import('../applications/CreateModal')).CreateModal) },
              ],
            },
            { path: 'applications/:id/guide/:framework', lazy: page(async () => (await import('../guides/GuidePage')).GuidePage) },
            { path: 'applications/:id/:tab?', lazy: page(async () => (await import('../applications/ApplicationPage')).ApplicationPage) },
            {
              path: 'enterprise-sso',
              lazy: page(async () => (await import('../sso/ConnectorsPage')).ConnectorsPage, 'sso'),
              children: [{ path: 'create', lazy: page(async () => (await import('../sso/AddModal')).AddModal) }],
            },
            { path: 'enterprise-sso/:id/:tab?', lazy: page(async () => (await import('../sso/ConnectorPage')).ConnectorPage, 'sso') },
            {
              path: 'users',
              lazy: page(async () => (await import('../users/UsersPage')).UsersPage),
              children: [{ path: 'create', lazy: page(async () => (await import('../users/CreateUserModal')).CreateUserModal) }],
            },
            { path: 'users/:id/:tab?', lazy: page(async () => (await import('../users/UserPage')).UserPage) },
            { path: 'sign-in-experience/:tab?', lazy: page(async () => (await import('../experience/ExperiencePage')).ExperiencePage) },
            { path: 'audit-logs', lazy: page(async () => (await import('../audit/LogsPage')).LogsPage) },
            { path: 'audit-logs/:id', lazy: page(async () => (await import('../audit/LogPage')).LogPage) },
            { path: '*', element: <Missing /> },
          ],
        },
      ],
    },
  ],
  { basename: '/console' },
);
