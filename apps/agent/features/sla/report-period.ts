/** First and last day of a period, as the API takes them. */
export type Period = { from: string; to: string };

const pad = (value: number) => String(value).padStart(2, '0');
export const dayOf = (at: Date): string => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;

/** Whole months, the present one to its last day; `back` months before it, `count` of them. */
export function months(now: Date, back: number, count = 1): Period {
  const first = new Date(now.getFullYear(), now.getMonth() - back, 1);
  const last = new Date(now.getFullYear(), now.getMonth() - back + count, 0);
  return { from: dayOf(first), to: dayOf(last) };
}

export const PRESETS = ['month', 'lastMonth', 'quarter', 'year'] as const;
export type Preset = (typeof PRESETS)[number];

/** Periods that are asked for most. */
export function presetOf(preset: Preset, now: Date): Period {
  switch (preset) {
    case 'month':
      return months(now, 0);
    case 'lastMonth':
      return months(now, 1);
    case 'quarter':
      return months(now, 2, 3);
    case 'year':
      return { from: `${now.getFullYear()}-01-01`, to: `${now.getFullYear()}-12-31` };
  }
}

/** Share of kept promises as a screen tells it: never rounded up to a hundred, never down to nought. */
export function shareText(share: number | null, format: (value: number) => string): string {
  if (share === null) return '—';
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  return `${format(Math.min(99.9, Math.max(0.1, Math.round(percent * 10) / 10)))} %`;
}
