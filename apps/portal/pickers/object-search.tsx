import { useState } from 'react';
import { Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { objectSearchQuery, type PortalObject } from './objects.queries';
import classes from './object-search.module.css';

type Props = { companyId: string; name?: string; exclude?: string[]; onPick: (object: PortalObject) => void };

/** A search box and the service objects found; a press takes one. */
export function ObjectSearch({ companyId, name, exclude = [], onPick }: Props) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), 250);
  const { data } = useQuery(objectSearchQuery(companyId, asked));
  const found = data?.found.filter(({ id }) => !exclude.includes(id)) ?? [];
  const isSearching = asked !== '' || data?.hasMore;
  return (
    <div>
      {isSearching && (
        <TextInput
          name={name}
          type="search"
          aria-label={t('pickers.objectSearch')}
          placeholder={t('pickers.objectSearch')}
          leftSection={<IconSearch size={18} aria-hidden />}
          maxLength={200}
          value={words}
          mb="xs"
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
      )}
      <ul className={classes.objects}>
        {found.map((object) => (
          <li key={object.id}>
            <button type="button" className={classes.object} onClick={() => onPick(object)}>
              <ObjectText {...object} />
            </button>
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed" mt={4} role="status">
        {data && found.length === 0 && asked ? t('pickers.objectEmpty') : data?.hasMore ? t('pickers.objectsMore') : ''}
      </Text>
    </div>
  );
}

/** An object’s name, and under it where it lies. */
export function ObjectText({ name, ancestors, address }: Pick<PortalObject, 'name' | 'ancestors' | 'address'>) {
  const where = [...ancestors.map((above) => above.name), address].filter(Boolean).join(' · ');
  return (
    <span className={classes.text}>
      <strong>{name}</strong>
      {where && <span>{where}</span>}
    </span>
  );
}
