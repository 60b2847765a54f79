import { useEffect, useRef, useState } from 'react';
import { Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MyCompany } from '@/session';
import type { ListFilters } from './tickets.queries';
import classes from './ticket-list.module.css';

type Props = { filters: ListFilters; companies: MyCompany[]; onChange: (patch: Partial<ListFilters>) => void };

/** Open or closed, mine or the company's, which company, which words. */
export function TicketFilters({ filters, companies, onChange }: Props) {
  const { t } = useTranslation();
  const mayCompany = companies.some(({ rights }) => rights.seesCompany);
  return (
    <div className={classes.filters}>
      <Group gap="xs" wrap="wrap">
        <SegmentedControl
          size="sm"
          aria-label={t('tickets.state')}
          value={filters.state}
          onChange={(state) => onChange({ state: state as ListFilters['state'] })}
          data={[
            { value: 'open', label: t('tickets.open') },
            { value: 'closed', label: t('tickets.closed') },
          ]}
        />
        {mayCompany && (
          <SegmentedControl
            size="sm"
            aria-label={t('tickets.scope')}
            value={filters.scope}
            onChange={(scope) => onChange({ scope: scope as ListFilters['scope'] })}
            data={[
              { value: 'mine', label: t('tickets.scopeMine') },
              { value: 'company', label: t('tickets.scopeCompany') },
            ]}
          />
        )}
      </Group>
      {companies.length > 1 && (
        <NativeSelect
          aria-label={t('tickets.companyField')}
          value={filters.companyId ?? ''}
          onChange={({ currentTarget }) => onChange({ companyId: currentTarget.value || undefined })}
          data={[
            { value: '', label: t('tickets.allCompanies') },
            ...companies.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      <Search words={filters.q ?? ''} onSearch={(q) => onChange({ q: q || undefined })} />
    </div>
  );
}

function Search({ words, onSearch }: { words: string; onSearch: (words: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(words);
  const sent = useRef(words);
  useEffect(() => {
    // Words that come from elsewhere («back», a cleared search) replace the typed ones; our own do not, one may be typing on.
    if (words !== sent.current) setTyped((sent.current = words));
  }, [words]);
  useEffect(() => {
    if (typed.trim() === sent.current) return;
    const timer = setTimeout(() => onSearch((sent.current = typed.trim())), 350);
    return () => clearTimeout(timer);
    // Only the typing starts the wait; the callback is new on every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [typed]);
  return (
    <TextInput
      className={classes.search}
      type="search"
      aria-label={t('tickets.search')}
      placeholder={t('tickets.searchHint')}
      leftSection={<IconSearch size={18} aria-hidden />}
      maxLength={200}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}
