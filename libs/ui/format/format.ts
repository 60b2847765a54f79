import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export type Format = ReturnType<typeof makeFormat>;
type Moment = string | number | Date;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Dates and numbers of one language and time zone; the clock has 24 hours everywhere. */
export function makeFormat(locale: string, timeZone?: string) {
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', ...options });
  const time = make({ hour: '2-digit', minute: '2-digit' });
  const day = make({ day: 'numeric', month: 'short' });
  const dayYear = make({ day: 'numeric', month: 'short', year: 'numeric' });
  const full = make({ day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  const key = make({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const number = new Intl.NumberFormat(locale);
  const calendarDay = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  const amount = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const unit = (unit: string, digits = 0) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits });

  const date = (moment: Moment) => {
    const at = new Date(moment);
    return at.getFullYear() === new Date().getFullYear() ? day.format(at) : dayYear.format(at);
  };
  return {
    time: (moment: Moment) => time.format(new Date(moment)),
    date,
    dateTime: (moment: Moment) => `${date(moment)}, ${time.format(new Date(moment))}`,
    full: (moment: Moment) => full.format(new Date(moment)),
    /** Equal for two moments of one day. */
    dayKey: (moment: Moment) => key.format(new Date(moment)),
    /** «5 мин назад», «через 2 ч», further away a date. */
    relative: (moment: Moment, now: Moment = Date.now()) => {
      const distance = new Date(moment).getTime() - new Date(now).getTime();
      const size = Math.abs(distance);
      if (size < MINUTE) return ago.format(0, 'minute');
      if (size < HOUR) return ago.format(Math.trunc(distance / MINUTE), 'minute');
      if (size < DAY) return ago.format(Math.trunc(distance / HOUR), 'hour');
      if (size < 7 * DAY) return ago.format(Math.trunc(distance / DAY), 'day');
      return date(moment);
    },
    /** «1 ч 12 мин» out of seconds. */
    duration: (seconds: number) => {
      const minutes = Math.round(Math.abs(seconds) / 60);
      const parts = [
        [Math.floor(minutes / 1440), 'day'],
        [Math.floor((minutes % 1440) / 60), 'hour'],
        [minutes % 60, 'minute'],
      ] as const;
      const shown = parts.filter(([count]) => count > 0).slice(0, 2);
      return shown.length === 0
        ? unit('minute').format(0)
        : shown.map(([count, name]) => unit(name).format(count)).join(' ');
    },
    bytes: (size: number) => {
      if (size < 1000) return unit('byte').format(size);
      if (size < 1_000_000) return unit('kilobyte').format(size / 1000);
      return unit('megabyte', 1).format(size / 1_000_000);
    },
    number: (value: number) => number.format(value),
    /** A day of the calendar, «2026-11-22», the same in every time zone. */
    day: (day: string) => (Number.isNaN(Date.parse(day)) ? day : calendarDay.format(new Date(day))),
    /** An amount of money as the API writes it: «1234.50». */
    money: (value: string) => amount.format(Number(value)),
  };
}

/** Formats in the language of the screen. */
export function useFormat(timeZone?: string): Format {
  const { i18n } = useTranslation();
  return useMemo(() => makeFormat(i18n.language, timeZone), [i18n.language, timeZone]);
}
