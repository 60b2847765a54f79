import { useHolds } from '@/api';
import { ActionIcon, Button, Text } from '@mantine/core';
import type { Schemas } from '@opora/client';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EntryDrawer } from './entry-drawer';
import { EntryLine } from './entry-line';
import { QuickEntry } from './quick-entry';
import { useSpent } from './spent';
import classes from './worklogs.module.css';
import { ticketEntriesQuery, ticketTimeQuery, type Entry } from './worklogs.queries';

/** Worked time beside the conversation; only for those who may see some of it. */
export function WorklogPanel({ ticket }: { ticket: Schemas['TicketView'] }) {
  const [reads, logs] = [useHolds('billing.read'), useHolds('billing.log_time')];
  return reads || logs ? <Panel ticket={ticket} mayLog={logs} /> : null;
}

function Panel({ ticket, mayLog }: { ticket: Schemas['TicketView']; mayLog: boolean }) {
  const { t } = useTranslation();
  const spent = useSpent();
  const [edited, edit] = useState<Entry | 'new' | null>(null);
  const entries = useInfiniteQuery(ticketEntriesQuery(ticket.number));
  const { data: time } = useQuery(ticketTimeQuery(ticket.number));
  const rows = entries.data?.pages.flatMap(({ data }) => data) ?? [];
  const below = (time?.withChildrenSeconds ?? 0) - (time?.spentSeconds ?? 0);
  return (
    <section className={classes.section} aria-label={t('worklogs.title')}>
      <h2 className={classes.sectionTitle}>
        <span>{t('worklogs.title')}</span>
        <span className={classes.titleEnd}>
          {time && time.spentSeconds > 0 && <b className={classes.total}>{spent(time.spentSeconds)}</b>}
          {mayLog && (
            <ActionIcon size={24} aria-label={t('worklogs.add')} onClick={() => edit('new')}>
              <IconPlus size={15} />
            </ActionIcon>
          )}
        </span>
      </h2>
      {mayLog && <QuickEntry ticketId={ticket.id} />}
      {time && time.people.length > 1 && (
        <Text size="xs" c="dimmed" className={classes.people}>
          {time.people.map(({ name, seconds }) => `${name} ${spent(seconds)}`).join(' · ')}
        </Text>
      )}
      {below > 0 && (
        <Text size="xs" c="dimmed" className={classes.people}>
          {t('worklogs.withChildren', { spent: spent(time?.withChildrenSeconds ?? 0) })}
        </Text>
      )}
      <ul className={classes.entries}>
        {rows.map((entry) => (
          <EntryLine key={entry.id} entry={entry} onEdit={() => edit(entry)} />
        ))}
      </ul>
      {entries.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-xs"
          loading={entries.isFetchingNextPage}
          onClick={() => void entries.fetchNextPage()}
        >
          {t('ui.more')}
        </Button>
      )}
      {edited && (
        <EntryDrawer
          entry={edited === 'new' ? null : edited}
          ticket={edited === 'new' ? ticket : edited.ticket}
          onClose={() => edit(null)}
        />
      )}
    </section>
  );
}
