// @vitest-environment jsdom
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { AssignModal } from '../src/ui/AssignModal';
import { eventually, json, key, paged, pause, prepare, press, show, text, type, type Call } from './page';

interface Thing {
  id: string;
  name: string;
}

const things: Thing[] = Array.from({ length: 45 }, (_, index) => ({ id: `t${index + 1}`, name: `Thing ${index + 1}` }));
let asked: Call[] = [];
let assigned: string[][] = [];
let refusal: Error | undefined;
let closed = 0;

beforeAll(() => prepare({}, (call) => {
  asked.push(call);
  if (call.query.get('search') === '%broken%') return json({ code: 'x', message: 'The list is out of order.' }, 400);
  const search = (call.query.get('search') ?? '').replaceAll('%', '').toLowerCase();
  return paged(things.filter(({ name }) => name.toLowerCase().includes(search)), call);
}));

beforeEach(() => {
  [asked, assigned, refusal, closed] = [[], [], undefined, 0];
});

const open = (exclude?: ReadonlySet<string>, max?: number) => show('/', '/', (
  <AssignModal<Thing>
    opened
    onClose={() => closed++}
    title="Assign things"
    label="Things"
    source={{ path: '/things', query: { excludeRoleId: 'r' }, row: ({ id, name }) => ({ id, label: name }), ...(exclude ? { exclude } : {}) }}
    {...(max ? { max } : {})}
    assign={async (ids) => {
      if (refusal) throw refusal;
      assigned.push(ids);
    }}
  />
));
const input = () => document.querySelector<HTMLInputElement>('input[role=combobox]')!;
const options = () => [...document.querySelectorAll('[role=option]')].map((each) => each.textContent);

test('the keyboard alone picks: arrows move and read on, Enter picks, Backspace takes back', async () => {
  await open();
  await eventually('Thing 20');
  expect(asked.map(({ path, query }) => `${path} ${query}`)).toEqual(['/things excludeRoleId=r&page=1&page_size=20']);
  await key(input(), 'ArrowDown');
  await key(input(), 'Enter');
  expect(document.getElementById(input().getAttribute('aria-activedescendant')!)!.getAttribute('aria-selected')).toBe('true');
  for (let down = 0; down < 19; down++) await key(input(), 'ArrowDown');
  await eventually('Thing 40');
  for (let down = 0; down < 20; down++) await key(input(), 'ArrowDown');
  await eventually('Thing 45');
  await key(input(), 'Enter');
  expect(text()).toContain('2 selected');
  await key(input(), 'Backspace');
  await key(input(), 'ArrowDown');
  await key(input(), 'Enter');
  await press('Assign');
  expect(assigned).toEqual([['t1', 't41']]);
  expect(closed).toBe(1);
});

test('the server searches, and what was picked stays picked', async () => {
  await open();
  await eventually('Thing 20');
  await press('Thing 3');
  await type(input(), 'thing 44');
  for (let tries = 0; tries < 40 && options().length > 1; tries++) await pause();
  expect(options()).toEqual(['Thing 44']);
  await key(input(), 'Enter');
  expect(assigned).toEqual([]);
  await type(input(), 'nowhere');
  await eventually('Nothing found for “nowhere”');
  await key(input(), 'Escape');
  expect([input().value, closed]).toEqual(['', 0]);
  await press('Remove Thing 3');
  await press('Assign');
  expect(assigned).toEqual([['t44']]);
});

test('what is there already is not offered, and there is a limit', async () => {
  await open(new Set(['t1', 't2']), 2);
  await eventually('Thing 20');
  expect(options()[0]).toBe('Thing 3');
  for (const name of ['Thing 3', 'Thing 4', 'Thing 5']) await press(name);
  expect(text()).toContain('2 selected');
  expect(text()).toContain('At most 2 at once');
  await press('Thing 4');
  await press('Thing 5');
  await press('Assign');
  expect(assigned).toEqual([['t3', 't5']]);
});

test('a refusal is told in the window, which stays open; a list that fails can be asked again', async () => {
  await open();
  await eventually('Thing 20');
  refusal = new Error('One of them is gone.');
  await press('Thing 3');
  await press('Assign');
  expect(text()).toContain('One of them is gone.');
  expect(closed).toBe(0);
  await type(input(), 'broken');
  await eventually('The list is out of order.');
});
