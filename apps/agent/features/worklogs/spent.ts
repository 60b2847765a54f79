import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** «2 ч 30 мин»: worked hours never turn into days. */
export function useSpent(): (seconds: number) => string {
  const { t } = useTranslation();
  return useCallback(
    (seconds: number) => {
      const minutes = Math.round(seconds / 60);
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
      if (hours === 0) return t('worklogs.span.minutes', { minutes: rest });
      if (rest === 0) return t('worklogs.span.hours', { hours });
      return t('worklogs.span.both', { hours, minutes: rest });
    },
    [t],
  );
}

/** `1:02:07`: what a running clock shows. */
export function clockText(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return `${hours}:${two(minutes)}:${two(rest)}`;
}

/** The day of the browser's calendar, `2026-11-22`. */
export const dayText = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
