import type { Locale } from '@opora/platform/context';

/** The longest single entry: a day and night. */
export const MOST_SECONDS = 24 * 3600;
/** The longest text somebody may need to say how long he worked. */
export const LONGEST_SPENT = 60;

/** Why a text is no time spent; each has its words under `errors.billing`. */
export type SpentRefusal =
  | 'spentEmpty'
  | 'spentUnclear'
  | 'spentWithoutUnit'
  | 'spentInDays'
  | 'spentMinutesOver'
  | 'spentZero'
  | 'spentTooLong';
export type Spent = { seconds: number } | { refusal: SpentRefusal };
export const isSpent = (spent: Spent): spent is { seconds: number } => 'seconds' in spent;

type Unit = 'hour' | 'minute' | 'second' | 'day';
const UNITS: Record<Unit, RegExp> = {
  hour: /^(ч|час|часа|часов|час(ик|ика|иков)|h|hr|hrs|hour|hours)$/,
  minute: /^(м|мин|минута|минуты|минут|минуту|m|min|mins|minute|minutes)$/,
  second: /^(с|сек|секунда|секунды|секунд|секунду|s|sec|secs|second|seconds)$/,
  day: /^(д|дн|день|дня|дней|сутки|суток|неделя|недели|недель|d|day|days|w|week|weeks)$/,
};
const SECONDS: Record<Unit, number> = { hour: 3600, minute: 60, second: 1, day: 86_400 };
const ORDER: readonly Unit[] = ['day', 'hour', 'minute', 'second'];

const WORDS: readonly [RegExp, number][] = [
  [/^(полчаса|пол ?часа|half an hour|half hour)$/, 1800],
  [/^(полтора часа|an hour and a half)$/, 5400],
  [/^(час|an hour)$/, 3600],
  [/^(минута|минуту|a minute)$/, 60],
];
/** `2:30`, `2:30:15`: hours and minutes. */
const CLOCK = /^(\d{1,3}):(\d{2})(?::(\d{2}))?$/;
/** A number and its unit: `2,5 часа`, `30м`, `15 мин.`; the unit of the last may be missing. */
const PART = /(\d{1,6}(?:[.,]\d{1,4})?) *([a-zа-я]+)?\.?/y;

/** What people mean by time spent, in Russian or English; a text that can be read two ways is refused with the reason. */
export function parseSpent(text: string): Spent {
  const plain = plainOf(text);
  if (!plain) return { refusal: 'spentEmpty' };
  if (plain.length > LONGEST_SPENT) return { refusal: 'spentUnclear' };
  const word = WORDS.find(([pattern]) => pattern.test(plain));
  if (word) return { seconds: word[1] };
  return limited(CLOCK.test(plain) ? ofClock(plain) : ofUnits(plain));
}

/**
 * `30м удалённо` in one line: the longest beginning that is a time, the rest is the comment. Without a time at the beginning the
 * refusal is about the first word.
 */
export function splitSpent(line: string): Spent & { comment: string } {
  const words = line
    .replace(/[\s\u00a0\u202f]+/gu, ' ')
    .trim()
    .split(' ');
  let refused: Spent | undefined;
  for (let taken = Math.min(words.length, 6); taken > 0; taken--) {
    // «2 часа 2 принтера»: a bare number before words belongs to them.
    if (taken < words.length && taken > 1 && /^\d+$/.test(words[taken - 1] ?? '')) continue;
    const spent = parseSpent(
      words
        .slice(0, taken)
        .join(' ')
        .replace(/[,;:—–-]+$/u, ''),
    );
    const comment = words
      .slice(taken)
      .join(' ')
      .replace(/^[,;:—–-]+ */u, '');
    if (isSpent(spent)) return { ...spent, comment };
    if (spent.refusal !== 'spentUnclear') refused = spent;
  }
  return { ...(refused ?? { refusal: 'spentUnclear' }), comment: line.trim() };
}

/** «2 ч. 30 мин.» or «2 h 30 min»; seconds only when there is nothing else. */
export function formatSpent(seconds: number, locale: Locale): string {
  const [hour, minute, second] = locale === 'ru' ? ['ч.', 'мин.', 'с'] : ['h', 'min', 's'];
  const sign = seconds < 0 ? '−' : '';
  const whole = Math.abs(Math.round(seconds));
  if (whole < 60) return `${sign}${whole} ${whole ? second : minute}`;
  const minutes = Math.round(whole / 60);
  const parts = [
    Math.floor(minutes / 60) && `${Math.floor(minutes / 60)} ${hour}`,
    minutes % 60 && `${minutes % 60} ${minute}`,
  ];
  return sign + parts.filter(Boolean).join(' ');
}

/** `2:30`: the same in every language, for what is kept. */
export const clockSpent = (seconds: number): string => {
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
};

/** Up to whole steps: what a timer measured is not told by the second. */
export const roundedUp = (seconds: number, stepMinutes: number): number =>
  Math.max(1, Math.ceil(seconds / (stepMinutes * 60))) * stepMinutes * 60;

const plainOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\s\u00a0\u202f]+/gu, ' ')
    .trim();

function limited(spent: Spent): Spent {
  if (!isSpent(spent)) return spent;
  if (spent.seconds <= 0) return { refusal: 'spentZero' };
  return spent.seconds > MOST_SECONDS ? { refusal: 'spentTooLong' } : spent;
}

function ofClock(text: string): Spent {
  const [, hours = '', minutes = '', seconds = '0'] = CLOCK.exec(text) ?? [];
  if (Number(minutes) > 59 || Number(seconds) > 59) return { refusal: 'spentMinutesOver' };
  return { seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) };
}

type Part = { amount: number; unit: Unit | null; isFraction: boolean };

function ofUnits(text: string): Spent {
  const parts = partsOf(text);
  if (!parts) return { refusal: 'spentUnclear' };
  if (parts.some(({ unit }) => unit === 'day')) return { refusal: 'spentInDays' };
  const [first, last] = [parts[0], parts[parts.length - 1]];
  // «2 ч 30»: after hours a bare number is minutes.
  if (last && !last.unit && parts[parts.length - 2]?.unit === 'hour') last.unit = 'minute';
  if (parts.length === 1 && first && !first.unit) return { refusal: 'spentWithoutUnit' };
  const units = parts.map(({ unit }) => (unit ? ORDER.indexOf(unit) : -1));
  const isOrdered = units.every((unit, at) => unit >= 0 && (at === 0 || unit > (units[at - 1] ?? -1)));
  const isWholeBefore = parts.slice(0, -1).every(({ isFraction }) => !isFraction);
  if (!isOrdered || !isWholeBefore) return { refusal: 'spentUnclear' };
  if (parts.slice(1).some(({ amount }) => amount >= 60)) return { refusal: 'spentMinutesOver' };
  return { seconds: Math.round(parts.reduce((sum, { amount, unit }) => sum + amount * SECONDS[unit ?? 'minute'], 0)) };
}

/** Numbers with their units, or undefined if anything else is in the text. */
function partsOf(text: string): Part[] | undefined {
  const parts: Part[] = [];
  const joined = text.replace(/ (и|and) (?=\d)/g, ' ').replace(/, (?=\d)/g, ' ');
  PART.lastIndex = 0;
  while (PART.lastIndex < joined.length) {
    const found = PART.exec(joined);
    if (!found) return undefined;
    const [, number = '', word] = found;
    const unit = word ? ORDER.find((each) => UNITS[each].test(word)) : null;
    if (unit === undefined) return undefined;
    parts.push({ amount: Number(number.replace(',', '.')), unit, isFraction: /[.,]/.test(number) });
    while (joined[PART.lastIndex] === ' ') PART.lastIndex++;
  }
  return parts.length ? parts : undefined;
}
