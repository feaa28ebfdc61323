import './later';
import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languages, speak, type Language } from '../words/i18n';
import { session } from './session';

const schemes = [
  { value: 'light', label: 'app.account.light', icon: IconSun },
  { value: 'dark', label: 'app.account.dark', icon: IconMoon },
  { value: 'auto', label: 'app.account.system', icon: IconDeviceDesktop },
] as const satisfies { value: MantineColorScheme; label: string; icon: unknown }[];

export function AccountMenu({ person }: { person: { name: string; username: string } }) {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const tick = (on: boolean) => (on ? <IconCheck size={15} aria-hidden="true" /> : undefined);
  return (
    <Menu width={224} position="bottom-end">
      <Menu.Target>
        <UnstyledButton style={{ borderRadius: 999 }}>
          <VisuallyHidden>{t('app.account.open', { name: person.name })}</VisuallyHidden>
          <Avatar aria-hidden name={person.name} color="verdigris" size={32} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Text px="sm" pt={6} fw={550} truncate>{person.name}</Text>
        {person.username !== person.name && <Text px="sm" fz="xs" c="dimmed" truncate>{person.username}</Text>}
        <Menu.Divider />
        <Menu.Label>{t('app.account.theme')}</Menu.Label>
        {schemes.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={colorScheme === value}
            closeMenuOnClick={false}
            leftSection={<Icon size={16} />}
            rightSection={tick(colorScheme === value)}
            onClick={() => setColorScheme(value)}
          >
            {t(label)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('app.account.language')}</Menu.Label>
        {(Object.keys(languages) as Language[]).map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            role="menuitemradio"
            aria-checked={i18n.language === language}
            rightSection={tick(i18n.language === language)}
            onClick={() => void speak(language)}
          >
            {languages[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void session.signOut()}>
          {t('app.account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
