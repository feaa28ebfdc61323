import { Badge, Group, Input, Loader, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconSearch } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chips, PickList } from '../ui/Picker';
import { Problem } from '../ui/Problem';
import { usePicker } from '../ui/usePicker';
import { isManagementApi, type Resource, type Scope } from './queries';
import classes from './ScopePicker.module.css';

/** A permission, and what the resource it is of is called. */
export interface PickedScope extends Scope {
  resourceName: string;
}

export interface ScopePickerProps {
  label: string;
  description?: string;
  value: readonly PickedScope[];
  onChange: (value: PickedScope[]) => void;
  /** Whether those of the Management API are offered: only machines may have them. */
  withManagement: boolean;
  /** Ids of those that are given already. */
  exclude?: ReadonlySet<string>;
}

/** Picks permissions, resource by resource. */
export function ScopePicker({ label, description, value, onChange, withManagement, exclude }: ScopePickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState<string>();
  const found = usePicker<Resource>({ path: '/resources', row: ({ id, name }) => ({ id, label: name }) }, typed);
  const resources = found.items.filter((each) => withManagement || !isManagementApi(each));
  const opened = open ?? (resources.length === 1 ? resources[0]!.id : '');
  const many = found.hasMore || found.items.length > 8 || found.search !== '';
  return (
    <Input.Wrapper label={label} labelElement="div" description={description}>
      <Stack gap={6} mt={6}>
        {value.length > 0 && (
          <Chips
            label={t('ui.picker.chosen', { count: value.length })}
            chips={value.map(({ id, name, resourceName }) => ({ id, label: `${resourceName}: ${name}` }))}
            onRemove={(id) => onChange(value.filter((each) => each.id !== id))}
          />
        )}
        {many && (
          <TextInput
            type="search"
            aria-label={t('resources.search')}
            placeholder={t('resources.search')}
            leftSection={<IconSearch size={16} />}
            rightSection={found.loading ? <Loader size={14} /> : undefined}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {found.error && <Problem error={found.error} retry={found.retry} />}
        {!found.loading && resources.length === 0 && !found.error && (
          <Text c="dimmed" fz="sm">{found.search ? t('ui.picker.nothing', { search: found.search }) : t('resources.picker.none')}</Text>
        )}
        {resources.length > 0 && (
          <div className={classes.box}>
            {resources.map((resource) => (
              <ResourceScopes
                key={resource.id}
                resource={resource}
                opened={opened === resource.id}
                onToggle={() => setOpen(opened === resource.id ? '' : resource.id)}
                value={value}
                onChange={onChange}
                exclude={exclude}
              />
            ))}
            {found.hasMore && <UnstyledButton className={classes.more} onClick={found.more}>{t('ui.picker.more')}</UnstyledButton>}
          </div>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

interface ResourceScopesProps extends Pick<ScopePickerProps, 'value' | 'onChange'> {
  resource: Resource;
  opened: boolean;
  onToggle: () => void;
  exclude: ReadonlySet<string> | undefined;
}

function ResourceScopes({ resource, opened, onToggle, value, onChange, exclude }: ResourceScopesProps) {
  const { t } = useTranslation();
  const id = useId();
  const mine = value.filter((each) => each.resourceId === resource.id);
  const others = value.filter((each) => each.resourceId !== resource.id);
  const Icon = opened ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.resource}>
      <UnstyledButton className={classes.head} aria-expanded={opened} aria-controls={id} onClick={onToggle}>
        <Icon size={16} aria-hidden="true" />
        <div className={classes.name}>
          <Text fz="sm" fw={550} truncate>{resource.name}</Text>
          <Text fz="xs" c="dimmed" truncate>{resource.indicator}</Text>
        </div>
        {mine.length > 0 && <Badge variant="light" radius="sm" tt="none">{t('ui.picker.chosen', { count: mine.length })}</Badge>}
      </UnstyledButton>
      {opened && (
        <Group id={id} className={classes.scopes}>
          <div style={{ flex: 1, minWidth: 0 }}>
            <PickList<PickedScope>
              label={t('resources.picker.of', { name: resource.name })}
              placeholder={t('resources.scopes.search')}
              empty={t('resources.picker.empty')}
              source={{
                path: `/resources/${encodeURIComponent(resource.id)}/scopes`,
                row: (scope) => ({ id: scope.id, label: scope.name, detail: scope.description ?? undefined }),
                ...(exclude ? { exclude } : {}),
              }}
              value={mine}
              onChange={(picked) => onChange([...others, ...picked.map((each) => ({ ...each, resourceName: resource.name }))])}
              short
            />
          </div>
        </Group>
      )}
    </div>
  );
}
