import { ActionIcon, Button, Group, SegmentedControl, Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Dialog } from '@opora/ui/dialog';
import { ApiProblem } from '@opora/client';
import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { calendarQuery, useMoveTicket, type Calendar, type CalendarField, type Span } from './board.queries';
import { CalendarCell, CalendarTicket, useDayWords } from './calendar-cell';
import { addDays, daysShown, localDay, onDay, stepped, type CalendarSpan, type Day } from './calendar-days';
import type { useListAddress } from './list-address';
import { MoveDialog } from './move-dialog';
import classes from './ticket-calendar.module.css';
import type { TicketRow } from './tickets.types';

const FIELDS: CalendarField[] = ['deadlineAt', 'scheduledFor', 'putAsideUntil'];
const MOST_OF_DAY = 200;
const SHOWN: Record<CalendarSpan, number> = { month: 4, week: 14 };

type Address = ReturnType<typeof useListAddress>;
type Props = { address: Address; field: CalendarField };

/** The list by days: a ticket carried to another day goes there with its time. */
export function TicketCalendar({ address, field }: Props) {
  const { t } = useTranslation();
  const isNarrow = useMediaQuery('(max-width: 48em)', window.innerWidth < 768, { getInitialValueInEffect: false });
  const today = localDay(Date.now());
  const { span } = address;
  const anchor = address.day ?? today;
  const days = daysShown(anchor, span);
  const shown: Span = { from: days[0]!, to: addDays(days.at(-1)!, 1), field };
  const { data, error, refetch } = useQuery(calendarQuery(address.params, shown, isNarrow ? 20 : SHOWN[span]));
  const [moving, setMoving] = useState<{ row: TicketRow; at: string } | null>(null);
  const [whole, setWhole] = useState<Day | null>(null);
  const move = useMoveTicket();
  const carry = (row: TicketRow, day: Day) => {
    const present = row[field];
    if (!present || localDay(present) === day) return;
    const at = onDay(present, day);
    // A deadline is a promise: changing it wants a reason.
    if (field === 'deadlineAt') setMoving({ row, at });
    else
      move.mutate({ row, field, at }, { onError: (failure) => notifyProblem(t('tickets.calendar.failed'), failure) });
  };
  const ask = (row: TicketRow) => setMoving({ row, at: row[field] ?? new Date().toISOString() });
  if (error instanceof ApiProblem && error.status === 422) return null;
  const of = new Map((data?.days ?? []).map((day) => [day.day, day]));
  return (
    <div className={classes.calendar}>
      <CalendarBar address={address} field={field} anchor={anchor} today={today} />
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} height={40} />}
      {data && isNarrow && <Agenda days={data.days} field={field} onMove={ask} onWhole={setWhole} />}
      {data && !isNarrow && (
        <div className={classes.grid} data-span={span} role="group" aria-label={t(`tickets.calendar.by.${field}`)}>
          {days.map((day) => (
            <CalendarCell
              key={day}
              day={day}
              field={field}
              isToday={day === today}
              isOutside={span === 'month' && day.slice(0, 7) !== anchor.slice(0, 7)}
              rows={of.get(day)?.data ?? []}
              count={of.get(day)?.count ?? 0}
              onCarry={(row) => carry(row, day)}
              onMove={ask}
              onWhole={() => setWhole(day)}
            />
          ))}
        </div>
      )}
      {whole && <WholeDay address={address} day={whole} field={field} onMove={ask} onClose={() => setWhole(null)} />}
      {moving && <MoveDialog row={moving.row} field={field} at={moving.at} onClose={() => setMoving(null)} />}
    </div>
  );
}

function CalendarBar({ address, field, anchor, today }: Props & { anchor: Day; today: Day }) {
  const { t } = useTranslation();
  const { span, change } = address;
  const words = useDayWords();
  const go = (step: 1 | -1) => change({ day: stepped(anchor, span, step) });
  return (
    <Group gap={8} className={classes.bar}>
      <ActionIcon aria-label={t('tickets.calendar.previous')} onClick={() => go(-1)}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('tickets.calendar.next')} onClick={() => go(1)}>
        <IconChevronRight size={16} />
      </ActionIcon>
      <Button variant="default" size="compact-sm" disabled={anchor === today} onClick={() => change({ day: null })}>
        {t('tickets.calendar.today')}
      </Button>
      <h2 className={classes.month} aria-live="polite">
        {words.month(anchor)}
      </h2>
      <Select
        size="xs"
        w={170}
        aria-label={t('tickets.calendar.field')}
        allowDeselect={false}
        data={FIELDS.map((value) => ({ value, label: t(`tickets.calendar.by.${value}`) }))}
        value={field}
        onChange={(value) => value && change({ field: value })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('tickets.calendar.span')}
        data={(['month', 'week'] as const).map((value) => ({ value, label: t(`tickets.calendar.${value}`) }))}
        value={span}
        onChange={(value) => change({ span: value === 'week' ? 'week' : null })}
      />
    </Group>
  );
}

type AgendaProps = {
  days: Calendar['days'];
  field: CalendarField;
  onMove: (row: TicketRow) => void;
  onWhole: (day: Day) => void;
};

/** On a phone only the days that have something. */
function Agenda({ days, field, onMove, onWhole }: AgendaProps) {
  const { t } = useTranslation();
  const words = useDayWords();
  if (days.length === 0) return <EmptyState title={t('tickets.calendar.nothing')} />;
  return (
    <div className={classes.agenda}>
      {days.map(({ day, data, count }) => (
        <section key={day} aria-label={words.day(day)}>
          <h3 className={classes.agendaDay}>
            {words.day(day)} <span className={classes.count}>{count}</span>
          </h3>
          {data.map((row) => (
            <CalendarTicket key={row.id} row={row} field={field} onMove={onMove} />
          ))}
          {count > data.length && (
            <Button variant="subtle" size="compact-xs" onClick={() => onWhole(day)}>
              {t('tickets.calendar.more', { count: count - data.length })}
            </Button>
          )}
        </section>
      ))}
    </div>
  );
}

type WholeProps = {
  address: Address;
  day: Day;
  field: CalendarField;
  onMove: (row: TicketRow) => void;
  onClose: () => void;
};

/** Everything of a day that does not fit its cell. */
function WholeDay({ address, day, field, onMove, onClose }: WholeProps) {
  const { t } = useTranslation();
  const words = useDayWords();
  const { data, error, refetch } = useQuery(
    calendarQuery(address.params, { from: day, to: addDays(day, 1), field }, MOST_OF_DAY),
  );
  const entry = data?.days.find((each) => each.day === day);
  return (
    <Dialog opened onClose={onClose} title={words.day(day)}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={6} />}
      {entry?.data.map((row) => (
        <CalendarTicket key={row.id} row={row} field={field} onMove={onMove} onOpen={onClose} />
      ))}
      {entry && entry.count > entry.data.length && (
        <p className={classes.note}>{t('tickets.calendar.tooMany', { count: entry.count - entry.data.length })}</p>
      )}
    </Dialog>
  );
}
