import { ActionIcon } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { useFormat } from '@opora/ui/format';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation } from 'react-router';
import dialog from './merge-dialog.module.css';
import { mergesQuery, useUnmerge, type Merge } from './merges.queries';
import classes from './ticket-pane.module.css';
import { TicketLinks } from './ticket-links';
import type { TicketView } from './tickets.types';

type Came = { stays?: boolean } | null;

/** By which old number one came to a survivor. Not in the address: it is written anew by others before the survivor is drawn. */
const arrivals = new Map<number, number>();

/** Whoever opens an old number lands at the survivor, unless he asked for the old one itself. */
export function ToSurvivor({ ticket, children }: { ticket: TicketView; children: React.ReactNode }) {
  const { search, state } = useLocation();
  const { number, mergedInto } = ticket;
  const survivor = (state as Came)?.stays ? undefined : mergedInto?.number;
  useEffect(() => {
    if (survivor) arrivals.set(survivor, number);
  }, [survivor, number]);
  return survivor ? <Navigate replace to={{ pathname: `/tickets/${survivor}`, search }} /> : children;
}

/** What tells that one is not where the number led: in the survivor, or in the merged ticket itself. */
export function MergedBanner({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const { number, mergedInto } = ticket;
  const [from] = useState(() => arrivals.get(number));
  useEffect(() => () => void arrivals.delete(number), [number]);
  if (mergedInto)
    return (
      <div className={dialog.banner} role="status">
        {t('tickets.merge.isMerged', { number: mergedInto.number })}
        <Link to={{ pathname: `/tickets/${mergedInto.number}`, search }}>{t('tickets.merge.toSurvivor')}</Link>
      </div>
    );
  if (!from) return null;
  return (
    <div className={dialog.banner} role="status">
      {t('tickets.merge.cameFrom', { number: from })}
      <Link to={{ pathname: `/tickets/${from}`, search }} state={{ stays: true } satisfies Came}>
        {t('tickets.merge.toMerged', { number: from })}
      </Link>
    </div>
  );
}

/** What was merged into the ticket, and the way to take it apart again. */
export function MergedPanel({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const isNeeded = ticket.merged !== null || ticket.mergedInto !== null;
  const { data } = useQuery({ ...mergesQuery(String(ticket.number)), enabled: isNeeded });
  const standing = isNeeded ? (data ?? []).filter(({ undoneAt }) => undoneAt === null) : [];
  if (standing.length === 0) return null;
  return (
    <section className={classes.section} aria-label={t('tickets.merge.panel')}>
      <h2 className={classes.sectionTitle}>{t('tickets.merge.panel')}</h2>
      {standing.map((merge) => (
        <MergeLine key={merge.id} merge={merge} ticket={ticket} />
      ))}
    </section>
  );
}

function MergeLine({ merge, ticket }: { merge: Merge; ticket: TicketView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isAsking, ask] = useState(false);
  const unmerge = useUnmerge();
  const { from, canUndo, undoUntil } = merge;
  const other = from.id === ticket.id && merge.into ? merge.into : from;
  const undo = () =>
    unmerge.mutate(merge.id, {
      onSuccess: () => {
        ask(false);
        notifyDone(t('tickets.merge.undone', { number: from.number }));
      },
      onError: (error) => notifyProblem(t('tickets.failed'), error),
    });
  return (
    <div className={dialog.line} title={t('tickets.merge.by', { name: merge.by.name, at: format.dateTime(merge.at) })}>
      <TicketLinks tickets={[other]} state={{ stays: true }} />
      {canUndo && (
        <ActionIcon
          size={24}
          aria-label={t('tickets.merge.undoOne', { number: from.number })}
          title={t('tickets.merge.undo')}
          onClick={() => ask(true)}
        >
          <IconArrowsSplit2 size={15} />
        </ActionIcon>
      )}
      <ConfirmDialog
        opened={isAsking}
        title={t('tickets.merge.undoTitle', { number: from.number })}
        confirm={t('tickets.merge.undo')}
        isBusy={unmerge.isPending}
        onClose={() => ask(false)}
        onConfirm={undo}
      >
        {t('tickets.merge.undoText', { until: format.date(undoUntil) })}
      </ConfirmDialog>
    </div>
  );
}
