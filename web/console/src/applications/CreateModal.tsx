import { Anchor, Button, Group, Modal, Radio, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { applicationTypes, type CreatableType } from '../api/types';
import { FrameworkMark } from '../guides/FrameworkMark';
import { frameworkOf } from '../guides/frameworks';
import { FormSwitch } from '../ui/FormSwitch';
import { useSaving } from '../ui/useSaving';
import { useTitle } from '../ui/useTitle';
import { useApplicationChanges } from './queries';
import { TypeChip } from './TypeChip';

interface Fields {
  name: string;
  description: string;
  type: CreatableType;
  isThirdParty: boolean;
  isDeviceFlow: boolean;
}

/** Names the new application; the framework chosen has set its type. */
export function CreateModal() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { framework: chosen } = useParams();
  const framework = frameworkOf(chosen);
  const changes = useApplicationChanges();
  const form = useForm<Fields>({ defaultValues: { name: '', description: '', type: framework?.type ?? 'Traditional', isThirdParty: false, isDeviceFlow: false } });
  const { saving, save } = useSaving(form);
  const { errors } = form.formState;
  const title = framework ? t('applications.form.titleFor', { framework: framework.name }) : t('applications.form.title');
  useTitle(title);

  const kind = framework?.type ?? form.watch('type');
  const machine = kind === 'MachineToMachine';
  const submit = form.handleSubmit((fields) =>
    save(async () => {
      const description = fields.description.trim();
      const made = await changes.create({
        name: fields.name.trim(),
        type: framework?.type ?? fields.type,
        ...(description ? { description } : {}),
        ...(fields.isThirdParty && !machine ? { isThirdParty: true } : {}),
        ...(fields.isDeviceFlow && kind === 'Native' ? { customClientMetadata: { isDeviceFlow: true } } : {}),
      });
      await navigate(framework ? `/applications/${made.id}/guide/${framework.id}` : `/applications/${made.id}`, { state: { created: true } });
    }));

  return (
    <Modal opened onClose={() => navigate('/applications')} size={520} title={title} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {framework && (
            <Group gap="sm">
              <FrameworkMark id={framework.id} />
              <Text fw={600}>{framework.name}</Text>
              <TypeChip type={framework.type} />
            </Group>
          )}
          <TextInput
            label={t('applications.form.name')}
            description={t('applications.form.nameText')}
            placeholder={t('applications.form.namePlaceholder')}
            autoComplete="off"
            required
            data-autofocus
            maxLength={256}
            error={errors.name?.message}
            {...form.register('name', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
          />
          <Textarea
            label={<>{t('applications.form.description')} <Text span c="dimmed" fz="xs">({t('ui.optional')})</Text></>}
            autosize
            minRows={2}
            error={errors.description?.message}
            {...form.register('description')}
          />
          {!framework && (
            <Controller
              control={form.control}
              name="type"
              render={({ field }) => (
                <Radio.Group label={t('applications.form.type')} value={field.value} onChange={field.onChange}>
                  <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt={6}>
                    {applicationTypes.map((type) => (
                      <Radio.Card key={type} value={type} p="sm" radius="md">
                        <Group gap="sm" wrap="nowrap" align="flex-start">
                          <Radio.Indicator mt={2} />
                          <div>
                            <Text fw={550}>{t(`applications.type.${type}`)}</Text>
                            <Text fz="xs" c="dimmed">{t(`applications.typeText.${type}`)}</Text>
                          </div>
                        </Group>
                      </Radio.Card>
                    ))}
                  </SimpleGrid>
                </Radio.Group>
              )}
            />
          )}
          {kind === 'Native' && !framework && <FormSwitch control={form.control} name="isDeviceFlow" label={t('oauth.device.label')} description={t('oauth.device.text')} />}
          {!machine && <FormSwitch control={form.control} name="isThirdParty" label={t('applications.thirdParty.label')} description={t('applications.thirdParty.text')} />}
          <Group justify="space-between" mt="xs">
            <Anchor component={Link} to="/applications/create" fz="sm">
              <Group gap={4}><IconArrowLeft size={14} />{t('applications.form.back')}</Group>
            </Anchor>
            <Button type="submit" loading={saving}>{t('applications.form.submit')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
