import { Checkbox, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { applicationTypes } from '../api/types';
import classes from './Gallery.module.css';
import { FrameworkCard } from './FrameworkCard';
import { matching } from './frameworks';

/** The framework list with its quick filter; each card leads to naming the application. */
export function Gallery() {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const [types, setTypes] = useState<string[]>([]);
  const found = matching(query, types, (id) => t(`guides.lines.${id}`));
  return (
    <Stack gap="lg">
      <Group gap="lg" align="center">
        <TextInput
          w={{ base: '100%', sm: 260 }}
          type="search"
          aria-label={t('applications.gallery.search')}
          placeholder={t('applications.gallery.search')}
          leftSection={<IconSearch size={16} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <Checkbox.Group value={types} onChange={setTypes} aria-label={t('applications.gallery.types')}>
          <Group gap="md">
            {applicationTypes.map((type) => (
              <Checkbox key={type} value={type} label={t(`applications.type.${type}`)} />
            ))}
          </Group>
        </Checkbox.Group>
      </Group>
      <Text className={classes.count} role="status">{t('applications.gallery.count', { count: found.length })}</Text>
      {applicationTypes.map((type) => {
        const ofType = found.filter((framework) => framework.type === type);
        return ofType.length > 0 && (
          <section key={type} aria-label={t(`applications.type.${type}`)}>
            <Group gap="xs" align="baseline" mb="sm">
              <Title order={2}>{t(`applications.type.${type}`)}</Title>
              <Text fz="sm" c="dimmed">{t(`applications.typeText.${type}`)}</Text>
            </Group>
            <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
              {ofType.map(({ id, name }) => <FrameworkCard key={id} id={id} name={name} />)}
            </SimpleGrid>
          </section>
        );
      })}
      {found.length === 0 && <Text c="dimmed" py="xl" ta="center">{t('applications.gallery.none', { query })}</Text>}
    </Stack>
  );
}
