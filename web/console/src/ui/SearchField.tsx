import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';

/** Searches the list it stands above, once typing pauses. */
export function SearchField({ list, label, width = 320 }: { list: { typed: string; setTyped: (text: string) => void }; label: string; width?: number }) {
  return (
    <TextInput
      w={{ base: '100%', xs: width }}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} />}
      value={list.typed}
      onChange={(event) => list.setTyped(event.currentTarget.value)}
    />
  );
}
