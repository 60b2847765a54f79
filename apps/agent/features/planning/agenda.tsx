import { EmptyState } from '@opora/ui/page';
import { IconCalendarOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dayKey } from './calendar-days';
import { GroupChip, TicketChip } from './group-chip';
import { entriesOf, type DaysProps } from './month-grid';
import classes from './planning.module.css';

/** The same days as a list, for a narrow screen: only those with something on them. */
export function Agenda({ days, month, groups, tickets, onOpen }: DaysProps) {
  const { t, i18n } = useTranslation();
  const name = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', day: 'numeric', month: 'long' });
  const today = dayKey(new Date());
  const full = days
    .filter((day) => month === null || day.getMonth() === month)
    .map((day) => ({ day, key: dayKey(day), ...entriesOf(dayKey(day), { groups, tickets }) }))
    .filter((entries) => entries.groups.length + entries.tickets.length > 0);
  if (!full.length)
    return <EmptyState icon={<IconCalendarOff size={36} stroke={1.3} />} title={t('planning.calendar.empty')} />;
  return (
    <ol className={classes.agenda}>
      {full.map(({ day, key, ...entries }) => (
        <li key={key} data-today={key === today || undefined}>
          <h3 className={classes.agendaDay}>{name.format(day)}</h3>
          {entries.groups.map((group) => (
            <GroupChip key={`${group.planned.id} ${group.at}`} group={group} onOpen={() => onOpen(group)} />
          ))}
          {entries.tickets.map((ticket) => (
            <TicketChip key={ticket.id} ticket={ticket} />
          ))}
        </li>
      ))}
    </ol>
  );
}
