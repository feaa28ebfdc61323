import { ActionIcon, Card, Group, SegmentedControl, Select, Text, Title, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDeviceDesktop, IconDeviceMobile, IconExternalLink, IconMoon, IconSun } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/context';
import { languages, type Language } from '../words/i18n';
import classes from './Experience.module.css';

export interface PreviewProps {
  /** What the pages shall show besides what the tenant has stored; see `encodePreview`. */
  settings?: string;
  /** Whether the pages have a dark form. */
  dark: boolean;
}

/** The real pages in a frame, with what is not saved yet. */
export function Preview({ settings = '1', dark }: PreviewProps) {
  const { t, i18n } = useTranslation();
  const { origin } = useApi();
  const [page, setPage] = useState<'sign-in' | 'register'>('sign-in');
  const [device, setDevice] = useState<'phone' | 'desktop'>('phone');
  const [scheme, setScheme] = useState<'light' | 'dark'>('light');
  const [language, setLanguage] = useState<Language>(i18n.language as Language);
  const query = new URLSearchParams({ preview: settings, ui_locales: language, preview_scheme: scheme });
  const address = `${origin}/${page}?${query}`;
  return (
    <Card component="aside" className={classes.preview} p="md" aria-label={t('experience.preview.title')}>
      <Group justify="space-between" wrap="nowrap" mb="sm">
        <div>
          <Title order={2}>{t('experience.preview.title')}</Title>
          <Text fz="xs" c="dimmed">{t('experience.preview.text')}</Text>
        </div>
        <Tooltip label={t('experience.preview.open')}>
          <ActionIcon component="a" href={address} target="_blank" rel="noreferrer noopener" variant="subtle" color="gray" aria-label={t('experience.preview.open')}>
            <IconExternalLink size={18} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <Group gap="xs" mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('experience.preview.page')}
          value={page}
          onChange={(value) => setPage(value as typeof page)}
          data={[{ value: 'sign-in', label: t('experience.preview.signIn') }, { value: 'register', label: t('experience.preview.register') }]}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('experience.preview.device')}
          value={device}
          onChange={(value) => setDevice(value as typeof device)}
          data={[
            { value: 'phone', label: <Icon icon={IconDeviceMobile} label={t('experience.preview.phone')} /> },
            { value: 'desktop', label: <Icon icon={IconDeviceDesktop} label={t('experience.preview.desktop')} /> },
          ]}
        />
        {dark && (
          <SegmentedControl
            size="xs"
            aria-label={t('experience.preview.scheme')}
            value={scheme}
            onChange={(value) => setScheme(value as typeof scheme)}
            data={[
              { value: 'light', label: <Icon icon={IconSun} label={t('experience.preview.light')} /> },
              { value: 'dark', label: <Icon icon={IconMoon} label={t('experience.preview.dark')} /> },
            ]}
          />
        )}
        <Select
          size="xs"
          w={100}
          aria-label={t('experience.preview.language')}
          allowDeselect={false}
          data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
          value={language}
          onChange={(value) => value && setLanguage(value as Language)}
        />
      </Group>
      <Frame address={address} device={device} scheme={dark ? scheme : 'light'} title={t('experience.preview.title')} />
    </Card>
  );
}

function Icon({ icon: Shape, label }: { icon: typeof IconSun; label: string }) {
  return <Shape size={15} aria-label={label} role="img" style={{ display: 'block' }} />;
}

const widths = { phone: 390, desktop: 1120 };
const height = { phone: 700, desktop: 760 };

function Frame({ address, device, scheme, title }: { address: string; device: 'phone' | 'desktop'; scheme: 'light' | 'dark'; title: string }) {
  const [settled] = useDebouncedValue(address, 350);
  const [first] = useState(address);
  const frame = useRef<HTMLIFrameElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(360);
  useEffect(() => {
    // Replacing leaves no trace in the history, so the back button still leaves this page.
    if (settled !== first) frame.current?.contentWindow?.location.replace(settled);
  }, [settled, first]);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => entry && setRoom(entry.contentRect.width));
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const scale = Math.min(1, room / widths[device]);
  return (
    <div ref={box} className={classes.frame} style={{ height: height[device] * scale }}>
      <iframe
        ref={frame}
        src={first}
        title={title}
        tabIndex={-1}
        sandbox="allow-same-origin allow-scripts"
        style={{ width: widths[device], height: height[device], transform: `scale(${scale})`, colorScheme: scheme }}
      />
    </div>
  );
}
