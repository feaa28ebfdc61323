import { expect, test } from 'vitest';
import { reasonOf } from '../src/audit/LogPage';
import { generatePassword } from '../src/users/passwords';
import { callName } from '../src/users/queries';
import { isEmail, isPhone, isUsername } from '../src/users/rules';
import { exact, relative } from '../src/ui/times';
import { jsonObject } from '../src/ui/json';

test('a generated password has sixteen signs of four kinds and is not repeated', () => {
  const made = Array.from({ length: 200 }, generatePassword);
  for (const password of made) {
    expect(password).toHaveLength(16);
    for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^\w]|_/]) expect(password).toMatch(kind);
  }
  expect(new Set(made).size).toBe(200);
});

test('a user is called by the best name there is', () => {
  const nobody = { id: 'abc', name: null, username: null, primaryEmail: null, primaryPhone: null };
  expect(callName({ ...nobody, name: '', username: 'ada' })).toBe('ada');
  expect(callName({ ...nobody, primaryPhone: '15555550100' })).toBe('+15555550100');
  expect(callName(nobody)).toBe('abc');
});

test('identifiers follow the rules of the wire', () => {
  expect([isUsername('ada_1'), isUsername('1ada'), isUsername('a-b')]).toEqual([true, false, false]);
  expect([isEmail('a@b.co'), isEmail('a@b')]).toEqual([true, false]);
  expect([isPhone('15555550100'), isPhone('+1555')]).toEqual([true, false]);
});

test('times are told in the language of the console', () => {
  const now = Date.UTC(2026, 0, 2);
  expect(relative(now - 3 * 60_000, now, 'en')).toBe('3 minutes ago');
  expect(relative(now - 86_400_000, now, 'ja')).toBe('昨日');
  expect(relative(now - 5_000, now, 'zh-CN')).toBe('现在');
  expect(relative(now + 7 * 86_400_000 - 1_000, now, 'en')).toBe('in 7 days');
  expect(exact(now, 'en')).toContain('2026');
});

test('only a JSON object is custom data', () => {
  expect(jsonObject(' ')).toEqual({});
  expect(jsonObject('{"a":1}')).toEqual({ a: 1 });
  for (const text of ['[]', 'null', '1', '{']) expect(jsonObject(text)).toBeNull();
});

test('the reason of a refusal is read from every shape it is recorded in', () => {
  expect(reasonOf({ key: 'x', result: 'Error', error: 'denied' })).toBe('denied');
  expect(reasonOf({ key: 'x', result: 'Error', error: { error: 'invalid_grant', error_description: 'grant expired' } })).toBe('grant expired · invalid_grant');
  expect(reasonOf({ key: 'x', result: 'Success' })).toBeNull();
});
