import { act } from 'react';
import { beforeAll, expect, test } from 'vitest';
import { ExperiencePage } from '../src/experience/ExperiencePage';
import { ownPages } from '../src/words/en/later/ownPages';
import { eventually, pause, prepare, press, show, text } from './page';

let experience: Record<string, unknown> = {
  color: { primaryColor: '#0F766E', isDarkModeEnabled: true, darkPrimaryColor: '#2DD4BF' }, branding: {}, languageInfo: { autoDetect: true, fallbackLanguage: 'en' },
  termsOfUseUrl: null, privacyPolicyUrl: null, signIn: { methods: [] }, signUp: { identifiers: ['username'], password: true, verify: false }, signInMode: 'SignInAndRegister',
  singleSignOnEnabled: false, customCss: null, customUiAssets: null, customUiCsp: {},
};
let uploads: File[] = [];
let refused = false;
let saved: Record<string, unknown>[] = [];

beforeAll(async () => {
  await prepare({ ownPages }, () => new Response());
  globalThis.fetch = (async (address: string, init: RequestInit) => {
    const answer = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
    if (new URL(address).pathname.endsWith('/custom-ui-assets')) {
      expect(new Headers(init.headers).get('content-type')).toBeNull();
      uploads.push((init.body as FormData).get('file') as File);
      return refused ? answer({ code: 'guard.invalid_input', message: 'There is no index.html' }, 400) : answer({ customUiAssetId: 'pages' });
    }
    if (init.method === 'PATCH') {
      saved.push(JSON.parse(String(init.body)));
      experience = { ...experience, ...saved.at(-1) };
    }
    return answer(new URL(address).pathname.endsWith('/sign-in-exp') ? experience : []);
  }) as never;
});

async function upload(bytes: number) {
  const file = new File(['zip'], 'dist.zip', { type: 'application/zip' });
  Object.defineProperty(file, 'size', { value: bytes });
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  await act(async () => input.dispatchEvent(new Event('change', { bubbles: true })));
  await pause();
}

test('a zip is uploaded, put in force by saving, and taken back', async () => {
  await show('/sign-in-experience/pages', '/sign-in-experience/:tab?', <ExperiencePage />);
  await eventually('Ours are shown');
  await upload(21 * 1024 * 1024);
  expect(text()).toContain('more than 20 MB');
  expect(uploads).toEqual([]);
  refused = true;
  await upload(3);
  expect(text()).toContain('There is no index.html');
  expect(text()).toContain('Ours are shown');
  refused = false;
  await upload(3);
  expect(uploads).toHaveLength(2);
  expect(text()).toContain('Uploaded: save to show them');
  expect(saved).toEqual([]);
  await press('Save changes');
  expect(saved[0]).toMatchObject({ customUiAssets: { id: 'pages' } });
  await eventually('Yours are shown');
  await press('Go back to ours');
  await press('Save changes');
  expect(saved[1]).toMatchObject({ customUiAssets: null });
  await eventually('Ours are shown');
});
