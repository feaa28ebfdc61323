import { Group, Radio, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { roleTypes, type RoleType } from './queries';

/** Who shall hold the role; it cannot be changed afterwards. */
export function TypeChoice({ value, onChange }: { value: RoleType; onChange: (value: RoleType) => void }) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={t('roles.form.type')} description={t('roles.form.typeText')} value={value} onChange={(next) => onChange(next as RoleType)}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt={6}>
        {roleTypes.map((type) => (
          <Radio.Card key={type} value={type} p="sm" radius="md">
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <Radio.Indicator mt={2} />
              <div>
                <Text fw={550}>{t(`roles.type.${type}`)}</Text>
                <Text fz="xs" c="dimmed">{t(`roles.typeText.${type}`)}</Text>
              </div>
            </Group>
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}
