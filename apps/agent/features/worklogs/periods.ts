import { dayText } from './spent';

export const PERIODS = ['week', 'month', 'lastMonth', 'own'] as const;
export type Period = (typeof PERIODS)[number];

/** First and last day of a named period. */
export function daysOf(period: Exclude<Period, 'own'>, today: Date): { from: string; to: string } {
  const [year, month] = [today.getFullYear(), today.getMonth()];
  if (period === 'month') return { from: dayText(new Date(year, month, 1)), to: dayText(new Date(year, month + 1, 0)) };
  if (period === 'lastMonth')
    return { from: dayText(new Date(year, month - 1, 1)), to: dayText(new Date(year, month, 0)) };
  // A week begins on Monday.
  const monday = today.getDate() - ((today.getDay() + 6) % 7);
  return { from: dayText(new Date(year, month, monday)), to: dayText(new Date(year, month, monday + 6)) };
}
