import { Kbd, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMe } from '@/api';
import { Dialog } from '@opora/ui/dialog';
import { keysOf, useHotkeyList } from '@opora/ui/hotkeys';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { searchQuery } from '../features/tickets/search.queries';
import { ticketViewsQuery } from '../features/tickets/ticket-views.queries';
import type { SearchAnswer, TicketListView } from '../features/tickets/tickets.types';
import { otherLayout, scoreOf } from './keyboard-layout';
import { navigation } from './navigation';
import classes from './palette.module.css';

type Entry = { key: string; group: string; label: string; hint?: string; keys?: string[]; run: () => void };

/** Search, places and the present screen's commands in one box; a query in the wrong layout is read in both. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const { entries, isFetching } = useEntries(query.trim(), opened);
  const close = () => {
    onClose();
    setQuery('');
    setAt(0);
  };
  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    close();
    // After the dialog has given the focus back, so that a command may take it.
    setTimeout(entry.run, 60);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((present) => (present + step + entries.length) % Math.max(1, entries.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(entries[at]);
    }
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      withCloseButton={false}
      size={620}
      padding={0}
      yOffset="12vh"
      centered={false}
      title={undefined}
      aria-label={t('app.palette.open')}
    >
      <TextInput
        variant="unstyled"
        size="md"
        className={classes.input}
        leftSection={<IconSearch size={17} />}
        placeholder={t('app.palette.placeholder')}
        aria-label={t('app.palette.open')}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={entries[at] ? `palette-${at}` : undefined}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        data-autofocus
      />
      <div id="palette-list" role="listbox" aria-label={t('app.palette.open')} className={classes.list}>
        {entries.map((entry, index) => (
          <EntryRow
            key={entry.key}
            entry={entry}
            index={index}
            isActive={index === at}
            isFirst={entries[index - 1]?.group !== entry.group}
            onChoose={() => choose(entry)}
            onHover={() => setAt(index)}
          />
        ))}
        {entries.length === 0 && !isFetching && <div className={classes.nothing}>{t('app.palette.nothing')}</div>}
      </div>
    </Dialog>
  );
}

type RowProps = {
  entry: Entry;
  index: number;
  isActive: boolean;
  isFirst: boolean;
  onChoose: () => void;
  onHover: () => void;
};

function EntryRow({ entry, index, isActive, isFirst, onChoose, onHover }: RowProps) {
  return (
    <>
      {isFirst && (
        <div className={classes.group} role="presentation">
          {entry.group}
        </div>
      )}
      <div
        id={`palette-${index}`}
        role="option"
        tabIndex={-1}
        aria-selected={isActive}
        ref={(element) => {
          if (isActive) element?.scrollIntoView?.({ block: 'nearest' });
        }}
        className={classes.entry}
        onClick={onChoose}
        onKeyDown={() => undefined}
        onPointerMove={onHover}
      >
        <span className={classes.label}>{entry.label}</span>
        {entry.hint && <span className={classes.hint}>{entry.hint}</span>}
        {entry.keys?.map((key) => (
          <Kbd key={key} size="xs">
            {key}
          </Kbd>
        ))}
      </div>
    </>
  );
}

function useEntries(query: string, opened: boolean): { entries: Entry[]; isFetching: boolean } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const hotkeys = useHotkeyList();
  const me = useMe();
  const [asked] = useDebouncedValue(query, 120);
  const { data: views } = useQuery(ticketViewsQuery());
  const found = useQuery({
    ...searchQuery(asked),
    enabled: opened && asked.length > 1,
    placeholderData: keepPreviousData,
  });
  const other = useQuery({
    ...searchQuery(otherLayout(asked)),
    enabled: opened && asked.length > 2 && found.isSuccess && isEmpty(found.data),
    placeholderData: keepPreviousData,
  });

  const entries = useMemo(() => {
    const commands: Entry[] = hotkeys()
      .filter(({ combo }) => combo !== 'mod+KeyK')
      .map(({ combo, label, run }) => ({
        key: combo + label,
        group: t('app.palette.commands'),
        label,
        keys: keysOf(combo),
        run,
      }));
    const places: Entry[] = [
      ...(views?.data ?? []).map((view: TicketListView) => ({
        key: view.id,
        group: t('app.palette.views'),
        label: view.name,
        run: () => void navigate(`/tickets?view=${view.id}`),
      })),
      ...navigation
        .filter(({ permission }) => !permission || me.permissions.includes(permission))
        .map(({ to, label }) => ({
          key: to,
          group: t('app.palette.views'),
          label: t(label),
          run: () => void navigate(to),
        })),
    ];
    const local = [...commands, ...places]
      .map((entry) => ({ entry, score: scoreOf(entry.label, query) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => (a.entry.group === b.entry.group ? b.score - a.score : 0))
      .map(({ entry }) => entry);
    if (query.length < 2) return local;
    const isOther = isEmpty(found.data) && !isEmpty(other.data);
    const answer = isOther ? other.data : found.data;
    const q = isOther ? otherLayout(query) : query;
    const all: Entry = {
      key: 'all',
      group: t('app.palette.tickets'),
      label: t('app.palette.showAll', { q }),
      run: () => void navigate(`/tickets?q=${encodeURIComponent(q)}`),
    };
    return [...fromServer(answer, t, navigate), all, ...local].sort((a, b) => orderOf(a, t) - orderOf(b, t));
  }, [query, hotkeys, views, me, found.data, other.data, navigate, t]);
  return { entries, isFetching: found.isFetching || other.isFetching };
}

type Translate = (key: string) => string;

function fromServer(answer: SearchAnswer | undefined, t: Translate, navigate: (to: string) => unknown): Entry[] {
  if (!answer) return [];
  return [
    ...answer.tickets.data.map(({ id, number, subject, company, status }) => ({
      key: id,
      group: t('app.palette.tickets'),
      label: `${number} ${subject}`,
      hint: [company?.name, status.name].filter(Boolean).join(' · '),
      run: () => void navigate(`/tickets/${number}`),
    })),
    ...answer.companies.map(({ id, name }) => ({
      key: id,
      group: t('app.palette.companies'),
      label: name,
      run: () => void navigate(`/tickets?q=${encodeURIComponent(`company:${id}`)}`),
    })),
    ...answer.contacts.map(({ id, name, companies }) => ({
      key: id,
      group: t('app.palette.contacts'),
      label: name,
      hint: companies.map(({ name }) => name).join(', '),
      run: () => void navigate(`/tickets?q=${encodeURIComponent(`contact:${id}`)}`),
    })),
  ];
}

const ORDER = ['tickets', 'companies', 'contacts', 'commands', 'views'];
const orderOf = (entry: Entry, t: Translate) => ORDER.findIndex((group) => t(`app.palette.${group}`) === entry.group);
const isEmpty = (answer: SearchAnswer | undefined) =>
  !answer || answer.tickets.data.length + answer.companies.length + answer.contacts.length === 0;
