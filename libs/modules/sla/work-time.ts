import { type Block, lastStarted, type WorkCalendar } from './work-calendar-blocks';
import { yearOf } from './zone-offsets';

export { compileCalendar, intersectCalendars, switchCalendar, type WorkCalendar } from './work-calendar-blocks';

const SECOND = 1000;
/** Whoever has not worked enough in so many years never will. */
const HORIZON_YEARS = 100;
const LAST_YEAR = 9999;

/** No time counts from `from` until `to`; without an end the pause goes on. Moments are milliseconds since 1970. */
export type Pause = { from: number; to: number | null };
type EndedPause<Given extends Pause> = Omit<Given, 'to'> & { to: number };

/** The pauses from `start` on, in order, overlapping ones as one; an open one ends at Infinity. */
export function orderedPauses<Given extends Pause>(pauses: readonly Given[], start: number): EndedPause<Given>[] {
  const ordered: EndedPause<Given>[] = [];
  const clipped = pauses
    .map((pause) => ({ ...pause, from: Math.max(pause.from, start), to: pause.to ?? Infinity }))
    .filter(({ from, to }) => to > from)
    .sort((one, other) => one.from - other.from);
  for (const pause of clipped) {
    const last = ordered[ordered.length - 1];
    if (last && pause.from <= last.to) last.to = Math.max(last.to, pause.to);
    else ordered.push(pause);
  }
  return ordered;
}

/** Milliseconds of work in the block before the moment. */
function workedBefore(block: Block, moment: number): number {
  const at = lastStarted(block, moment);
  if (at < 0) return 0;
  return block.before[at]! + Math.min(moment, block.ends[at]!) - block.starts[at]!;
}

function workBetween(calendar: WorkCalendar, start: number, end: number): number {
  if (end <= start) return 0;
  const [first, last] = [yearOf(start), yearOf(end)];
  let worked = -workedBefore(calendar.block(first), start);
  for (let year = first; year < last; year++) worked += calendar.block(year).total;
  return worked + workedBefore(calendar.block(last), end);
}

/** The instant at which `target` milliseconds of work of the block are done; 0 < target <= total. */
function momentOf({ starts, before }: Block, target: number): number {
  let [low, high] = [0, before.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before[middle]! < target) low = middle + 1;
    else high = middle;
  }
  return starts[low - 1]! + target - before[low - 1]!;
}

function workUntilDone(calendar: WorkCalendar, start: number, work: number): number | null {
  if (work <= 0) return start;
  const first = yearOf(start);
  let target = workedBefore(calendar.block(first), start) + work;
  for (let year = first; year <= Math.min(first + HORIZON_YEARS, LAST_YEAR); year++) {
    const block = calendar.block(year);
    if (target <= block.total) return momentOf(block, target);
    target -= block.total;
  }
  return null;
}

/**
 * The first instant by which so many seconds of work have passed since `start`: no work is done at the start itself, a last second
 * that ends with the shift is done at closing. Null when that never happens.
 */
export function due(
  calendar: WorkCalendar,
  start: number,
  seconds: number,
  pauses: readonly Pause[] = [],
): number | null {
  let remaining = Math.max(0, seconds * SECOND);
  let at = start;
  if (remaining === 0 || pauses.length === 0) return workUntilDone(calendar, start, remaining);
  for (const pause of orderedPauses(pauses, start)) {
    const done = workUntilDone(calendar, at, remaining);
    if (done === null || done <= pause.from) return done;
    if (pause.to === Infinity) return null;
    remaining -= workBetween(calendar, at, pause.from);
    at = pause.to;
  }
  return workUntilDone(calendar, at, remaining);
}

/** Seconds of work between two moments, pauses left out; 0 when the end is not after the start. Exact to the millisecond. */
export function elapsed(calendar: WorkCalendar, start: number, end: number, pauses: readonly Pause[] = []): number {
  let worked = workBetween(calendar, start, end);
  if (pauses.length) {
    for (const { from, to } of orderedPauses(pauses, start)) worked -= workBetween(calendar, from, Math.min(to, end));
  }
  return worked / SECOND;
}

/** Whether the moment is working time; an interval's end is not. */
export function isOpen(calendar: WorkCalendar, moment: number): boolean {
  const block = calendar.block(yearOf(moment));
  const at = lastStarted(block, moment);
  return at >= 0 && moment < block.ends[at]!;
}

/** The working time between two moments as stretches of real time, in order. */
export function openings(calendar: WorkCalendar, from: number, to: number): { from: number; to: number }[] {
  const open: { from: number; to: number }[] = [];
  for (let year = yearOf(from); to > from && year <= yearOf(to); year++) {
    const { starts, ends } = calendar.block(year);
    for (let at = Math.max(0, lastStarted(calendar.block(year), from)); at < starts.length && starts[at]! < to; at++) {
      const span = { from: Math.max(from, starts[at]!), to: Math.min(to, ends[at]!) };
      const last = open.at(-1);
      if (span.to <= span.from) continue;
      // A shift over New Year lies in two blocks.
      if (last && last.to === span.from) last.to = span.to;
      else open.push(span);
    }
  }
  return open;
}
