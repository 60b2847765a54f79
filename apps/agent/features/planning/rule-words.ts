import type { TFunction } from 'i18next';
import { ruleDraftOf, type RuleDraft, WEEKDAYS, type Weekday } from './rule-draft';

const GENDER: Record<Weekday, string> = { MO: 'm', TU: 'm', WE: 'f', TH: 'm', FR: 'f', SA: 'f', SU: 'n' };

/** «каждый месяц, первый понедельник, в 09:00» */
export function ruleWords(t: TFunction, stored: Parameters<typeof ruleDraftOf>[0]): string {
  return draftWords(t, ruleDraftOf(stored));
}

export function draftWords(t: TFunction, draft: RuleDraft): string {
  const { kind, interval, days, monthDay, afterDays, own, time, date } = draft;
  const at = t('planning.words.at', { time });
  const every = (unit: string) =>
    interval === 1 ? t(`planning.words.single.${unit}`) : t(`planning.words.${unit}`, { count: interval });
  const short = (day: Weekday) => t(`planning.weekdayShort.${day}`);
  switch (kind) {
    case 'daily':
      return `${every('day')}, ${at}`;
    case 'weekly':
      return `${every('week')}: ${WEEKDAYS.filter((day) => days.includes(day))
        .map(short)
        .join(', ')}, ${at}`;
    case 'monthDay':
      return `${every('month')}, ${monthDay === -1 ? t('planning.words.lastDay') : t('planning.words.dayOf', { day: monthDay })}, ${at}`;
    case 'monthWeekday':
      return `${every('month')}, ${nthWords(t, draft)}, ${at}`;
    case 'yearly':
      return `${every('year')}, ${t('planning.words.onDate', { day: Number(date.slice(8)), month: t(`planning.monthOf.${Number(date.slice(5, 7))}`) })}, ${at}`;
    case 'afterDone':
      return t('planning.words.afterDone', { count: afterDays });
    case 'own':
      return own.replace(/^RRULE:/i, '').split('\n')[0] ?? '';
  }
}

/** «первый понедельник» */
export const nthWords = (t: TFunction, { nth, weekday }: Pick<RuleDraft, 'nth' | 'weekday'>): string =>
  `${t(`planning.nth.${GENDER[weekday]}.${nth === -1 ? 'last' : nth}`)} ${t(`planning.weekday.${weekday}`)}`;
