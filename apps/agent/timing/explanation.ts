import type { Explanation, Segment } from './timing.types';

/** What the stretches come to, and whether they follow each other without a gap or an overlap. */
export function sumsOf(segments: Pick<Segment, 'from' | 'to' | 'kind' | 'seconds' | 'countedSeconds'>[]) {
  let whole = 0;
  let counted = 0;
  let paused = 0;
  let isUnbroken = true;
  for (const [index, segment] of segments.entries()) {
    whole += segment.seconds;
    counted += segment.countedSeconds;
    if (segment.kind === 'pause') paused += segment.seconds;
    const before = segments[index - 1];
    if (before && before.to !== segment.from) isUnbroken = false;
    // Whole seconds of moments with milliseconds: the sum is exact, a single stretch to less than a second.
    if (segment.to !== null && Math.abs(lengthOf(segment.from, segment.to) - segment.seconds * 1000) >= 1000)
      isUnbroken = false;
  }
  return { whole, counted, paused, isUnbroken };
}

const lengthOf = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

/** Share of each stretch in the strip, in percent; the shortest stay visible, and together they are a hundred. */
export function sharesOf(segments: Pick<Segment, 'seconds'>[], least = 0.8): number[] {
  const lasting = segments.filter(({ seconds }) => seconds > 0).length;
  const floor = Math.min(least, lasting > 0 ? 100 / lasting : 0);
  const whole = segments.reduce((sum, { seconds }) => sum + seconds, 0);
  const spare = 100 - floor * lasting;
  return segments.map(({ seconds }) => (seconds > 0 ? floor + (spare * seconds) / whole : 0));
}

/** The stretches as a table for a spreadsheet: moments in UTC, lengths in whole seconds. */
export function csvOf({ segments }: Explanation): string {
  const head = ['from', 'to', 'kind', 'label', 'seconds', 'countedSeconds', 'remainingSeconds'];
  const lines = segments.map((segment) => head.map((key) => cell(segment[key as keyof Segment])).join(','));
  return [head.join(','), ...lines].join('\r\n') + '\r\n';
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // A text that begins like a formula would be run by a spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
