import type { Locale } from '@opora/platform/context';
import { text } from '@opora/platform/i18n';
import type { NotificationKind } from './notification.entity';

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

export type NoticeWords = { kind: NotificationKind; actorName: string; reason: string; facts: Record<string, string> };

/** What has happened, in a line: «Анна ответила в заявке №12». */
export function noticeText(locale: Locale, { kind, actorName, facts }: NoticeWords, number: number | null): string {
  const { metric, threshold, score, decision } = facts;
  return text(locale, `notifications.lines.${kind}`, {
    ...facts,
    actor: actorName,
    number: number ?? '',
    ...(metric && threshold
      ? { metric: metricWords(locale, metric), threshold: thresholdWords(locale, threshold) }
      : {}),
    decision: decision ? text(locale, `notifications.decisions.${decision}`) : '',
    score: score ? text(locale, `notifications.scores.${score}`) : '',
  });
}

/** Why the person is told: «вы замещаете Иванова». */
export const reasonText = (locale: Locale, { reason, facts }: Pick<NoticeWords, 'reason' | 'facts'>): string =>
  text(locale, `notifications.reasons.${reason}`, { name: facts.absentName ?? '', rule: facts.rule ?? '' });
