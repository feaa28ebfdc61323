import { useQuery } from '@tanstack/react-query';
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Code.module.css';
import type { Language } from './guide';

/** Code with its file name and a copy button; colours come when the highlighter has loaded. */
export function CodeBlock({ code, lang, file }: { code: string; lang: Language; file?: string }) {
  const { t } = useTranslation();
  const coloured = useQuery({
    queryKey: ['highlight', lang, code],
    queryFn: async () => (await import('./highlight')).highlight(code, lang),
    staleTime: Infinity,
  });
  const label = file ? t('guides.codeOf', { file }) : t('guides.code');
  return (
    <figure className={classes.block}>
      <figcaption className={classes.head}>
        <span className={classes.file}>{file ?? lang}</span>
        <CopyButton value={code} timeout={1500}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="subtle"
              color={copied ? 'teal' : 'gray'}
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={copy}
              aria-label={copied ? t('ui.copied') : file ? t('guides.copyFile', { file }) : t('guides.copyCode')}
            >
              {copied ? t('ui.copied') : t('ui.copy')}
            </Button>
          )}
        </CopyButton>
      </figcaption>
      <pre className={classes.code} tabIndex={0} role="group" aria-label={label}>
        {/* highlight.js escapes the code it is given; only its own spans are markup */}
        {coloured.data ? <code dangerouslySetInnerHTML={{ __html: coloured.data }} /> : <code>{code}</code>}
      </pre>
    </figure>
  );
}
