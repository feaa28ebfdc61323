import { ActionIcon, CopyButton, Group, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './ui.module.css';

/** The copy button alone; `what` is read to who cannot see what it stands beside. */
export function CopyIcon({ value, what, size = 24 }: { value: string; what: string; size?: number }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('ui.copied') : t('ui.copy')}>
          <ActionIcon
            variant="subtle"
            color={copied ? 'teal' : 'gray'}
            size={size}
            onClick={(event) => {
              event.preventDefault();
              event.stopPropagation();
              copy();
            }}
            aria-label={copied ? t('ui.copied') : t('ui.copyWhat', { what })}
          >
            {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** An identifier in the monospaced face with its copy button. */
export function CopyText({ value, what, block = false }: { value: string; what: string; block?: boolean }) {
  return (
    <Group gap={2} wrap="nowrap" className={block ? classes.copyBlock : classes.copyInline}>
      <Text ff="monospace" fz={13} className={classes.copyValue} title={value}>
        {value}
      </Text>
      <CopyIcon value={value} what={what} />
    </Group>
  );
}
