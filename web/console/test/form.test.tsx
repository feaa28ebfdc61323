// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import i18next from 'i18next';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { beforeAll, expect, test } from 'vitest';
import { Api } from '../src/api/client';
import { ApiContext } from '../src/api/context';
import type { Application } from '../src/api/types';
import { SettingsTab } from '../src/applications/SettingsTab';
import { en } from '../src/words/en';

const application: Application = {
  id: 'abc', name: 'Bookstore', description: null, type: 'Traditional', isThirdParty: false, appLevelAccessControlEnabled: false, createdAt: 0, customData: {},
  oidcClientMetadata: { redirectUris: ['https://a.example/callback'], postLogoutRedirectUris: [], logoUri: 'https://a.example/logo.svg' },
  customClientMetadata: { idTokenTtl: 600 },
};

const sent: unknown[] = [];

beforeAll(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  window.matchMedia = ((query: string) => ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} })) as never;
  globalThis.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} } as never;
  Object.defineProperty(document, 'fonts', { value: { addEventListener() {}, removeEventListener() {} } });
  await i18next.use(initReactI18next).init({ lng: 'en', ns: ['words'], defaultNS: 'words', resources: { en: { words: en } } });
  globalThis.fetch = (async (_url: string, init: RequestInit) => {
    sent.push(JSON.parse(String(init.body)));
    return new Response(JSON.stringify({ code: 'guard.invalid_input', message: 'no', data: { issues: [{ path: ['oidcClientMetadata', 'redirectUris', 0], message: 'Not allowed here' }] } }), { status: 400 });
  }) as never;
});

async function show() {
  const host = document.body.appendChild(document.createElement('div'));
  const api = new Api({ origin: 'http://localhost:3001', token: async () => 'token', language: () => 'en' });
  const router = createMemoryRouter([{ path: '/', element: <SettingsTab application={application} /> }]);
  await act(async () => createRoot(host).render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <ApiContext.Provider value={api}><RouterProvider router={router} /></ApiContext.Provider>
      </QueryClientProvider>
    </MantineProvider>,
  ));
  const name = host.querySelector<HTMLInputElement>('input[name=name]')!;
  const type = (text: string) => act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(name, text);
    name.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((done) => setTimeout(done, 100)); // the bar slides in
  });
  const press = async (label: string) => {
    const button = [...host.querySelectorAll('button')].find((each) => each.textContent === label);
    await act(async () => button!.click());
    await act(async () => new Promise((done) => setTimeout(done, 200)));
  };
  return { host, name, type, press };
}

test('discarding brings back what is saved', async () => {
  const { name, type, press } = await show();
  await type('Library');
  expect(name.value).toBe('Library');
  await press('Discard');
  expect(name.value).toBe('Bookstore');
});

test('saving sends the metadata whole, and a refused address is told at its list', async () => {
  const { host, type, press } = await show();
  await type('Library');
  await press('Save changes');
  expect(sent).toEqual([{
    name: 'Library', description: null, customData: {},
    oidcClientMetadata: { redirectUris: ['https://a.example/callback'], postLogoutRedirectUris: [], logoUri: 'https://a.example/logo.svg', backchannelLogoutSessionRequired: false },
    customClientMetadata: { idTokenTtl: 600, corsAllowedOrigins: [] },
  }]);
  expect(host.textContent).toContain('Not allowed here');
});
