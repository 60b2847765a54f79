import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { yearOf, type CalendarDay, type CalendarDefinition } from './calendar-days';
import classes from './calendar.module.css';
import { holidaysQuery } from './calendars.queries';
import { withException } from './exceptions';
import { useDayWords, YearView } from './year-view';

type Props = { calendar: CalendarDefinition; isOpen: boolean; onChange: (calendar: CalendarDefinition) => void };

/** The year that the hours on the screen make, before anything is saved; a day can be made an exception. */
export function CalendarPreview({ calendar, isOpen, onChange }: Props) {
  const { t } = useTranslation();
  const [year, setYear] = useState(() => new Date().getFullYear());
  const [picked, setPicked] = useState<string | null>(null);
  const { data: years } = useQuery(holidaysQuery());
  const shown = useDeferredValue(calendar);
  const known = years?.find((each) => each.year === year && each.country === shown.holidays);
  const days = useMemo(() => yearOf(shown, known?.days ?? [], year), [shown, known, year]);
  const day = days.find(({ date }) => date === picked);
  return (
    <>
      <YearView year={year} days={days} selected={picked} onYear={setYear} onPick={({ date }) => setPicked(date)} />
      {shown.holidays && years && !known && (
        <p className={classes.hint} role="status">
          {t('slaConfig.calendar.noHolidays', { year })}
        </p>
      )}
      {day && <PickedDay day={day} calendar={calendar} isOpen={isOpen} onChange={onChange} />}
    </>
  );
}

function PickedDay({ day, calendar, isOpen, onChange }: Props & { day: CalendarDay }) {
  const { t } = useTranslation();
  const tell = useDayWords();
  const yearly = day.date.slice(5);
  const hasDated = day.date in (calendar.dated ?? {});
  const hasYearly = yearly in (calendar.yearly ?? {});
  const set = (isYearly: boolean, isKept: boolean) =>
    onChange(
      withException(calendar, { key: isYearly ? yearly : day.date, isYearly, intervals: day.intervals }, isKept),
    );
  return (
    <section className={classes.picked} aria-label={t('slaConfig.calendar.picked')}>
      <strong>{tell(day)}</strong>
      {isOpen && (
        <Group gap="xs">
          <Button variant="default" onClick={() => set(false, !hasDated)}>
            {hasDated ? t('slaConfig.exceptions.dropDated') : t('slaConfig.exceptions.makeDated')}
          </Button>
          <Button variant="default" onClick={() => set(true, !hasYearly)}>
            {hasYearly ? t('slaConfig.exceptions.dropYearly') : t('slaConfig.exceptions.makeYearly')}
          </Button>
        </Group>
      )}
    </section>
  );
}
