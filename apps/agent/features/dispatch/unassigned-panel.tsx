import { SearchBox } from '@/directory/search-box';
import { useRows } from '@/directory/use-rows';
import { Button, Select } from '@mantine/core';
import { useFormat, useNow } from '@opora/ui/format';
import { useHotkey } from '@opora/ui/hotkeys';
import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { IconAlertTriangle, IconClock, IconMoodSmile } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { BoardDrag } from './board-lanes';
import classes from './board.module.css';
import { unassignedQuery } from './dispatch.queries';
import type { Board, BoardTicket } from './dispatch.types';
import { useDraggable, useDropPlace } from './use-board-drag';

type Props = {
  board: Board;
  teamId: string | undefined;
  drag: BoardDrag;
  onOpen: (ticketId: string) => void;
};

/** Tickets nobody has yet, the most urgent first: drag one on a lane, or press A. */
export function UnassignedPanel({ board, teamId, drag, onOpen }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const panel = useRef<HTMLElement>(null);
  const [q, setQ] = useState('');
  const [zoneId, setZone] = useState<string | null>(null);
  const [isOwn, setOwn] = useState(true);
  const list = useInfiniteQuery(
    unassignedQuery({
      ...(teamId && isOwn ? { teamId } : {}),
      ...(zoneId ? { zoneId } : {}),
      ...(q ? { q } : {}),
    }),
  );
  const { rows, more, isLoadingMore } = useRows(list);
  const [cursor, setCursor] = useState<string | null>(null);
  const at = rows.findIndex(({ id }) => id === cursor);
  const step = (by: number) => setCursor(rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.id ?? null);
  const group = t('dispatch.keys.group');
  useHotkey('KeyJ', () => step(1), { label: t('dispatch.keys.next'), group });
  useHotkey('KeyK', () => step(at < 0 ? 1 : -1), { label: t('dispatch.keys.previous'), group });
  useHotkey('KeyA', () => rows[at] && onOpen(rows[at].id), { label: t('dispatch.keys.assign'), group, isOn: at >= 0 });
  useHotkey('KeyO', () => rows[at] && void navigate(`/tickets/${rows[at].number}`), {
    label: t('dispatch.keys.open'),
    group,
    isOn: at >= 0,
  });
  useDropPlace(panel, () => ({ personId: null, at: null, day: null }));
  const isBack = drag.dragged?.fromId != null;
  return (
    <section
      ref={panel}
      className={classes.queue}
      aria-label={t('dispatch.queue.title')}
      data-over={(isBack && drag.over?.personId === null) || undefined}
    >
      <div className={classes.queueHead}>
        <h2 className={classes.queueTitle}>{t('dispatch.queue.title')}</h2>
        {teamId && (
          <Button size="compact-xs" variant="subtle" onClick={() => setOwn(!isOwn)} aria-pressed={!isOwn}>
            {t(isOwn ? 'dispatch.queue.all' : 'dispatch.queue.own')}
          </Button>
        )}
      </div>
      <div className={classes.queueFilters}>
        <SearchBox label={t('dispatch.queue.search')} value={q} onChange={setQ} onDown={() => step(1)} />
        <Select
          size="xs"
          aria-label={t('dispatch.queue.zone')}
          placeholder={t('dispatch.queue.everyZone')}
          clearable
          data={[
            ...board.zones.map(({ id, name }) => ({ value: id, label: name })),
            { value: 'none', label: t('dispatch.queue.noZone') },
          ]}
          value={zoneId}
          onChange={setZone}
        />
      </div>
      {isBack && <div className={classes.back}>{t('dispatch.queue.back')}</div>}
      <QueueList {...{ board, rows, cursor, list, onOpen }} isFiltered={!!q || !!zoneId} onCursor={setCursor} />
      {list.hasNextPage && (
        <Button variant="subtle" loading={isLoadingMore} onClick={more}>
          {t('ui.more')}
        </Button>
      )}
    </section>
  );
}

type ListProps = {
  board: Board;
  rows: BoardTicket[];
  cursor: string | null;
  isFiltered?: boolean;
  list: { error: Error | null; isPending: boolean; refetch: () => unknown };
  onCursor: (id: string) => void;
  onOpen: (ticketId: string) => void;
};

export function QueueList({ board, rows, cursor, isFiltered, list, onCursor, onOpen }: ListProps) {
  const { t } = useTranslation();
  if (list.error) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Loading lines={8} height={28} />;
  if (!rows.length)
    return (
      <EmptyState
        icon={<IconMoodSmile size={32} stroke={1.3} />}
        title={t(isFiltered ? 'dispatch.queue.nothing' : 'dispatch.queue.empty')}
        hint={t(isFiltered ? 'dispatch.queue.nothingHint' : 'dispatch.queue.emptyHint')}
      />
    );
  return (
    <ul className={classes.queueList}>
      {rows.map((ticket) => (
        <QueueRow
          key={ticket.id}
          ticket={ticket}
          board={board}
          isCurrent={ticket.id === cursor}
          onFocus={() => onCursor(ticket.id)}
          onOpen={() => onOpen(ticket.id)}
        />
      ))}
    </ul>
  );
}

type RowProps = { ticket: BoardTicket; board: Board; isCurrent: boolean; onFocus: () => void; onOpen: () => void };

function QueueRow({ ticket, board, isCurrent, onFocus, onOpen }: RowProps) {
  const row = useRef<HTMLButtonElement>(null);
  const isDragging = useDraggable(row, { ticket, fromId: null }, ticket.isAssignable);
  useFollow(row, isCurrent);
  const zone = board.zones.find(({ id }) => id === ticket.zoneIds[0]);
  return (
    <li>
      <button
        ref={row}
        type="button"
        className={classes.ticket}
        data-current={isCurrent || undefined}
        data-dragging={isDragging || undefined}
        data-ticket={ticket.number}
        style={{ borderInlineStartColor: zone?.color ?? 'var(--o-border)' }}
        onFocus={onFocus}
        onClick={onOpen}
      >
        <span className={classes.ticketLine}>
          <span className={classes.number}>{ticket.number}</span>
          <span className={classes.clip}>{ticket.subject}</span>
        </span>
        <span className={classes.ticketLine}>
          <Due ticket={ticket} />
          <span className={`${classes.clip} ${classes.dim}`}>
            {[ticket.company?.name, ticket.object?.name, zone?.name].filter(Boolean).join(' · ')}
          </span>
        </span>
      </button>
    </li>
  );
}

function useFollow(row: RefObject<HTMLElement | null>, isCurrent: boolean) {
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView?.({ block: 'nearest' });
  }, [row, isCurrent]);
}

/** The nearest end of a ticket; what is over has a sign besides the colour. */
export function Due({ ticket: { dueAt, isOverdue } }: { ticket: BoardTicket }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (!dueAt) return isOverdue ? <span className={classes.late}>{t('dispatch.board.overdue')}</span> : null;
  const Sign = isOverdue ? IconAlertTriangle : IconClock;
  return (
    <time dateTime={dueAt} className={isOverdue ? classes.late : classes.due} title={format.full(dueAt)}>
      <Sign size={12} aria-label={isOverdue ? t('dispatch.board.overdue') : t('dispatch.board.due')} />
      {format.relative(dueAt, now)}
    </time>
  );
}
