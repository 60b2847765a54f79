import { useTranslation } from 'react-i18next';
import { addDays, columnsOf, daysBetween } from './absence-days';
import classes from './absences.module.css';
import { daysInWords, reasonInWords, standInWords, toneOf } from './absence-words';
import type { Person } from './absences-page';
import type { Absence } from './absences.queries';

type Props = {
  people: readonly Person[];
  absences: readonly Absence[];
  /** The first day shown, a Monday. */
  start: string;
  count: number;
  today: string;
  onOpen: (id: string) => void;
};

/** A row for each person, a bar for each absence; days of rest are tinted, today is a line. */
export function AbsenceTimeline({ people, absences, start, count, today, onOpen }: Props) {
  const at = daysBetween(start, today);
  const style = { '--days': count, '--today': at } as React.CSSProperties;
  return (
    <div className={classes.timeline} style={style} data-today={(at >= 0 && at < count) || undefined}>
      <Head start={start} count={count} />
      {people.map((person) => (
        <div key={person.id} className={classes.line}>
          <span className={classes.who} title={person.name}>
            {person.name}
          </span>
          <div className={classes.days}>
            {absences
              .filter(({ employee }) => employee.id === person.id)
              .map((absence) => (
                <Bar key={absence.id} absence={absence} start={start} count={count} onOpen={onOpen} />
              ))}
          </div>
        </div>
      ))}
    </div>
  );
}

function Head({ start, count }: { start: string; count: number }) {
  const { i18n } = useTranslation();
  const month = new Intl.DateTimeFormat(i18n.language, { timeZone: 'UTC', day: 'numeric', month: 'long' });
  const weeks = Array.from({ length: count / 7 }, (_, week) => addDays(start, week * 7));
  return (
    <div className={classes.line} data-head>
      <span className={classes.who} />
      <div className={classes.days}>
        {weeks.map((day, week) => (
          <span key={day} className={classes.week} style={{ gridColumn: `${week * 7 + 1} / span 7` }}>
            {month.format(new Date(`${day}T00:00:00Z`))}
          </span>
        ))}
      </div>
    </div>
  );
}

type BarProps = Pick<Props, 'start' | 'count' | 'onOpen'> & { absence: Absence };

function Bar({ absence, start, count, onOpen }: BarProps) {
  const { t, i18n } = useTranslation();
  const columns = columnsOf(absence, start, count);
  if (!columns) return null;
  const words = `${reasonInWords(absence, t)}, ${daysInWords(absence, i18n.language)}. ${standInWords(absence, t)}`;
  return (
    <button
      type="button"
      className={classes.bar}
      data-tone={toneOf(absence)}
      style={{ gridColumn: `${columns.from} / ${columns.to}` }}
      title={words}
      aria-label={`${absence.employee.name}: ${words}`}
      onClick={() => onOpen(absence.id)}
    >
      {absence.standIn.employee ? `→ ${absence.standIn.employee.name}` : reasonInWords(absence, t)}
    </button>
  );
}
