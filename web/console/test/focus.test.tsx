// @vitest-environment jsdom
import { Menu } from '@mantine/core';
import { act, useState } from 'react';
import { Link } from 'react-router';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { Shell } from '../src/app/Shell';
import { Danger } from '../src/ui/Danger';
import { RowMenu } from '../src/ui/RowMenu';
import { paged, pause, prepare, press, show } from './page';

let phone = false;

beforeAll(async () => {
  await prepare({}, (call) => paged([], call));
  window.matchMedia = ((media: string) => ({ media, matches: phone && media.startsWith('(max-width'), addEventListener() {}, removeEventListener() {} })) as never;
});

beforeEach(() => void (phone = false));

const shell = () => show('/users', '/*', <Shell person={{ name: 'Ada', username: 'ada' }} />);
const content = () => document.getElementById('content')!;
const focus = (element: HTMLElement) => act(async () => element.focus());
const escape = async (from: Element = document.activeElement!) => {
  await act(async () => from.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));
  await pause();
};
/** Something is true soon, however busy the machine. */
const soon = async (is: () => boolean) => {
  for (let tries = 0; tries < 200 && !is(); tries++) await pause();
  expect(is()).toBe(true);
};

test('the first thing the keyboard reaches leads past the navigation', async () => {
  await shell();
  const first = document.querySelector<HTMLAnchorElement>('a[href], button')!;
  expect(first.textContent).toBe('Skip to content');
  expect(first.getAttribute('href')).toBe('#content');
  expect(content().tabIndex).toBe(-1);
});

test('on a phone the closed navigation is out of the way, and the open one is left by Escape', async () => {
  phone = true;
  const router = await shell();
  const navigation = document.querySelector('nav')!;
  const burger = document.querySelector<HTMLElement>('button[aria-expanded]')!;
  const covered = () => content().closest('[inert]') !== null;
  expect(navigation.dataset.closed).toBeDefined();
  expect(covered()).toBe(false);
  await act(async () => burger.click());
  expect(navigation.dataset.closed).toBeUndefined();
  expect(covered()).toBe(true);
  await focus(navigation.querySelector('a')!);
  await escape();
  expect(navigation.dataset.closed).toBeDefined();
  expect(covered()).toBe(false);
  expect(document.activeElement).toBe(burger);
  await act(async () => burger.click());
  await focus(navigation.querySelector('a')!);
  await act(async () => router.navigate('/applications'));
  await soon(() => document.activeElement === content());
  expect(navigation.dataset.closed).toBeDefined();
});

function Rows() {
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Link to="/users/ada">Ada</Link>
      <RowMenu name="Ada"><Menu.Item onClick={() => setDeleting(true)}>Delete</Menu.Item></RowMenu>
      <Danger opened={deleting} onClose={() => setDeleting(false)} title="Delete Ada" text="Gone for good." action="Delete" act={async () => undefined} />
    </>
  );
}

const rows = () =>
  show('/users', '/', <Shell person={{ name: 'Grace', username: 'grace' }} />, [{ path: 'users', element: <Rows /> }, { path: 'users/ada', element: <button type="button">Save</button> }]);

test('a window that an item of a menu has opened gives the focus back to the menu', async () => {
  await rows();
  const menu = document.querySelector<HTMLElement>('button[aria-label="Actions for Ada"]')!;
  await focus(menu);
  await act(async () => menu.click());
  await pause();
  const item = document.querySelector<HTMLElement>('[role=menuitem]')!;
  await focus(item);
  await act(async () => item.click());
  await soon(() => document.activeElement?.closest('[role=dialog]') != null);
  await escape();
  await soon(() => document.querySelector('[role=dialog]') === null && document.activeElement === menu);
});

test('on another page the focus is with its content', async () => {
  const router = await rows();
  await focus(document.querySelector<HTMLElement>('#content a')!);
  await act(async () => router.navigate('/users/ada'));
  await soon(() => document.activeElement === content());
  await press('Save');
  await focus(document.querySelector<HTMLElement>('nav a')!);
  await act(async () => router.navigate('/users'));
  await pause();
  expect(document.activeElement).toBe(document.querySelector('nav a'));
});
