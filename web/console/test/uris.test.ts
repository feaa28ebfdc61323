import { expect, test } from 'vitest';
import { filled, listFaults, originFault, uriFault } from '../src/ui/uris';

test.each([
  'https://example.com/callback',
  'http://localhost:3000',
  'http://localhost:3000/',
  'https://*.example.com/callback',
  'com.example.app://callback',
  'io.logto.android://com.example.bookstore/callback',
])('%s is an address to return to', (uri) => expect(uriFault(uri)).toBeNull());

test.each(['callback', '/callback', 'https://', 'javascript:alert(1)', 'data:text/html,x', 'https://exa mple.com'])(
  '%s is none',
  (uri) => expect(uriFault(uri)).toBe('uri'),
);

test('a fragment is named as such', () => expect(uriFault('https://example.com/#top')).toBe('fragment'));

test('the second of two equal addresses is at fault, an empty row is not', () => {
  expect(listFaults(['https://a.example', '', ' https://a.example '])).toEqual([null, null, 'duplicate']);
  expect(filled([' https://a.example ', ''])).toEqual(['https://a.example']);
});

test('an origin has no path', () => {
  expect(originFault('https://example.com:8443')).toBeNull();
  expect(originFault('https://example.com/')).toBe('uri');
});
