// @vitest-environment jsdom
import { beforeAll, expect, test } from 'vitest';
import { LogPage } from '../src/audit/LogPage';
import { LogsPage } from '../src/audit/LogsPage';
import { eventually, json, paged, prepare, show } from './page';

const path = '/api/organizations/acme/users/ada/roles';
const log = { id: 'l1', key: 'ManagementApi.PUT', createdAt: Date.now() - 120_000, payload: { key: 'ManagementApi.PUT', result: 'Success', path, ip: '203.0.113.7', userId: 'ada', applicationId: 'shop' } };

beforeAll(() =>
  prepare({}, (call) => {
    if (call.path === '/logs') return paged([log], call);
    if (call.path === '/logs/l1') return json(log);
    if (call.path === '/users/ada') return json({ id: 'ada', username: 'ada', name: 'Ada Lovelace' });
    if (call.path === '/applications/shop') return json({ id: 'shop', name: 'Bookstore' });
    return paged([], call);
  }));

/** The pieces of a text between the places where its line may end. */
const pieces = (holder: Element) => [...holder.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent);

test('on a phone the first column carries the row, and a long path ends its lines at a slash', async () => {
  await show('/audit-logs', '/audit-logs', <LogsPage />);
  await eventually('Ada Lovelace');
  await eventually('Bookstore');
  const narrow = [...document.querySelectorAll('tbody td')].filter((cell) => !cell.className.includes('visible-from'));
  expect(narrow).toHaveLength(1);
  for (const word of ['2 minutes ago', 'Ada Lovelace', 'Bookstore', path]) expect(narrow[0]!.textContent).toContain(word);
  expect(pieces(narrow[0]!.querySelector('wbr')!.parentElement!)).toEqual(['ManagementApi.', 'PUT ', '/api', '/organizations', '/acme', '/users', '/ada', '/roles']);
});

test('the page of an entry names the path that was asked for', async () => {
  await show('/audit-logs/l1', '/audit-logs/:id', <LogPage />);
  await eventually('Path');
  expect([...document.querySelectorAll('th')].find((head) => head.textContent === 'Path')!.nextElementSibling!.textContent).toBe(path);
});
