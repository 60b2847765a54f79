import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { minutesIn, WEEKDAYS, type CalendarDay, type DayKind } from './calendar-days';
import classes from './year-view.module.css';
import { columnOf, dayAfter, monthsOf } from './year-grid';

type Props = {
  year: number;
  days: CalendarDay[];
  selected?: string | null;
  onYear: (year: number) => void;
  onPick?: (day: CalendarDay) => void;
};

const LEGEND: DayKind[] = ['open', 'closed', 'holiday', 'short', 'moved', 'special', 'special_closed'];

/** A year at a glance: twelve months, every day in the colour of its rule, its words on hover and focus. */
export function YearView({ year, days, selected, onYear, onPick }: Props) {
  const { t } = useTranslation();
  const tell = useDayWords();
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<CalendarDay | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const months = useMemo(() => monthsOf(days), [days]);
  const byDate = useMemo(() => new Map(days.map((day) => [day.date, day])), [days]);
  const stop = byDate.has(cursor ?? '') ? cursor : byDate.has(selected ?? '') ? selected : days[0]?.date;
  const present = LEGEND.filter((kind) => days.some((day) => day.kind === kind));
  const worked = days.filter(({ intervals }) => intervals.length > 0);
  const hours = Math.round(worked.reduce((sum, { intervals }) => sum + minutesIn(intervals), 0) / 60);
  const now = shown && byDate.get(shown.date);

  const move = (event: KeyboardEvent) => {
    const target = dayAfter(event.key, stop ?? '', days);
    if (!target) return;
    event.preventDefault();
    setCursor(target);
    box.current?.querySelector<HTMLElement>(`[data-date="${target}"]`)?.focus();
  };
  return (
    <section className={classes.view} aria-label={t('slaConfig.year.label', { year })}>
      <header className={classes.head}>
        <ActionIcon aria-label={t('slaConfig.year.previous')} onClick={() => onYear(year - 1)}>
          <IconChevronLeft size={17} />
        </ActionIcon>
        <h2 className={classes.year}>{year}</h2>
        <ActionIcon aria-label={t('slaConfig.year.next')} onClick={() => onYear(year + 1)}>
          <IconChevronRight size={17} />
        </ActionIcon>
        <span className={classes.sum}>{t('slaConfig.year.sum', { days: worked.length, hours })}</span>
      </header>
      <p className={classes.words} aria-live="polite">
        {now ? tell(now) : t('slaConfig.year.hint')}
      </p>
      <div ref={box} className={classes.months} onKeyDown={move} onPointerLeave={() => setShown(null)}>
        {months.map((month) => (
          <Month
            key={month[0]?.date}
            days={month}
            selected={selected ?? null}
            stop={stop ?? null}
            tell={tell}
            onShow={setShown}
            onFocus={(day) => {
              setShown(day);
              setCursor(day.date);
            }}
            onPick={onPick}
          />
        ))}
      </div>
      <ul className={classes.legend}>
        {present.map((kind) => (
          <li key={kind}>
            <i className={classes.day} data-kind={kind} aria-hidden>
              {new Date().getDate()}
            </i>
            {t(`slaConfig.day.${kind}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}

type MonthProps = {
  days: CalendarDay[];
  selected: string | null;
  stop: string | null;
  tell: (day: CalendarDay) => string;
  onShow: (day: CalendarDay) => void;
  onFocus: (day: CalendarDay) => void;
  onPick: ((day: CalendarDay) => void) | undefined;
};

function Month({ days, selected, stop, tell, onShow, onFocus, onPick }: MonthProps) {
  const { t, i18n } = useTranslation();
  const first = days[0] as CalendarDay;
  const name = new Intl.DateTimeFormat(i18n.language, { month: 'long', timeZone: 'UTC' }).format(
    new Date(`${first.date}T00:00:00Z`),
  );
  return (
    <section className={classes.month} aria-label={name}>
      <h3>{name}</h3>
      <div className={classes.grid}>
        {WEEKDAYS.map((day) => (
          <abbr key={day} title={t(`slaConfig.weekday.${day}`)} aria-hidden>
            {t(`slaConfig.weekdayShort.${day}`)}
          </abbr>
        ))}
        {days.map((day, index) => (
          <button
            key={day.date}
            type="button"
            className={classes.day}
            data-kind={day.kind}
            data-date={day.date}
            aria-label={tell(day)}
            aria-pressed={onPick ? day.date === selected : undefined}
            title={tell(day)}
            tabIndex={day.date === stop ? 0 : -1}
            style={index === 0 ? { gridColumnStart: columnOf(day) } : undefined}
            onPointerEnter={() => onShow(day)}
            onFocus={() => onFocus(day)}
            onClick={() => onPick?.(day)}
          >
            {Number(day.date.slice(8))}
          </button>
        ))}
      </div>
    </section>
  );
}

/** A day in words: «9 марта, понедельник: свой график, 09:00–13:00, 14:00–18:00». */
export function useDayWords() {
  const { t, i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, {
    timeZone: 'UTC',
    ...{ day: 'numeric', month: 'long', weekday: 'long' },
  });
  return ({ date, kind, intervals }: CalendarDay) => {
    const hours = intervals.map(({ from, to }) => `${from}–${to}`).join(', ');
    return [`${format.format(new Date(`${date}T00:00:00Z`))}: ${t(`slaConfig.day.${kind}`)}`, hours]
      .filter(Boolean)
      .join(', ');
  };
}
