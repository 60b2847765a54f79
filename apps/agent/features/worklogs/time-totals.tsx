import { Progress, Text } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { useTranslation } from 'react-i18next';
import { useSpent } from './spent';
import classes from './worklogs.module.css';
import type { Totals } from './worklogs.queries';

const SHOWN = 12;

/** Sums of what the list shows: over all, by person, by day. */
export function TimeTotals({ totals }: { totals: Totals }) {
  const { t } = useTranslation();
  const format = useFormat();
  const spent = useSpent();
  const { people, days } = totals;
  const dayRows = days.map(({ day, seconds }) => ({ id: day, name: format.date(`${day}T12:00:00`), seconds }));
  return (
    <aside className={classes.totals} aria-label={t('worklogs.totals')}>
      <div>
        <div className={classes.sum}>{spent(totals.seconds)}</div>
        <Text size="xs" c="dimmed">
          {t('worklogs.entries', { count: totals.entries })}
        </Text>
      </div>
      {people.length > 1 && <Bars title={t('worklogs.byPerson')} rows={people} />}
      {dayRows.length > 1 && <Bars title={t('worklogs.byDay')} rows={dayRows} />}
    </aside>
  );
}

function Bars({ title, rows }: { title: string; rows: { id: string; name: string; seconds: number }[] }) {
  const spent = useSpent();
  const { t } = useTranslation();
  const most = Math.max(...rows.map(({ seconds }) => seconds));
  return (
    <section>
      <h2 className={classes.sectionTitle}>{title}</h2>
      <ul className={classes.bars}>
        {rows.slice(0, SHOWN).map(({ id, name, seconds }) => (
          <li key={id}>
            <span className={classes.barName}>
              <span className={classes.clip}>{name}</span>
              <span className={classes.cell}>{spent(seconds)}</span>
            </span>
            <Progress size="xs" value={(seconds / most) * 100} aria-label={`${name}: ${spent(seconds)}`} />
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && (
        <Text size="xs" c="dimmed">
          {t('worklogs.andMore', { count: rows.length - SHOWN })}
        </Text>
      )}
    </section>
  );
}
