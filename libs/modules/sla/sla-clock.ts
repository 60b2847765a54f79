/**
 * A clock is a list of facts. Everything it shows is computed from them anew, each time; nothing is ever added up in storage.
 * Moments are milliseconds since 1970, lengths of time are seconds.
 */
import { due, elapsed, switchCalendar, type WorkCalendar } from './work-time';

export const CLOCK_STATES = ['running', 'paused', 'met', 'breached', 'stopped'] as const;
/** `stopped`: given up without a result, because nobody waits for it any more. `breached` may still be running. */
export type ClockState = (typeof CLOCK_STATES)[number];

export type ClockFact =
  | { at: number; kind: 'start'; seconds: number; calendar: WorkCalendar }
  /** Several reasons may hold a clock at once; it runs again when the last one is gone. */
  | { at: number; kind: 'pause'; reason: string }
  | { at: number; kind: 'resume'; reason: string }
  | { at: number; kind: 'stop' }
  /** Nobody waits any more: the run ends without a result, unless it is already late. */
  | { at: number; kind: 'drop' }
  /** The stop was not the end: what lay between does not count. */
  | { at: number; kind: 'reopen' }
  | { at: number; kind: 'policy'; mode: 'recount' | 'from_change'; seconds: number; calendar: WorkCalendar }
  | { at: number; kind: 'calendar'; mode: 'from_now_on' | 'recalculate'; calendar: WorkCalendar };

/** A stretch in which the clock stands, and why. */
export type ClockPause = { from: number; to: number | null; reason: string };

/** What the facts come to. */
export type ClockRun = {
  startAt: number;
  /** From when the target counts: later than the start after a change of rules «from the change on». */
  originAt: number;
  seconds: number;
  calendar: WorkCalendar;
  pauses: ClockPause[];
  stopAt: number | null;
  isDropped: boolean;
  /** When the rules changed: another policy, or other hours. */
  changes: { at: number; kind: 'policy' | 'calendar' }[];
};

export type Clock = {
  state: ClockState;
  startAt: number;
  originAt: number;
  seconds: number;
  /** Null while the clock stands, and when the working hours never come. */
  dueAt: number | null;
  stoppedAt: number | null;
  breachedAt: number | null;
  pausedSince: number | null;
  pauseReason: string | null;
  /** Working time that has counted. */
  elapsedSeconds: number;
  /** Plain time since the start. */
  calendarSeconds: number;
  /** Plain time in which the clock stood. */
  pausedSeconds: number;
  /** Working time left; negative when late. */
  remainingSeconds: number;
};

/** Reasons that stand in for the time between a stop and a reopening. */
export const STOPPED_REASON = 'solved';

const inOrder = (facts: readonly ClockFact[]): ClockFact[] =>
  facts
    .map((fact, index) => ({ fact, index }))
    .sort((a, b) => a.fact.at - b.fact.at || a.index - b.index)
    .map(({ fact }) => fact);

/** Folds the facts into a run; undefined before the start. */
export function runOf(facts: readonly ClockFact[]): ClockRun | undefined {
  let run: ClockRun | undefined;
  const holding = new Set<string>();
  const ordered = inOrder(facts);
  for (const fact of ordered) {
    if (fact.kind === 'start') {
      run ??= {
        startAt: fact.at,
        originAt: fact.at,
        seconds: fact.seconds,
        calendar: fact.calendar,
        pauses: [],
        stopAt: null,
        isDropped: false,
        changes: [],
      };
    } else if (run) {
      const { stopAt } = run;
      take(run, fact, holding);
      if (fact.kind === 'reopen' && stopAt !== null) meetHours(run, ordered, stopAt, fact.at);
    }
  }
  return run;
}

/** Hours that changed while the run was over count for what is left of it. */
function meetHours(run: ClockRun, facts: readonly ClockFact[], after: number, until: number): void {
  for (const fact of facts) if (fact.kind === 'calendar' && fact.at > after && fact.at <= until) change(run, fact);
}

function take(run: ClockRun, fact: Exclude<ClockFact, { kind: 'start' }>, holding: Set<string>): void {
  switch (fact.kind) {
    case 'pause':
      if (!holding.size && run.stopAt === null) run.pauses.push({ from: fact.at, to: null, reason: fact.reason });
      holding.add(fact.reason);
      return;
    case 'resume':
      if (holding.delete(fact.reason)) release(run, fact.at, fact.reason, holding);
      return;
    case 'stop':
    case 'drop':
      if (run.stopAt !== null) return;
      run.stopAt = fact.at;
      run.isDropped = fact.kind === 'drop';
      closePause(run, fact.at);
      return;
    case 'reopen':
      if (run.stopAt === null) return;
      run.pauses.push({ from: run.stopAt, to: fact.at, reason: STOPPED_REASON });
      Object.assign(run, { stopAt: null, isDropped: false });
      if (holding.size) run.pauses.push({ from: fact.at, to: null, reason: [...holding][0]! });
      return;
    default:
      change(run, fact);
  }
}

/** The reason that was shown is gone: the next one holds the clock from here on, or it runs. */
function release(run: ClockRun, at: number, reason: string, holding: Set<string>): void {
  const last = run.pauses[run.pauses.length - 1];
  if (!last || last.to !== null || (holding.size && last.reason !== reason)) return;
  last.to = at;
  if (holding.size) run.pauses.push({ from: at, to: null, reason: [...holding][0]! });
}

function closePause(run: ClockRun, at: number): void {
  const last = run.pauses[run.pauses.length - 1];
  if (last && last.to === null) last.to = at;
}

function change(run: ClockRun, fact: Extract<ClockFact, { kind: 'policy' | 'calendar' }>): void {
  // What is over stays as it was judged.
  if (run.stopAt !== null && fact.mode !== 'recount') return;
  run.changes.push({ at: fact.at, kind: fact.kind });
  if (fact.kind === 'policy') {
    run.seconds = fact.seconds;
    run.calendar = fact.calendar;
    if (fact.mode === 'from_change') run.originAt = fact.at;
    return;
  }
  run.calendar = fact.mode === 'recalculate' ? fact.calendar : switchCalendar(run.calendar, fact.at, fact.calendar);
}

/** The moment by which so many seconds have counted; null while that cannot be said. */
export const momentOf = (run: ClockRun, seconds: number): number | null =>
  due(run.calendar, run.originAt, seconds, run.pauses);

/** The clock at a moment. Seconds are exact to the millisecond; whoever shows them rounds down. */
export function clockAt(run: ClockRun, now: number): Clock {
  const end = run.stopAt ?? now;
  const dueAt = momentOf(run, run.seconds);
  const isLate = dueAt !== null && end > dueAt;
  const pause = run.stopAt === null ? run.pauses.find(({ to }) => to === null) : undefined;
  const worked = elapsed(run.calendar, run.originAt, end, run.pauses);
  return {
    state: isLate ? 'breached' : run.isDropped ? 'stopped' : run.stopAt !== null ? 'met' : pause ? 'paused' : 'running',
    startAt: run.startAt,
    originAt: run.originAt,
    seconds: run.seconds,
    dueAt,
    stoppedAt: run.stopAt,
    breachedAt: isLate ? dueAt : null,
    pausedSince: pause?.from ?? null,
    pauseReason: pause?.reason ?? null,
    elapsedSeconds: worked,
    calendarSeconds: Math.max(0, end - run.startAt) / 1000,
    pausedSeconds: pausedBetween(run, end) / 1000,
    remainingSeconds: run.seconds - worked,
  };
}

function pausedBetween({ pauses, startAt }: ClockRun, end: number): number {
  return pauses.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to ?? end, end) - Math.max(from, startAt)), 0);
}

/** Something that must be told at a moment of the clock: a share of the time, so much before its end, the end itself. */
export type Threshold = { percent: number } | { beforeSeconds: number };
export type ClockMoment = { name: string; at: number };
export const BREACH = 'breach';

/** `75%`, `-900`: how a threshold is called in storage and events. */
export const nameOf = (threshold: Threshold): string =>
  'percent' in threshold ? `${threshold.percent}%` : `-${threshold.beforeSeconds}`;

/**
 * When each threshold is reached, in order. «Before» is working time, like the target: what is left of it. Thresholds that the clock
 * cannot reach as things stand (it pauses, or was stopped earlier) are left out; a stop at the very moment of the end is in time.
 */
export function momentsOf(run: ClockRun, thresholds: readonly Threshold[]): ClockMoment[] {
  const asked = thresholds.map((threshold) => ({
    name: nameOf(threshold),
    seconds: 'percent' in threshold ? (run.seconds * threshold.percent) / 100 : run.seconds - threshold.beforeSeconds,
  }));
  return [...asked, { name: BREACH, seconds: run.seconds }]
    .filter(({ seconds }) => seconds > 0 || run.seconds === 0)
    .map(({ name, seconds }) => ({ name, at: momentOf(run, seconds) }))
    .filter((moment): moment is ClockMoment => moment.at !== null && (run.stopAt === null || moment.at < run.stopAt))
    .sort((a, b) => a.at - b.at);
}
