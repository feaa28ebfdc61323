import { ThemeIcon } from '@mantine/core';
import { IconDeviceMobile, IconRobot, IconServer, IconBrowser, IconShield } from '@tabler/icons-react';
import type { ApplicationType } from '../api/types';

const icons = {
  Traditional: IconServer,
  SPA: IconBrowser,
  Native: IconDeviceMobile,
  MachineToMachine: IconRobot,
  Protected: IconShield,
  SAML: IconShield,
};

export function ApplicationIcon({ type, size = 32 }: { type: ApplicationType; size?: number }) {
  const Icon = icons[type];
  return (
    <ThemeIcon variant="light" color="gray" size={size} radius="md" aria-hidden="true">
      <Icon size={size * 0.56} stroke={1.7} />
    </ThemeIcon>
  );
}
