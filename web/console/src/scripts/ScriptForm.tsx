import { Button, Card, Group, Menu, Skeleton, Stack, Tabs, Text, Title } from '@mantine/core';
import { IconPlayerPlay, IconTemplate } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Controller, FormProvider } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormSwitch } from '../ui/FormSwitch';
import { useProblemText } from '../ui/Problem';
import { SaveBar } from '../ui/SaveBar';
import { useEditing } from '../ui/useEditing';
import { FieldTree } from './FieldTree';
import { customizerOf, doubleName, fieldsOf, objectOf, variablesOf, type Fields } from './fields';
import { resultOf, useCustomizerChanges, type Customizer, type Kind, type Result, type Stored } from './queries';
import { Logged } from './Logged';
import { Outcome } from './Outcome';
import { examples } from './samples';
import { Variables } from './Variables';
import classes from './scripts.module.css';

const CodeEditor = lazy(() => import('./CodeEditor'));
const tabs = ['fields', 'variables', 'samples'] as const;
type Tab = (typeof tabs)[number];

/** Also for a script that is not there yet. */
export function ScriptForm({ kind, stored, reload }: { kind: Kind; stored: Stored; reload: () => Promise<Stored> }) {
  const { t } = useTranslation();
  const describe = useProblemText();
  const { save, test } = useCustomizerChanges(kind);
  const [tab, setTab] = useState<Tab>('fields');
  const [running, setRunning] = useState(false);
  const [result, setResult] = useState<Result>();
  const { form, submit, conflict, bar } = useEditing<Customizer | null, Fields>({
    saved: stored.customizer,
    fieldsOf: fieldsOf(kind),
    update: (fields) => save(customizerOf(fields), stored.tag),
    reload: async () => (await reload()).customizer,
    labelOf: (field) => t(`scripts.fields.${field}`),
    fieldOf: (path) => fieldOfPath[path.split('.')[0]!] ?? path,
    onFault: (field) => setTab(field === 'variables' ? 'variables' : field === 'script' ? tab : 'samples'),
  });
  const { control, watch, setValue, trigger, getValues } = form;
  const variables = watch('variables');
  const run = async () => {
    if (!(await trigger(['token', 'context', 'variables']))) {
      setTab(form.formState.errors.variables ? 'variables' : 'samples');
      return;
    }
    setRunning(true);
    const fields = getValues();
    try {
      setResult(await test({ script: fields.script, environmentVariables: variablesOf(fields.variables), token: objectOf(fields.token)!, context: objectOf(fields.context)! }));
    } catch (error) {
      setResult(resultOf(error) ?? { name: 'Error', message: describe(error), line: null, column: null });
    } finally {
      setRunning(false);
    }
  };
  const fault = result && 'name' in result && result.line !== null ? { line: result.line, column: result.column, message: result.message } : undefined;
  const needsObject = (text: string) => objectOf(text) !== null || t('scripts.needsObject');
  return (
    <FormProvider {...form}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {conflict}
        <div className={classes.work}>
          <Stack gap="md">
            <Group justify="space-between" gap="xs">
              <Menu position="bottom-start">
                <Menu.Target>
                  <Button variant="default" size="xs" leftSection={<IconTemplate size={15} />}>{t('scripts.examples.open')}</Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {examples[kind].map(({ key, script }) => (
                    <Menu.Item key={key} onClick={() => setValue('script', script, { shouldDirty: true })}>{t(`scripts.examples.${key}`)}</Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
              <Button variant="light" size="xs" leftSection={<IconPlayerPlay size={15} />} loading={running} onClick={() => void run()}>{t('scripts.run')}</Button>
            </Group>
            <Suspense fallback={<Skeleton h={400} radius="md" />}>
              <Controller
                control={control}
                name="script"
                rules={{ validate: (text) => text.trim() !== '' || t('ui.invalid.required') }}
                render={({ field, fieldState }) => (
                  <div>
                    <CodeEditor label={t('scripts.fields.script')} language="javascript" kind={kind} variables={variables.map(({ name }) => name)} value={field.value} onChange={field.onChange} fault={fault} minHeight={400} />
                    {fieldState.error && <Text fz="xs" c="red" mt={4} role="alert">{fieldState.error.message}</Text>}
                  </div>
                )}
              />
            </Suspense>
            {result && <Outcome result={result} />}
            {result?.log && result.log.lines.length > 0 && <Logged log={result.log} />}
          </Stack>
          <Card>
            <Tabs value={tab} onChange={(next) => setTab(next as Tab)}>
              <Tabs.List mb="md">
                {tabs.map((each) => <Tabs.Tab key={each} value={each}>{t(`scripts.tabs.${each}`)}</Tabs.Tab>)}
              </Tabs.List>
              <Tabs.Panel value="fields">
                <Text fz="sm" c="dimmed" mb="sm">{t('scripts.fieldsText')}</Text>
                <FieldTree kind={kind} />
              </Tabs.Panel>
              <Tabs.Panel value="variables">
                <Controller
                  control={control}
                  name="variables"
                  rules={{ validate: (rows) => {
                    const twice = doubleName(rows);
                    return twice === undefined || t('scripts.variables.twice', { name: twice });
                  } }}
                  render={({ field, fieldState }) => <Variables rows={field.value} onChange={field.onChange} error={fieldState.error?.message} />}
                />
              </Tabs.Panel>
              <Tabs.Panel value="samples">
                <Text fz="sm" c="dimmed" mb="sm">{t('scripts.samplesText')}</Text>
                <Stack gap="md">
                  {(['token', 'context'] as const).map((name) => (
                    <Controller
                      key={name}
                      control={control}
                      name={name}
                      rules={{ validate: needsObject }}
                      render={({ field, fieldState }) => (
                        <div>
                          <Text fz="sm" fw={550} mb={4}>{t(`scripts.fields.${name}`)}</Text>
                          <Suspense fallback={<Skeleton h={200} radius="md" />}>
                            <CodeEditor label={t(`scripts.fields.${name}`)} language="json" value={field.value} onChange={field.onChange} minHeight={140} />
                          </Suspense>
                          {fieldState.error && <Text fz="xs" c="red" mt={4} role="alert">{fieldState.error.message}</Text>}
                        </div>
                      )}
                    />
                  ))}
                </Stack>
              </Tabs.Panel>
            </Tabs>
          </Card>
        </div>
        <Card mt="lg">
          <Title order={2} mb={4}>{t('scripts.failing.title')}</Title>
          <Text fz="sm" c="dimmed" mb="md" maw="72ch">{t('scripts.failing.text')}</Text>
          <FormSwitch control={control} name="block" label={t('scripts.failing.block')} description={t('scripts.failing.blockText')} />
        </Card>
        <SaveBar {...bar} {...(stored.customizer ? {} : { action: t('scripts.create') })} note={t('scripts.saveNote')} />
      </form>
    </FormProvider>
  );
}

const fieldOfPath: Record<string, string> = { environmentVariables: 'variables', tokenSample: 'token', contextSample: 'context' };
