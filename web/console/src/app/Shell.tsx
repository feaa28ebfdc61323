import { ActionIcon, AppShell, Avatar, Burger, Group, Kbd, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys, useMediaQuery, useOs } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { Mark } from '../ui/Mark';
import { Navigation } from './Navigation';
import classes from './Shell.module.css';
import { content, useFocusKept } from './useFocusKept';

const AccountMenu = lazy(async () => ({ default: (await import('./AccountMenu')).AccountMenu }));
const Palette = lazy(async () => ({ default: (await import('./Palette')).Palette }));

export function Shell({ person }: { person: { name: string; username: string } }) {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const [palette, setPalette] = useState(false);
  const { pathname, key } = useLocation();
  useHotkeys([['mod+K', () => setPalette(true)]], []);
  useFocusKept(pathname);
  const burger = useRef<HTMLButtonElement>(null);
  // On a phone the navigation lies over the page, which cannot be reached meanwhile.
  const covering = useMediaQuery('(max-width: 47.99em)') && opened;
  const covered = useRef<string>(null);
  useEffect(close, [key, close]);
  useEffect(() => {
    const from = covered.current;
    covered.current = covering ? pathname : null;
    if (covering) {
      const onKey = (event: KeyboardEvent) => event.key === 'Escape' && close();
      window.addEventListener('keydown', onKey);
      return () => window.removeEventListener('keydown', onKey);
    }
    if (from !== null) (from === pathname ? burger.current : content())?.focus({ preventScroll: true });
    return undefined;
  }, [covering, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={0}
      classNames={{ main: classes.main, header: classes.header, navbar: classes.navbar }}
    >
      <a href="#content" className={classes.skip}>{t('app.skip')}</a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger ref={burger} opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('app.nav.open')} aria-expanded={opened} />
            <Link to="/get-started" className={classes.brand}>
              <Mark size={22} />
              <span className={classes.word}>ostiary</span>
            </Link>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <SearchButton onClick={() => setPalette(true)} />
            <Suspense fallback={<Avatar name={person.name} color="verdigris" size={32} />}>
              <AccountMenu person={person} />
            </Suspense>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label={t('app.nav.label')} p="sm" data-closed={!opened || undefined}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main inert={covering}>
        <div className={classes.content} id="content" tabIndex={-1}>
          <Suspense>
            <Outlet />
          </Suspense>
        </div>
      </AppShell.Main>
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </AppShell>
  );
}

function SearchButton({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  const mac = useOs() === 'macos';
  return (
    <>
      <UnstyledButton className={classes.search} onClick={onClick} visibleFrom="sm" aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={15} />
        <Text span fz="sm" flex={1}>{t('app.palette.open')}</Text>
        <Kbd size="xs">{mac ? '⌘ K' : 'Ctrl K'}</Kbd>
      </UnstyledButton>
      <ActionIcon variant="subtle" color="gray" size={36} onClick={onClick} hiddenFrom="sm" aria-label={t('app.palette.open')}>
        <IconSearch size={18} />
      </ActionIcon>
    </>
  );
}
