import { useTicketSlots } from '@/slots/ticket-slots';
import type { FieldDefinition } from '@opora/ui/fields';
import { RelativeTime, useFormat, useNow } from '@opora/ui/format';
import type { Column } from '@opora/ui/table';
import { IconArrowBackUp, IconClock, IconMessage, IconPaperclip } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { PriorityMark, RuleMark, StatusMark } from './marks';
import classes from './ticket-list.module.css';
import type { TicketRow } from './tickets.types';
import { ownCode, useOwnColumns, usualColumns, WIDTHS } from './view-columns';

const SORTS: Record<string, string> = {
  number: 'number',
  status: 'status',
  createdAt: 'createdAt',
  updatedAt: 'updatedAt',
  deadlineAt: 'deadlineAt',
};

/** The columns of a view, or the one column of two lines that stands beside an open ticket. */
export function useTicketColumns(isCompact: boolean, wanted: string[] | undefined): Column<TicketRow>[] {
  const { t } = useTranslation();
  const { columns } = useTicketSlots();
  const own = useOwnColumns(!isCompact && (wanted ?? []).some((key) => ownCode(key) !== null));
  return useMemo(() => {
    const given = new Map(columns.map((column) => [column.key, column]));
    if (isCompact)
      return [{ key: 'card', header: t('tickets.column.subject'), width: '1fr', render: (row) => <Card row={row} /> }];
    const ofOwn = new Map(own.map((definition) => [`cf.${definition.code}`, definition]));
    const known = (wanted ?? []).filter((key) => key in WIDTHS || given.has(key) || ofOwn.has(key));
    const keys = withPriorityFirst(known.length > 1 ? known : usualColumns(columns));
    return keys.map((key) => {
      const definition = ofOwn.get(key);
      if (definition) return ownColumn(key, definition);
      const column = given.get(key);
      if (column) {
        const { label, width, sortKey, Cell: Given } = column;
        return { key, header: t(label), width, render: (row) => <Given row={row} />, ...(sortKey ? { sortKey } : {}) };
      }
      return {
        key,
        header: t(`tickets.column.${key}`),
        isHeaderHidden: key === 'priority',
        width: WIDTHS[key] as string,
        render: (row) => <Cell column={key} row={row} />,
        ...(SORTS[key] ? { sortKey: SORTS[key] } : {}),
      };
    });
  }, [isCompact, wanted, columns, own, t]);
}

const NARROW = ['number', 'date', 'checkbox'];

/** An own field in a list: read-only, sorted by its value. */
const ownColumn = (key: string, definition: FieldDefinition): Column<TicketRow> => ({
  key,
  header: definition.label,
  width: NARROW.includes(definition.type) ? '112px' : 'minmax(100px, 150px)',
  ...(definition.type === 'file' || definition.type === 'multiselect' ? {} : { sortKey: key }),
  render: (row) => row.customTexts[definition.code] ?? '',
});

/** The sign of the priority reads best right before the subject. */
function withPriorityFirst(keys: string[]): string[] {
  const rest = keys.filter((key) => key !== 'priority');
  if (rest.length === keys.length) return keys;
  const at = Math.max(0, rest.indexOf('subject'));
  return [...rest.slice(0, at), 'priority', ...rest.slice(at)];
}

function Cell({ column, row }: { column: string; row: TicketRow }) {
  switch (column) {
    case 'number':
      return <span className={classes.number}>{row.number}</span>;
    case 'priority':
      return <PriorityMark priority={row.priority} isShort />;
    case 'subject':
      return <Subject row={row} hasCounts />;
    case 'status':
      return <StatusMark status={row.status} />;
    case 'createdAt':
    case 'updatedAt':
      return <RelativeTime at={row[column]} className={classes.small} />;
    case 'deadlineAt':
    case 'scheduledFor':
      return <Moment at={row[column]} isDeadline={column === 'deadlineAt'} />;
    case 'company':
    case 'contact':
    case 'object':
    case 'assignee':
    case 'team':
    case 'type':
      return row[column]?.name ?? '';
    default:
      return null;
  }
}

function Subject({ row, hasCounts = false }: { row: TicketRow; hasCounts?: boolean }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  return (
    <span className={`${classes.subject} ${row.hasUnread ? classes.unread : ''}`}>
      {row.hasUnread && <span className={classes.dot} role="img" aria-label={t('tickets.unread')} />}
      {row.color && <RuleMark color={row.color} />}
      <Link
        to={{ pathname: `/tickets/${row.number}`, search }}
        className={`${classes.link} ${classes.subjectText}`}
        title={row.subject}
        tabIndex={-1}
      >
        {row.subject}
      </Link>
      {row.mergedInto && (
        <span className={classes.small}>{t('tickets.merge.mark', { number: row.mergedInto.number })}</span>
      )}
      {row.awaiting === 'us' && (
        <span className={classes.turn} title={t('tickets.awaiting.us')}>
          <IconArrowBackUp size={14} role="img" aria-label={t('tickets.awaiting.us')} />
        </span>
      )}
      {hasCounts && row.commentCount > 0 && (
        <span className={classes.small} title={t('tickets.commentCount', { count: row.commentCount })}>
          <IconMessage size={13} aria-hidden />
          {row.commentCount}
        </span>
      )}
      {hasCounts && row.fileCount > 0 && (
        <span className={classes.small} title={t('tickets.fileCount', { count: row.fileCount })}>
          <IconPaperclip size={13} aria-hidden />
          {row.fileCount}
        </span>
      )}
    </span>
  );
}

function Moment({ at, isDeadline }: { at: string | null; isDeadline: boolean }) {
  const format = useFormat();
  const now = useNow();
  if (!at) return null;
  const isLate = isDeadline && Date.parse(at) < now;
  return (
    <time dateTime={at} title={format.full(at)} className={`${classes.small} ${isLate ? classes.late : ''}`}>
      {isLate && <IconClock size={13} aria-hidden />}
      {format.dateTime(at)}
    </time>
  );
}

function Card({ row }: { row: TicketRow }) {
  const { rowMarks } = useTicketSlots();
  return (
    <div className={classes.card}>
      <div className={classes.cardLine}>
        <PriorityMark priority={row.priority} isShort />
        <Subject row={row} />
        <RelativeTime at={row.updatedAt} className={classes.cardEnd} />
      </div>
      <div className={`${classes.cardLine} ${classes.cardSub}`}>
        <span className={classes.number}>{row.number}</span>
        <StatusMark status={row.status} />
        <span className={classes.clip}>{[row.company?.name, row.assignee?.name].filter(Boolean).join(' · ')}</span>
        {rowMarks.map(({ key, Mark }) => (
          <Mark key={key} row={row} />
        ))}
      </div>
    </div>
  );
}
