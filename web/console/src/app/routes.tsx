import type { ComponentType } from 'react';
import { createBrowserRouter, Navigate } from 'react-router';
import { bringWords } from '../words/i18n';
import type { LaterRoom } from '../words/later';
import { Broken, Missing } from './Broken';
import { Callback } from './Callback';
import { Gate } from './Gate';

/** A page comes with the styles that the first one does without, and with the words of its room where they are apart. */
const page = (load: () => Promise<ComponentType>, ...words: LaterRoom[]) => async () => {
  // The styles of the components first: what a page says of them comes after them.
  const [, Component] = await Promise.all([import('./later'), load(), ...words.map(bringWords)]);
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
            { path: 'dashboard', lazy: page(async () => (await import('../dashboard/DashboardPage')).DashboardPage, 'dashboard') },
            { path: 'get-started/frameworks', lazy: page(async () => (await import('../start/FrameworksPage')).FrameworksPage) },
            {
              path: 'applications',
              lazy: page(async () => (await import('../applications/ApplicationsPage')).ApplicationsPage),
              children: [
                { path: 'create', lazy: page(async () => (await import('../applications/GalleryModal')).GalleryModal) },
                { path: 'create/:framework', lazy: page(async () => (await import('../applications/CreateModal')).CreateModal, 'oauth') },
              ],
            },
            { path: 'applications/:id/guide/:framework', lazy: page(async () => (await import('../guides/GuidePage')).GuidePage) },
            { path: 'applications/:id/:tab?', lazy: page(async () => (await import('../applications/ApplicationPage')).ApplicationPage, 'access', 'oauth', 'organizations', 'resources') },
            { path: 'connectors', lazy: page(async () => (await import('../connectors/ConnectorsPage')).ConnectorsPage, 'connectors') },
            { path: 'connectors/email/:tab?', lazy: page(async () => (await import('../connectors/EmailPage')).EmailPage, 'connectors') },
            {
              path: 'enterprise-sso',
              lazy: page(async () => (await import('../sso/ConnectorsPage')).ConnectorsPage, 'sso'),
              children: [{ path: 'create', lazy: page(async () => (await import('../sso/AddModal')).AddModal) }],
            },
            { path: 'enterprise-sso/:id/:tab?', lazy: page(async () => (await import('../sso/ConnectorPage')).ConnectorPage, 'sso') },
            {
              path: 'users',
              lazy: page(async () => (await import('../users/UsersPage')).UsersPage, 'people'),
              children: [
                { path: 'create', lazy: page(async () => (await import('../users/CreateUserModal')).CreateUserModal) },
                { path: 'import', lazy: page(async () => (await import('../users/ImportModal')).ImportModal, 'people') },
              ],
            },
            {
              path: 'api-resources',
              lazy: page(async () => (await import('../resources/ResourcesPage')).ResourcesPage, 'resources'),
              children: [{ path: 'create', lazy: page(async () => (await import('../resources/CreateResource')).CreateResource) }],
            },
            { path: 'api-resources/:id/:tab?', lazy: page(async () => (await import('../resources/ResourcePage')).ResourcePage, 'resources') },
            {
              path: 'roles',
              lazy: page(async () => (await import('../roles/RolesPage')).RolesPage, 'roles'),
              children: [{ path: 'create', lazy: page(async () => (await import('../roles/CreateRole')).CreateRole, 'resources') }],
            },
            { path: 'roles/:id/:tab?', lazy: page(async () => (await import('../roles/RolePage')).RolePage, 'roles', 'resources') },
            {
              path: 'organization-template/:tab?',
              lazy: page(async () => (await import('../template/TemplatePage')).TemplatePage, 'template', 'roles', 'resources'),
              children: [{ path: 'create', lazy: page(async () => (await import('../template/CreateOrganizationRole')).CreateOrganizationRole) }],
            },
            { path: 'organization-template/roles/:id/:tab?', lazy: page(async () => (await import('../template/OrganizationRolePage')).OrganizationRolePage, 'template', 'roles', 'resources') },
            { path: 'users/:id/:tab?', lazy: page(async () => (await import('../users/UserPage')).UserPage, 'people', 'organizations') },
            {
              path: 'organizations',
              lazy: page(async () => (await import('../organizations/OrganizationsPage')).OrganizationsPage, 'organizations'),
              children: [{ path: 'create', lazy: page(async () => (await import('../organizations/CreateModal')).CreateModal, 'organizations') }],
            },
            { path: 'organizations/:id/:tab?', lazy: page(async () => (await import('../organizations/OrganizationPage')).OrganizationPage, 'organizations', 'sso') },
            { path: 'sign-in-experience/:tab?', lazy: page(async () => (await import('../experience/ExperiencePage')).ExperiencePage, 'ownPages') },
            { path: 'sessions', lazy: page(async () => (await import('../sessions/SessionsPage')).SessionsPage, 'sessions') },
            { path: 'custom-jwt', lazy: page(async () => (await import('../scripts/ScriptsPage')).ScriptsPage, 'scripts') },
            { path: 'custom-jwt/:kind', lazy: page(async () => (await import('../scripts/ScriptPage')).ScriptPage, 'scripts') },
            { path: 'registration/:tab?', lazy: page(async () => (await import('../registration/RegistrationPage')).RegistrationPage, 'registration', 'access', 'resources') },
            { path: 'signing-keys', lazy: page(async () => (await import('../keys/KeysPage')).KeysPage, 'keys') },
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
