import { Select, Text, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, type UseQueryOptions } from '@tanstack/react-query';
import { useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from './directory.queries';

type Picked = { id: string; name: string };
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the key of a query says nothing to a picker
type Search = (q: string) => UseQueryOptions<any, Error, any, any>;

type Props = Omit<SelectProps, 'data' | 'value' | 'onChange' | 'ref'> & {
  value: Picked | null;
  onChange: (entry: Entry | null) => void;
  search: Search;
  inputRef?: Ref<HTMLInputElement>;
};

/** Picks one of many by typing a part of the name; the server searches. */
export function EntityPicker({ value, onChange, search, inputRef, ...select }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [asked] = useDebouncedValue(text === value?.name ? '' : text, 120);
  const { data = [], isFetching } = useQuery({ ...search(asked), enabled: isOpen, placeholderData: keepPreviousData });
  const entries = data as Entry[];
  const options = value && !entries.some(({ id }) => id === value.id) ? [value as Entry, ...entries] : entries;
  return (
    <Select
      {...select}
      ref={inputRef}
      searchable
      openOnFocus={!select.autoFocus}
      selectFirstOptionOnChange
      data={options.map(({ id, name }) => ({ value: id, label: name }))}
      filter={({ options: all }) => all}
      value={value?.id ?? null}
      searchValue={text}
      onSearchChange={setText}
      onChange={(id) => onChange(id === null ? null : (options.find((entry) => entry.id === id) ?? null))}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      nothingFoundMessage={isFetching ? t('ui.loading') : t('app.picker.nothing')}
      styles={{ input: { textOverflow: 'ellipsis', paddingInlineEnd: 44 } }}
      comboboxProps={{ width: 'max-content', position: 'bottom-start', shadow: 'md', transitionProps: { duration: 0 } }}
      renderOption={({ option }) => (
        <Option name={option.label} hint={options.find(({ id }) => id === option.value)?.hint} />
      )}
    />
  );
}

function Option({ name, hint }: { name: string; hint: string | null | undefined }) {
  return (
    <div>
      <Text size="sm">{name}</Text>
      {hint && (
        <Text size="xs" opacity={0.8}>
          {hint}
        </Text>
      )}
    </div>
  );
}
