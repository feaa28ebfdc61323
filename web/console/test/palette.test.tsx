// @vitest-environment jsdom
import { beforeAll, expect, test } from 'vitest';
import { Palette } from '../src/app/Palette';
import { eventually, paged, pause, prepare, press, show, text, type, type Call } from './page';

let asked: Call[] = [];

beforeAll(() => prepare({}, (call) => {
  asked.push(call);
  return paged(call.path === '/organizations' ? [{ id: 'acme', name: 'Acme Inc.', description: 'Osaka' }] : [], call);
}));

test('it opens by itself, finds an organization by words as they are typed, and leads to it', async () => {
  const router = await show('/', '/', <Palette onClose={() => undefined} />);
  await pause();
  expect(document.querySelector('[role=dialog]')).not.toBeNull();
  expect(text()).toContain('Create an organization');
  await type(document.querySelector<HTMLInputElement>('[role=dialog] input')!, 'acme_');
  await eventually('Acme Inc.');
  expect(asked.find(({ path }) => path === '/organizations')!.query.get('q')).toBe('acme_');
  expect(asked.find(({ path }) => path === '/users')!.query.get('search')).toBe('%acme\\_%');
  await press('Acme Inc.Osaka');
  expect(router.state.location.pathname).toBe('/organizations/acme');
});
