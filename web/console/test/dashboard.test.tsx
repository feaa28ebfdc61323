// @vitest-environment jsdom
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { DashboardPage } from '../src/dashboard/DashboardPage';
import { dayName, dayOf, shifted, ticks, today } from '../src/dashboard/days';
import { dashboard as words } from '../src/words/en/later/dashboard';
import { eventually, json, key, pause, prepare, press, show, text, type Call } from './page';

let total = 0;
let asked: string[];
const until = (date: string | null) => {
  const last = date ?? today();
  return {
    dauCurve: Array.from({ length: 30 }, (_, index) => ({ date: shifted(last, index - 29), count: index })),
    dau: { count: 29, delta: -1 }, wau: { count: 1500, delta: 0 }, mau: { count: 4200, delta: 300 },
  };
};

beforeAll(() => prepare({ dashboard: words }, ({ path, query }: Call) => {
  asked.push(`${path}?${query}`);
  if (path === '/dashboard/users/total') return total < 0 ? json({ code: 'x', message: 'The figures are lost.' }, 400) : json({ totalUserCount: total });
  if (path === '/dashboard/users/new') return json({ today: { count: 3, delta: 2 }, last7Days: { count: 20, delta: -5 } });
  return json(until(query.get('date')));
}));

beforeEach(() => {
  asked = [];
});

test('a fresh installation is told how to get its first user, and shows no empty curves', async () => {
  total = 0;
  await show('/dashboard', '/dashboard', <DashboardPage />);
  await eventually('No users yet');
  expect(text()).toContain('Connect an application');
  expect(document.querySelector('svg[role=img]')).toBeNull();
});

test('figures come with their differences, and the curve also as a table', async () => {
  total = 1_234_567;
  await show('/dashboard', '/dashboard', <DashboardPage />);
  await eventually('1,234,567');
  await eventually('+300 compared with the 30 days before');
  expect(text()).toContain('+2 compared with yesterday');
  expect(text()).toContain('0 compared with the 7 days before');
  expect([...document.querySelectorAll('tbody tr')].map((row) => row.lastChild!.textContent)).toEqual(Array.from({ length: 30 }, (_, index) => String(29 - index)));
  const chart = document.querySelector('svg[role=img]')!;
  await key(chart, 'ArrowLeft');
  await key(chart, 'ArrowLeft');
  expect(document.querySelector('figure [role=status]')!.textContent).toBe(`${dayName(shifted(today(), -1), 'en', 'long')}: 28 users`);
});

test('earlier days have an address, and later than today there is nothing', async () => {
  total = 5;
  const router = await show('/dashboard', '/dashboard', <DashboardPage />);
  await eventually('Active users');
  await press('30 days earlier');
  await pause();
  expect(router.state.location.search).toBe(`?until=${shifted(today(), -30)}`);
  expect(asked).toContain(`/dashboard/users/active?date=${shifted(today(), -30)}`);
  await press('30 days later');
  expect(router.state.location.search).toBe('');
  expect([...document.querySelectorAll('button')].find((each) => each.getAttribute('aria-label') === '30 days later')!.disabled).toBe(true);
});

test('figures that fail can be asked for again', async () => {
  total = -1;
  await show('/dashboard', '/dashboard', <DashboardPage />);
  await eventually('The figures are lost.');
  total = 7;
  await press('Try again');
  await eventually('New in 7 days');
});

test('days are those of the calendar, and not of the future', () => {
  const now = Date.parse('2026-03-01T00:30:00Z');
  expect([today(now), shifted('2026-03-01', -1), shifted('2024-02-28', 1)]).toEqual(['2026-03-01', '2026-02-28', '2024-02-29']);
  expect(['2026-02-28', '2026-02-30', '2026-03-02', 'x', null].map((text) => dayOf(text, now))).toEqual(['2026-02-28', null, null, null, null]);
  expect(dayName('2026-03-01', 'ja')).toBe('3月1日');
});

test('the lines of the chart are round and whole', () => {
  expect(ticks(0)).toEqual([0, 1]);
  expect(ticks(3)).toEqual([0, 1, 2, 3]);
  expect(ticks(1053)).toEqual([0, 400, 800, 1200]);
  expect(ticks(9)).toEqual([0, 4, 8, 12]);
});
