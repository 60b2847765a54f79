import { type ClosedReason, openBetween, type WorkCalendar } from './work-calendar-blocks';
import { elapsed, orderedPauses, type Pause } from './work-time';

const SECOND = 1000;
const WEEK = 7 * 86_400_000;
/** A longer story is cut: the rest is told as one segment. */
const MAX_SEGMENTS = 5000;

export const SEGMENT_KINDS = ['working', 'closed', 'holiday', 'pause', 'change', 'rest'] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number];

/** A stretch of the way from the start to the deadline. Segments follow each other without holes; a change takes no time. */
export type Segment = {
  from: number;
  /** Null: it goes on without an end. */
  to: number | null;
  kind: SegmentKind;
  /** Why it is closed; `never`: it does not open any more. Of a change `rules`: another policy, not other hours. */
  reason: ClosedReason | 'never' | 'rules' | null;
  /** Closed at the object, while the provider works. */
  isObject: boolean;
  /** What the caller said about the pause or the change. */
  note: string | null;
  seconds: number;
  /** Of them, working time that counts. */
  countedSeconds: number;
  /** Still to be worked at the end of the segment; null when there is no target. */
  remainingSeconds: number | null;
};

export type NotedPause = Pause & { note?: string };
export type NotedChange = { at: number; note?: string; reason?: 'rules' | null };

/** From `start` to `end`; without an end the way leads nowhere. `seconds` is the target. */
export type Span = {
  start: number;
  end: number | null;
  seconds?: number;
  pauses?: readonly NotedPause[];
  changes?: readonly NotedChange[];
};

const CLOSED_KINDS: Record<ClosedReason, SegmentKind> = {
  outside_hours: 'closed',
  break: 'closed',
  day_off: 'closed',
  shortened: 'closed',
  holiday: 'holiday',
  exception: 'holiday',
};

class Story {
  readonly segments: Segment[] = [];
  private counted = 0;

  constructor(
    private readonly calendar: WorkCalendar,
    private readonly span: Span,
  ) {}

  add(from: number, to: number | null, kind: SegmentKind, more: Partial<Segment> = {}): void {
    const seconds = to === null ? 0 : (to - from) / SECOND;
    if (seconds === 0 && to !== null && kind !== 'change') return;
    const countedSeconds = more.countedSeconds ?? (kind === 'working' ? seconds : 0);
    this.counted += countedSeconds * SECOND;
    const last = this.segments[this.segments.length - 1];
    const target = this.span.seconds;
    const remainingSeconds = target === undefined ? null : Math.max(0, target * SECOND - this.counted) / SECOND;
    if (last && last.kind === 'working' && kind === 'working' && last.to === from) {
      // A year of UTC ends inside a shift: nobody who reads the story cares.
      Object.assign(last, { to, remainingSeconds });
      last.seconds = last.countedSeconds = (to! - last.from) / SECOND;
      return;
    }
    this.segments.push({
      from,
      to,
      kind,
      reason: null,
      isObject: false,
      note: null,
      ...more,
      seconds,
      countedSeconds,
      remainingSeconds,
    });
  }

  /** Open and closed hours between two moments. Says where it stopped because the story became too long. */
  hours(from: number, to: number): number {
    let at = from;
    for (const open of openBetween(this.calendar, from, to)) {
      at = this.closed(at, open.from);
      if (at < open.from || this.isFull) return at;
      this.add(open.from, open.to, 'working');
      at = open.to;
    }
    return this.closed(at, to);
  }

  pause(from: number, to: number, note: string | undefined): number {
    if (this.isFull) return from;
    this.add(from, to, 'pause', { note: note ?? null });
    return to;
  }

  private get isFull(): boolean {
    return this.segments.length >= MAX_SEGMENTS;
  }

  private closed(from: number, to: number): number {
    if (from >= to) return from;
    for (const { reason, isObject, ...closure } of this.calendar.closures(from, to)) {
      if (this.isFull) return closure.from;
      this.add(closure.from, closure.to, CLOSED_KINDS[reason], { reason, isObject });
    }
    return to;
  }
}

type Part = { from: number; to: number; pause?: { note?: string } };

/** The way cut at the ends of pauses and at changes. */
function partsOf(start: number, end: number, pauses: readonly NotedPause[], changes: readonly NotedChange[]): Part[] {
  const stretches: Part[] = [];
  let at = start;
  for (const pause of orderedPauses(pauses, start)) {
    if (pause.from >= end) break;
    stretches.push({ from: at, to: pause.from }, { from: pause.from, to: Math.min(pause.to, end), pause });
    at = Math.min(pause.to, end);
  }
  stretches.push({ from: at, to: end });
  const cuts = changes.map((change) => change.at);
  return stretches.flatMap((part) => {
    const marks = [part.from, ...cuts.filter((cut) => cut > part.from && cut < part.to), part.to];
    return marks.slice(1).map((to, index) => ({ ...part, from: marks[index]!, to }));
  });
}

/** Where the story of something that never ends stops: at the open pause, else after a week of waiting. */
function lastMoment({ start, pauses = [], changes = [] }: Span): number {
  const ordered = orderedPauses(pauses, start);
  const open = ordered.find(({ to }) => to === Infinity);
  const known = [start, ...changes.map(({ at }) => at), ...ordered.flatMap(({ to }) => (to === Infinity ? [] : [to]))];
  return open ? open.from : Math.max(...known.filter(Number.isFinite)) + WEEK;
}

function mark(story: Story, changes: readonly NotedChange[], from: number, to: number, isLast: boolean): void {
  for (const { at, note, reason } of changes)
    if (at >= from && (at < to || (isLast && at === to)))
      story.add(at, at, 'change', { note: note ?? null, reason: reason ?? null });
}

/**
 * «Why is it due at 14:37»: everything between the start and the end, in order. The seconds add up to the plain time between
 * the two, the counted ones to the working time.
 */
export function explainSpan(calendar: WorkCalendar, span: Span): Segment[] {
  const { start, pauses = [] } = span;
  const end = span.end ?? lastMoment(span);
  const changes = (span.changes ?? []).map((change) => ({ ...change, at: Math.max(change.at, start) }));
  changes.sort((one, other) => one.at - other.at);
  const story = new Story(calendar, span);
  const parts = partsOf(start, end, pauses, changes);
  for (const { from, to, pause } of parts) {
    mark(story, changes, from, to, false);
    const until = pause ? story.pause(from, to, pause.note) : story.hours(from, to);
    if (until < to) {
      story.add(until, end, 'rest', { countedSeconds: elapsed(calendar, until, end, pauses) });
      return story.segments;
    }
  }
  mark(story, changes, end, end, true);
  if (span.end === null) endless(story, end, span);
  return story.segments;
}

function endless(story: Story, at: number, { start, pauses = [] }: Span): void {
  const open = pauses.find(({ from, to }) => to === null && Math.max(from, start) <= at);
  if (open) story.add(at, null, 'pause', { note: open.note ?? null });
  else story.add(at, null, 'closed', { reason: 'never' });
}
