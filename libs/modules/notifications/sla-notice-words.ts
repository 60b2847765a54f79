import type { Locale } from '@opora/platform/context';
import { text } from '@opora/platform/i18n';

/** What has been reached, in words: «75 % of the time is over», «15 min are left». */
export function thresholdWords(locale: Locale, threshold: string): string {
  if (threshold.endsWith('%')) return text(locale, 'notifications.sla.percent', { percent: threshold.slice(0, -1) });
  if (threshold.startsWith('-'))
    return text(locale, 'notifications.sla.left', { time: timeWords(locale, Number(threshold.slice(1))) });
  return text(locale, `notifications.sla.${threshold}`);
}

export const metricWords = (locale: Locale, metric: string): string =>
  text(locale, `notifications.sla.metric.${metric}`);

function timeWords(locale: Locale, seconds: number): string {
  const unit = (value: number, name: 'minute' | 'hour'): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  const minutes = Math.round(seconds / 60);
  const parts = [
    minutes >= 60 ? unit(Math.floor(minutes / 60), 'hour') : '',
    minutes % 60 || !minutes ? unit(minutes % 60, 'minute') : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** A moment on a person's clock. */
export const momentWords = (locale: Locale, moment: string, timeZone: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short', timeZone }).format(new Date(moment));
