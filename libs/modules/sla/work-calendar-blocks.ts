import { type CalendarDefinition, dayRules, type DayRules, type HolidayDays } from './work-day';
import { offsetSpans, startOfYear, yearOf } from './zone-offsets';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The working time of one year of UTC: intervals [start, end) in order, with the work done before each of them. */
export type Block = {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Milliseconds of work in the year before the interval begins. */
  readonly before: Float64Array;
  /** Milliseconds of work in the whole year. */
  readonly total: number;
};

/** Why it is no working time. */
export type ClosedReason = 'outside_hours' | 'break' | 'day_off' | 'holiday' | 'exception' | 'shortened';
/** A stretch without work; `isObject` when it is the object that is closed. */
export type Closure = { from: number; to: number; reason: ClosedReason; isObject: boolean };

/** Working time as intervals of real time, computed a year at a time and kept. */
export type WorkCalendar = {
  /** The intervals of a year of UTC. */
  block(year: number): Block;
  /** The reasons of a stretch in which nothing is open, in order and without holes. */
  closures(from: number, to: number): Closure[];
};

type Spans = { starts: number[]; ends: number[] };

/** Adds an interval that begins not before the last one; touching ones grow together. */
function push({ starts, ends }: Spans, from: number, to: number): void {
  if (to <= from) return;
  const last = ends.length - 1;
  if (last >= 0 && from <= ends[last]!) ends[last] = Math.max(ends[last]!, to);
  else {
    starts.push(from);
    ends.push(to);
  }
}

function toBlock({ starts, ends }: Spans): Block {
  const before = new Float64Array(starts.length);
  let total = 0;
  for (let at = 0; at < starts.length; at++) {
    before[at] = total;
    total += ends[at]! - starts[at]!;
  }
  return { starts: Float64Array.from(starts), ends: Float64Array.from(ends), before, total };
}

/** Shifts of the year as stretches of the wall clock, which is counted as if it were UTC. */
function wallSpans(rules: DayRules, year: number): Spans {
  const spans: Spans = { starts: [], ends: [] };
  const all: [number, number][] = [];
  const last = startOfYear(year + 1) / DAY + 2;
  for (let day = startOfYear(year) / DAY - 3; day < last; day++) {
    for (const { from, to } of rules(day).shifts) all.push([day * DAY + from * MINUTE, day * DAY + to * MINUTE]);
  }
  all.sort((one, other) => one[0] - other[0]);
  for (const [from, to] of all) push(spans, from, to);
  return spans;
}

/**
 * A moment is working time when its wall clock lies in a shift. Between two changes of the zone's offset the wall clock is UTC moved
 * by a constant, so every such span takes the same wall-clock stretches: an hour that happens twice is met twice, a skipped one never.
 */
function compileBlock(rules: DayRules, zone: string, year: number): Block {
  const wall = wallSpans(rules, year);
  const spans: Spans = { starts: [], ends: [] };
  if (!wall.starts.length) return toBlock(spans);
  for (const { from, to, offset } of offsetSpans(zone, year)) {
    for (let at = 0; at < wall.starts.length; at++) {
      const [start, end] = [wall.starts[at]! - offset, wall.ends[at]! - offset];
      if (end > from && start < to) push(spans, Math.max(start, from), Math.min(end, to));
    }
  }
  return toBlock(spans);
}

function kept(build: (year: number) => Block): (year: number) => Block {
  const blocks = new Map<number, Block>();
  return (year) => {
    let block = blocks.get(year);
    if (!block) blocks.set(year, (block = build(year)));
    return block;
  };
}

function reasonOf(rules: DayRules, wall: number): { reason: ClosedReason; until: number } {
  const day = Math.floor(wall / DAY);
  const { shifts, source, kind } = rules(day);
  const midnight = (day + 1) * DAY;
  if (!shifts.length) {
    const reason = source === 'week' ? 'day_off' : source === 'holiday' && kind === 'off' ? 'holiday' : 'exception';
    return { reason, until: midnight };
  }
  const minute = (wall - day * DAY) / MINUTE;
  const first = shifts[0]!;
  if (minute < first.from)
    return { reason: 'outside_hours', until: Math.min(midnight, day * DAY + first.from * MINUTE) };
  const next = shifts.find(({ from }) => from > minute);
  if (next) return { reason: 'break', until: day * DAY + next.from * MINUTE };
  return { reason: kind === 'short' ? 'shortened' : 'outside_hours', until: midnight };
}

/** Adds a closure; the same reason right after itself is one closure. */
function addClosure(closures: Closure[], next: Closure): void {
  const last = closures[closures.length - 1];
  if (last && last.reason === next.reason && last.isObject === next.isObject) last.to = next.to;
  else closures.push(next);
}

function closuresOf(rules: DayRules, zone: string, from: number, to: number): Closure[] {
  const closures: Closure[] = [];
  let at = from;
  while (at < to) {
    const moment = at;
    const span = offsetSpans(zone, yearOf(at)).find((span) => span.to > moment)!;
    const { reason, until } = reasonOf(rules, at + span.offset);
    const end = Math.min(until - span.offset, span.to, to);
    addClosure(closures, { from: at, to: end, reason, isObject: false });
    at = end;
  }
  return closures;
}

/** Turns the description of a calendar into intervals of real time. The description must be valid. */
export function compileCalendar(definition: CalendarDefinition, holidays: HolidayDays | null = null): WorkCalendar {
  const rules = dayRules(definition, definition.holidays ? holidays : null);
  const zone = definition.timeZone;
  return {
    block: kept((year) => compileBlock(rules, zone, year)),
    closures: (from, to) => closuresOf(rules, zone, from, to),
  };
}

/** The position of the last interval that begins at or before the moment; -1 when there is none. */
export function lastStarted({ starts }: Block, moment: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The open intervals between two moments, in order. */
export function* openBetween(
  calendar: WorkCalendar,
  from: number,
  to: number,
): Generator<{ from: number; to: number }> {
  if (to <= from) return;
  for (let year = yearOf(from); year <= yearOf(to); year++) {
    const block = calendar.block(year);
    for (let at = Math.max(0, lastStarted(block, from)); at < block.starts.length; at++) {
      const [start, end] = [Math.max(block.starts[at]!, from), Math.min(block.ends[at]!, to)];
      if (block.starts[at]! >= to) return;
      if (end > start) yield { from: start, to: end };
    }
  }
}

function intersectBlocks(one: Block, other: Block): Block {
  const spans: Spans = { starts: [], ends: [] };
  for (let left = 0, right = 0; left < one.starts.length && right < other.starts.length;) {
    push(spans, Math.max(one.starts[left]!, other.starts[right]!), Math.min(one.ends[left]!, other.ends[right]!));
    if (one.ends[left]! < other.ends[right]!) left++;
    else right++;
  }
  return toBlock(spans);
}

/** Working time of both: the provider works and the object is open. */
export function intersectCalendars(own: WorkCalendar, object: WorkCalendar): WorkCalendar {
  return {
    block: kept((year) => intersectBlocks(own.block(year), object.block(year))),
    closures: (from, to) => {
      const closures: Closure[] = [];
      let at = from;
      const closedAtObject = (start: number, end: number) =>
        object.closures(start, end).forEach((closure) => addClosure(closures, { ...closure, isObject: true }));
      for (const open of openBetween(own, from, to)) {
        if (open.from > at) own.closures(at, open.from).forEach((closure) => addClosure(closures, closure));
        closedAtObject(open.from, open.to);
        at = open.to;
      }
      if (at < to) own.closures(at, to).forEach((closure) => addClosure(closures, closure));
      return closures;
    },
  };
}

function joinBlocks(before: Block, at: number, after: Block): Block {
  const spans: Spans = { starts: [], ends: [] };
  before.starts.forEach((start, index) => push(spans, start, Math.min(before.ends[index]!, at)));
  after.starts.forEach((start, index) => push(spans, Math.max(start, at), after.ends[index]!));
  return toBlock(spans);
}

/** One calendar until the moment, another one from it on. */
export function switchCalendar(before: WorkCalendar, at: number, after: WorkCalendar): WorkCalendar {
  const year = yearOf(at);
  return {
    block: kept((asked) =>
      asked === year
        ? joinBlocks(before.block(year), at, after.block(year))
        : (asked < year ? before : after).block(asked),
    ),
    closures: (from, to) => [
      ...(from < at ? before.closures(from, Math.min(at, to)) : []),
      ...(to > at ? after.closures(Math.max(at, from), to) : []),
    ],
  };
}
