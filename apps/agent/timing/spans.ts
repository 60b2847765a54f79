import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** One letter or two for each unit, in the language of the screen. */
export type SpanUnits = { day: string; hour: string; minute: string; second: string };

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** «1 ч 12 м» at a glance: the two greatest units, cut off, never rounded up; a minus before what is past. */
export function shortSpan(seconds: number, units: SpanUnits): string {
  const size = Math.floor(Math.abs(seconds));
  const sign = seconds < 0 && size > 0 ? '−' : '';
  if (size >= 100 * DAY) return `${sign}${Math.floor(size / DAY)} ${units.day}`;
  if (size >= DAY) return sign + pair(size, DAY, units.day, HOUR, units.hour);
  if (size >= HOUR) return sign + pair(size, HOUR, units.hour, MINUTE, units.minute);
  if (size >= MINUTE) return `${sign}${Math.floor(size / MINUTE)} ${units.minute}`;
  return `${sign}${size} ${units.second}`;
}

/** «27 ч» of working time: never in days, for a working day has not 24 hours. */
export function workSpan(seconds: number, units: SpanUnits): string {
  const size = Math.floor(Math.abs(seconds));
  if (size < DAY) return shortSpan(seconds, units);
  const sign = seconds < 0 ? '−' : '';
  if (size >= 100 * HOUR) return `${sign}${Math.floor(size / HOUR)} ${units.hour}`;
  return sign + pair(size, HOUR, units.hour, MINUTE, units.minute);
}

function pair(size: number, great: number, greatUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((size % great) / small);
  const head = `${Math.floor(size / great)} ${greatUnit}`;
  return rest > 0 ? `${head} ${rest} ${smallUnit}` : head;
}

/** Every unit down to the second, for what has to add up: «2 ч 5 м 7 с»; days only where hours would be past reading. */
export function exactSpan(seconds: number, units: SpanUnits): string {
  const size = Math.round(Math.abs(seconds));
  const parts = [
    [Math.floor(size / HOUR), units.hour],
    [Math.floor((size % HOUR) / MINUTE), units.minute],
    [size % MINUTE, units.second],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return (seconds < 0 && size > 0 ? '−' : '') + (shown.join(' ') || `0 ${units.second}`);
}

/** Lengths of time in the language of the screen. */
export function useSpans() {
  const { t } = useTranslation();
  return useMemo(() => {
    const units = {
      day: t('timing.unit.day'),
      hour: t('timing.unit.hour'),
      minute: t('timing.unit.minute'),
      second: t('timing.unit.second'),
    };
    return {
      short: (seconds: number) => shortSpan(seconds, units),
      work: (seconds: number) => workSpan(seconds, units),
      exact: (seconds: number) => exactSpan(seconds, units),
    };
  }, [t]);
}
