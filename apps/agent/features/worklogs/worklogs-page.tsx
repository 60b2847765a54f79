import { useHolds, useMe } from '@/api';
import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import { PersonPicker } from '@/pickers/directory-pickers';
import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { Page } from '@opora/ui/page';
import { IconAdjustments, IconStopwatch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEntryColumns } from './entry-columns';
import { EntryDrawer } from './entry-drawer';
import { daysOf, type Period, PERIODS } from './periods';
import { TimeSettingsDrawer } from './time-settings-drawer';
import { TimeTotals } from './time-totals';
import classes from './worklogs.module.css';
import { entriesQuery, totalsQuery, type Entry, type EntryFilter } from './worklogs.queries';

/** «Трудозатраты»: who worked how long in a period; one's own first. */
export function WorklogsPage() {
  const { t } = useTranslation();
  const [edited, edit] = useState<Entry | null>(null);
  const [isSetting, setSetting] = useState(false);
  const isNarrow = useNarrow();
  const mayLock = useHolds('billing.lock_periods');
  const grid = useGridFocus();
  const { filter, bar } = useFilter(grid.focus);
  const list = useInfiniteQuery({ ...entriesQuery(filter), placeholderData: keepPreviousData });
  const { data: totals } = useQuery(totalsQuery(filter));
  const columns = useEntryColumns(isNarrow);
  return (
    <Page
      isWide
      title={t('worklogs.title')}
      actions={
        mayLock && (
          <Button variant="default" leftSection={<IconAdjustments size={15} />} onClick={() => setSetting(true)}>
            {t('worklogs.settings.open')}
          </Button>
        )
      }
    >
      {bar}
      <div className={classes.split}>
        {totals && <TimeTotals totals={totals} />}
        <div ref={grid.box} className={grid.className}>
          <DirectoryList
            label={t('worklogs.title')}
            query={list}
            columns={columns}
            onOpen={(entry) => entry.can.edit && edit(entry)}
            rowHeight={isNarrow ? 64 : 36}
            hidesHeader={isNarrow}
            empty={{
              icon: <IconStopwatch size={36} stroke={1.3} />,
              title: t('worklogs.empty'),
              hint: t('worklogs.emptyHint'),
            }}
          />
        </div>
      </div>
      {edited && <EntryDrawer entry={edited} ticket={edited.ticket} onClose={() => edit(null)} />}
      {isSetting && <TimeSettingsDrawer onClose={() => setSetting(false)} />}
    </Page>
  );
}

/** Period, person and words: they stand in the address. */
function useFilter(onDown: () => void) {
  const { t } = useTranslation();
  const me = useMe();
  const readsAll = useHolds('billing.read');
  const { get, set } = useListAddress();
  const [person, setPerson] = useState<{ id: string; name: string } | null>(null);
  const period = PERIODS.find((each) => each === get('period')) ?? 'week';
  const days = period === 'own' ? { from: get('from'), to: get('to') } : daysOf(period, new Date());
  const who = readsAll ? (get('who') ?? 'me') : 'me';
  const employeeId = who === 'all' ? undefined : who === 'me' ? me.id : who;
  const q = get('q');
  const filter: EntryFilter = {
    ...(days.from ? { from: days.from } : {}),
    ...(days.to ? { to: days.to } : {}),
    ...(employeeId ? { employeeId } : {}),
    ...(q ? { q } : {}),
  };
  const choose = (next: Period) =>
    set({ period: next, from: next === 'own' ? days.from : null, to: next === 'own' ? days.to : null });
  const bar = (
    <FilterBar>
      {readsAll && (
        <SegmentedControl
          size="xs"
          aria-label={t('worklogs.whose')}
          data={(['me', 'all'] as const).map((value) => ({ value, label: t(`worklogs.who.${value}`) }))}
          value={who === 'me' || who === 'all' ? who : ''}
          onChange={(value) => (setPerson(null), set({ who: value === 'me' ? null : value }))}
        />
      )}
      <Select
        size="xs"
        w={150}
        allowDeselect={false}
        aria-label={t('worklogs.period.label')}
        data={PERIODS.map((value) => ({ value, label: t(`worklogs.period.${value}`) }))}
        value={period}
        onChange={(value) => choose((value ?? 'week') as Period)}
      />
      {period === 'own' &&
        (['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            size="xs"
            aria-label={t(`worklogs.period.${end}`)}
            value={days[end] ?? ''}
            onChange={(event) => set({ [end]: event.currentTarget.value })}
          />
        ))}
      {readsAll && (
        <PersonPicker
          size="xs"
          w={190}
          aria-label={t('worklogs.person')}
          placeholder={t('worklogs.person')}
          value={person}
          onChange={(found) => {
            setPerson(found && { id: found.id, name: found.name });
            set({ who: found?.id ?? 'all' });
          }}
        />
      )}
      <SearchBox label={t('worklogs.search')} value={q ?? ''} onChange={(value) => set({ q: value })} onDown={onDown} />
    </FilterBar>
  );
  return { filter, bar };
}
