/** Time on the board: what a lane shows, where a block stands, when somebody is free. Moments are milliseconds. Pure. */
import type { Board, BoardBlock, BoardPerson } from './dispatch.types';

export type Span = { from: number; to: number };
type Text = { from: string; to: string };

const HOUR = 3_600_000;
export const STEP = 15 * 60_000;
const USUAL: [number, number] = [8, 20];

export const spanOf = ({ from, to }: Text): Span => ({ from: Date.parse(from), to: Date.parse(to) });
const overlaps = (one: Span, other: Span): boolean => one.from < other.to && one.to > other.from;
export const within = (span: Span, { from, to }: Span): Span | null => {
  const cut = { from: Math.max(span.from, from), to: Math.min(span.to, to) };
  return cut.to > cut.from ? cut : null;
};

/** Hours of a day that lanes show: the working time of all and everything planned, whole hours, eight at least. */
export function windowOf({ people }: Pick<Board, 'people'>, day: Text): Span {
  const whole = spanOf(day);
  const spans = people
    .flatMap(({ hours, blocks }) => [...hours, ...blocks])
    .flatMap((text) => within(spanOf(text), whole) ?? []);
  const usual = { from: whole.from + USUAL[0] * HOUR, to: whole.from + USUAL[1] * HOUR };
  const [from, to] = spans.length
    ? [Math.min(...spans.map((span) => span.from)), Math.max(...spans.map((span) => span.to))]
    : [usual.from, usual.to];
  const start = whole.from + Math.floor((from - whole.from) / HOUR) * HOUR;
  const end = whole.from + Math.ceil((to - whole.from) / HOUR) * HOUR;
  return { from: start, to: Math.min(whole.to, Math.max(end, start + 8 * HOUR)) };
}

/** The whole hours of a window. */
export function hoursOf({ from, to }: Span): number[] {
  return Array.from({ length: Math.round((to - from) / HOUR) }, (_, at) => from + at * HOUR);
}

/** Where a moment stands in a window, in percent. */
export const percentOf = (moment: number, { from, to }: Span): number => ((moment - from) / (to - from)) * 100;

/** The moment under a pointer, at a quarter of an hour. */
export function momentAt(share: number, { from, to }: Span): number {
  const at = from + Math.min(1, Math.max(0, share)) * (to - from);
  return Math.min(to - STEP, from + Math.round((at - from) / STEP) * STEP);
}

/** Blocks that overlap stand one below the other: the row of each. */
export function rowsOf(blocks: readonly BoardBlock[]): number[] {
  const ends: number[] = [];
  return blocks.map((block) => {
    const { from, to } = spanOf(block);
    const free = ends.findIndex((end) => end <= from);
    const row = free < 0 ? ends.length : free;
    ends[row] = to;
    return row;
  });
}

/** The first quarter of an hour at which the person works and has the time; undefined when the day has no such. */
export function firstFree(person: BoardPerson, day: Text, seconds: number, now: number): number | undefined {
  const whole = spanOf(day);
  const busy = [...person.absences, ...person.blocks].map(spanOf);
  for (const hours of person.hours.flatMap((text) => within(spanOf(text), whole) ?? [])) {
    const start = Math.max(hours.from, Math.ceil(now / STEP) * STEP);
    for (let at = start; at + seconds * 1000 <= hours.to; at += STEP) {
      const visit = { from: at, to: at + seconds * 1000 };
      if (!busy.some((span) => overlaps(span, visit))) return at;
    }
  }
  return undefined;
}

/** The number of the day a moment lies in; -1 outside. */
export const dayAt = (days: readonly Text[], moment: number): number =>
  days.findIndex((day) => {
    const { from, to } = spanOf(day);
    return moment >= from && moment < to;
  });
