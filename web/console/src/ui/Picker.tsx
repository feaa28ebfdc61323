import { Checkbox, Group, Input, Loader, Pill, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Picker.module.css';
import { Problem } from './Problem';
import { usePicker, type PickerSource } from './usePicker';

export interface PickerProps<T> {
  source: PickerSource<T>;
  /** Names the list for screen readers and above it. */
  label: string;
  hideLabel?: boolean;
  description?: string;
  placeholder?: string;
  value: readonly T[];
  onChange: (value: T[]) => void;
  /** More cannot be picked at once. */
  max?: number;
  /** Said where nothing is left to pick. */
  empty?: string;
  error?: string | undefined;
  autoFocus?: boolean;
  /** As high as its rows, where several stand below each other. */
  short?: boolean;
}

/** Picks any number of entries of a list, however long: searched by the server, read on as one scrolls. */
export function Picker<T>(props: PickerProps<T>) {
  const { label, hideLabel, description, value, onChange, source, error } = props;
  const { t } = useTranslation();
  return (
    <Input.Wrapper label={hideLabel ? undefined : label} labelElement="div" description={description} error={error}>
      <Stack gap={6} mt={hideLabel ? 0 : 6}>
        {value.length > 0 && (
          <Chips
            label={t('ui.picker.chosen', { count: value.length })}
            chips={value.map(source.row)}
            onRemove={(id) => onChange(value.filter((each) => source.row(each).id !== id))}
          />
        )}
        <PickList {...props} />
      </Stack>
    </Input.Wrapper>
  );
}

/** What was picked, each with a button that takes it back. */
export function Chips({ label, chips, onRemove }: { label: string; chips: { id: string; label: string }[]; onRemove: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <div>
      <Text fz="xs" c="dimmed" mb={4} aria-live="polite">{label}</Text>
      <Group gap={6} className={classes.chips}>
        {chips.map((chip) => (
          <Pill
            key={chip.id}
            withRemoveButton
            removeButtonProps={{ 'aria-label': t('ui.remove', { what: chip.label }), 'aria-hidden': false, tabIndex: 0 }}
            onRemove={() => onRemove(chip.id)}
          >
            {chip.label}
          </Pill>
        ))}
      </Group>
    </div>
  );
}

/** The search field and the list below it. The focus stays in the field; arrows move, Enter picks. */
export function PickList<T>({ source, label, placeholder, value, onChange, max = 1000, empty, autoFocus, short }: PickerProps<T>) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(-1);
  const found = usePicker(source, typed);
  const picked = new Set(value.map((each) => source.row(each).id));
  const full = picked.size >= max;
  const { items } = found;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);

  const toggle = (item: T) => {
    const key = source.row(item).id;
    if (picked.has(key)) onChange(value.filter((each) => source.row(each).id !== key));
    else if (!full) onChange([...value, item]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = Math.max(0, Math.min(items.length - 1, active + (event.key === 'ArrowDown' ? 1 : -1)));
      setActive(next);
      if (next >= items.length - 3) found.more();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const item = items[active] ?? (items.length === 1 ? items[0] : undefined);
      if (item && !found.loading) toggle(item);
    } else if (event.key === 'Backspace' && !typed && value.length > 0) {
      onChange(value.slice(0, -1));
    } else if (event.key === 'Escape' && typed) {
      setTyped('');
    }
  };
  return (
    <div className={classes.box}>
      <TextInput
        className={classes.field}
        classNames={{ input: classes.input }}
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 && active < items.length ? `${id}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        placeholder={placeholder ?? t('ui.search')}
        leftSection={<IconSearch size={16} />}
        rightSection={found.loading && typed !== '' ? <Loader size={14} /> : undefined}
        value={typed}
        data-autofocus={autoFocus || undefined}
        // Escape empties the field first; only then does it close the window around it.
        data-mantine-stop-propagation={typed !== '' || undefined}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(-1);
        }}
      />
      {found.error && items.length === 0
        ? <div className={classes.note}><Problem error={found.error} retry={found.retry} /></div>
        : (
          <div id={id} ref={list} role="listbox" aria-multiselectable aria-label={label} aria-busy={found.loading} className={classes.list} data-short={short || undefined}>
            {found.loading && items.length === 0 && Array.from({ length: 5 }, (_, index) => <Skeleton key={index} h={16} my={12} mx={12} w="60%" />)}
            {items.map((item, index) => (
              <Option
                key={source.row(item).id}
                id={`${id}-${index}`}
                row={source.row(item)}
                picked={picked.has(source.row(item).id)}
                disabled={full && !picked.has(source.row(item).id)}
                active={index === active}
                onPick={() => toggle(item)}
              />
            ))}
            {!found.loading && items.length === 0 && !found.hasMore && (
              <Text className={classes.note} c="dimmed" fz="sm" ta="center" role="status">
                {found.search ? t('ui.picker.nothing', { search: found.search }) : (empty ?? t('ui.picker.empty'))}
              </Text>
            )}
            {found.hasMore && <More key={items.length} failed={!!found.error} onSeen={found.more} />}
          </div>
        )}
      {full && <Text className={classes.note} c="dimmed" fz="xs" role="status">{t('ui.picker.full', { count: max })}</Text>}
    </div>
  );
}

interface OptionProps {
  id: string;
  row: { label: string; detail?: string | undefined; icon?: React.ReactNode };
  picked: boolean;
  disabled: boolean;
  active: boolean;
  onPick: () => void;
}

function Option({ id, row, picked, disabled, active, onPick }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={picked}
      aria-disabled={disabled || undefined}
      data-active={active || undefined}
      className={classes.option}
      // A press must not take the focus out of the field.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      <Checkbox.Indicator checked={picked} disabled={disabled} size="xs" />
      {row.icon}
      <div className={classes.text}>
        <Text fz="sm" fw={500} truncate>{row.label}</Text>
        {row.detail && <Text fz="xs" c="dimmed" truncate>{row.detail}</Text>}
      </div>
    </div>
  );
}

/** Stands at the end of the list and asks for the next page when it comes into view. */
function More({ onSeen, failed }: { onSeen: () => void; failed: boolean }) {
  const { t } = useTranslation();
  const mark = useRef<HTMLButtonElement>(null);
  const latest = useRef(onSeen);
  latest.current = onSeen;
  useEffect(() => {
    if (failed || !mark.current || typeof IntersectionObserver === 'undefined') return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current());
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [failed]);
  return <button ref={mark} type="button" tabIndex={-1} className={classes.more} onClick={onSeen}>{t(failed ? 'ui.retry' : 'ui.picker.more')}</button>;
}
