import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import i18next from 'i18next';
import { act, type ReactElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';
import { createMemoryRouter, RouterProvider, type RouteObject } from 'react-router';
import { expect } from 'vitest';
import { Api } from '../src/api/client';
import { ApiContext } from '../src/api/context';
import { en } from '../src/words/en';

/** What a page sent, as the server of a test sees it. */
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: any;
  ifMatch: string | null;
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
/** One page of a list. */
export const paged = (rows: unknown[], { query }: Call) => {
  const size = Number(query.get('page_size') ?? 20);
  return json(rows.slice((Number(query.get('page') ?? 1) - 1) * size).slice(0, size), 200, { 'Total-Number': String(rows.length) });
};

/** Gives jsdom what it lacks, and the page a server that answers as told. */
export async function prepare(words: object, answer: (call: Call) => Response) {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  window.matchMedia = ((query: string) => ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} })) as never;
  globalThis.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} } as never;
  Object.defineProperty(document, 'fonts', { configurable: true, value: { addEventListener() {}, removeEventListener() {} } });
  await i18next.use(initReactI18next).init({ lng: 'en', ns: ['words'], defaultNS: 'words', interpolation: { escapeValue: false }, resources: { en: { words: { ...en, ...words } } } });
  globalThis.fetch = (async (address: string, init: RequestInit) => {
    const url = new URL(address);
    return answer({
      method: init.method ?? 'GET',
      path: url.pathname.replace(/^\/api/, ''),
      query: url.searchParams,
      body: init.body ? JSON.parse(String(init.body)) : undefined,
      ifMatch: new Headers(init.headers).get('if-match'),
    });
  }) as never;
}

export const pause = (ms = 50) => act(async () => new Promise((done) => setTimeout(done, ms)));

let shown: Root | undefined;
/** What is left on the page would go on in the tests of the next file. */
export const leave = async () => {
  if (!shown) return;
  await act(async () => shown!.unmount());
  shown = undefined;
  document.body.innerHTML = '';
};

/** @param inside pages that stand inside of this one */
export async function show(path: string, route: string, element: ReactElement, inside: RouteObject[] = []) {
  await leave();
  const host = document.body.appendChild(document.createElement('div'));
  const api = new Api({ origin: 'http://localhost:3001', token: async () => 'token', language: () => 'en' });
  const router = createMemoryRouter([{ path: route, element, children: inside }, { path: '*', element: <>elsewhere</> }], { initialEntries: [path] });
  shown = createRoot(host);
  await act(async () => shown!.render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ApiContext.Provider value={api}><RouterProvider router={router} /></ApiContext.Provider>
      </QueryClientProvider>
    </MantineProvider>,
  ));
  await pause();
  return router;
}

export const text = () => document.body.textContent ?? '';

export async function eventually(sentence: string) {
  for (let tries = 0; tries < 200 && !text().includes(sentence); tries++) await pause();
  expect(text()).toContain(sentence);
}

export async function type(input: HTMLInputElement | HTMLTextAreaElement, value: string) {
  await act(async () => {
    const kind = input instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
    Object.getOwnPropertyDescriptor(kind.prototype, 'value')!.set!.call(input, value);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await pause();
}

export const field = (name: string) => document.querySelector<HTMLInputElement>(`[name=${name}]`)!;

export async function key(target: Element, name: string) {
  await act(async () => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  });
}

/** Presses the button or the like of this text or label. */
export async function press(label: string) {
  const found = [...document.querySelectorAll<HTMLElement>('button, a, [role=option], [role=menuitem], [role=tab]')].findLast((each) => each.textContent === label || each.getAttribute('aria-label') === label);
  if (!found) throw new Error(`Nothing to press is called ${label}: ${text()}`);
  await act(async () => found.click());
  await pause();
}
