/** From a ticket's story and what SLA decided about it to the runs of its clocks. Pure. */
import { type ClockFact, type ClockRun, runOf, type Threshold } from './sla-clock';
import {
  chaptersOf,
  type Chapter,
  type Cycle,
  cyclesOf,
  factsOf,
  type MetricRule,
  type SlaMetric,
  type Story,
} from './sla-story';
import type { SlaEscalation } from './sla-policy.entity';
import type { WorkCalendar } from './work-time';

/** What a policy promises about one metric. */
export type MetricPromise = MetricRule & {
  seconds: number;
  calendarId?: string | null;
  warnings: readonly Threshold[];
  escalateTo?: readonly SlaEscalation[];
};
/** A policy as one of its versions says. */
export type Promises = {
  id: string;
  name: string;
  version: number;
  calendarId: string;
  objectCalendarMode: 'ignore' | 'intersect';
  metrics: readonly MetricPromise[];
};

/** A calendar as it was in one of its versions. */
export type CalendarKey = { id: string; version: number };
/** Which version of each calendar counts, and the object's own calendar. */
export type Calendars = { versions: Readonly<Record<string, number>>; object: CalendarKey | null };

export const BINDING_MODES = ['start', 'keep', 'recount', 'from_change', 'retro'] as const;
/**
 * `start`: from the registration on. `keep`: another policy fits, the old one goes on. `recount`: what still runs is counted from its
 * beginning by the new one. `from_change`: the new promise counts from the change. `retro`: also what is over is judged anew.
 */
export type BindingMode = (typeof BINDING_MODES)[number];
export type Binding = Calendars & { at: number; policyId: string | null; version: number; mode: BindingMode };
export type CalendarChange = Calendars & { at: number; mode: 'from_now_on' | 'recalculate' };
export type Decisions = { bindings: readonly Binding[]; calendarChanges: readonly CalendarChange[] };

export type Rules = {
  promises(policyId: string, version: number): Promises | undefined;
  /** Working time of the calendar, within that of the object where there is one. */
  calendar(own: CalendarKey, object: CalendarKey | null): WorkCalendar;
};

export type TimedRun = {
  metric: SlaMetric;
  cycle: number;
  policyId: string;
  policyVersion: number;
  policyName: string;
  promise: MetricPromise;
  run: ClockRun;
};

type Level = { binding: Binding; runs: Map<number, TimedRun> };

/** Every run of every metric the ticket is or was promised. */
export function runsOf(story: Story, { bindings, calendarChanges }: Decisions, rules: Rules): TimedRun[] {
  const kept = bindings.filter(({ mode }) => mode !== 'keep');
  if (!kept.length) return [];
  const chapters = chaptersOf(story);
  const metrics = new Set(
    kept.flatMap((binding) => promisesOf(binding, rules)?.metrics.map(({ metric }) => metric) ?? []),
  );
  return [...metrics].flatMap((metric) => {
    const levels = kept.map((binding, index): Level => ({
      binding,
      runs: runsBy(metric, kept.slice(0, index + 1), { story, chapters, calendarChanges, rules }),
    }));
    const cycles = [...new Set(levels.flatMap(({ runs }) => [...runs.keys()]))].sort((a, b) => a - b);
    return cycles.flatMap((cycle) => judged(levels, cycle) ?? []);
  });
}

const promisesOf = ({ policyId, version }: Binding, rules: Rules): Promises | undefined =>
  policyId === null ? undefined : rules.promises(policyId, version);

/** What was over before the rules changed is judged by the rules it ran under, unless it is judged anew on purpose. */
function judged(levels: readonly Level[], cycle: number): TimedRun | undefined {
  for (let index = levels.length - 1; index >= 0; index--) {
    const { binding, runs } = levels[index]!;
    const timed = runs.get(cycle);
    const isNewest = index === levels.length - 1;
    if (timed && !isNewest && !isOverBefore(timed, levels[index + 1]!.binding.at)) return undefined;
    if (binding.mode === 'retro' || binding.mode === 'start') return timed;
    if (timed && !isOverBefore(timed, binding.at)) return timed;
  }
  return undefined;
}

const isOverBefore = ({ run }: TimedRun, at: number): boolean => run.stopAt !== null && run.stopAt < at;

type Ground = { story: Story; chapters: readonly Chapter[]; calendarChanges: readonly CalendarChange[]; rules: Rules };

/** The runs of a metric as the last of these bindings has them counted. */
function runsBy(metric: SlaMetric, bindings: readonly Binding[], ground: Ground): Map<number, TimedRun> {
  const promises = promisesOf(bindings[bindings.length - 1]!, ground.rules);
  const runs = new Map<number, TimedRun>();
  for (const promise of promises?.metrics ?? []) {
    if (!promises || promise.metric !== metric) continue;
    for (const cycle of cyclesOf(promise, ground.story, ground.chapters)) {
      const facts = [...ruleFacts(metric, bindings, cycle, ground), ...factsOf(promise, cycle, ground.chapters)];
      const run = runOf(facts);
      const { id: policyId, version: policyVersion, name: policyName } = promises;
      if (run) runs.set(cycle.cycle, { metric, cycle: cycle.cycle, policyId, policyVersion, policyName, promise, run });
    }
  }
  return runs;
}

/** The promise about a run: a policy may limit each status on its own. */
const promiseAbout = ({ metrics }: Promises, metric: SlaMetric, { statusId }: Cycle): MetricPromise | undefined =>
  metrics.find(
    (promise) =>
      promise.metric === metric && (!statusId || !promise.statusIds?.length || promise.statusIds.includes(statusId)),
  );

/** The start of the run and every change of its rules that reached it. */
function ruleFacts(metric: SlaMetric, bindings: readonly Binding[], cycle: Cycle, ground: Ground): ClockFact[] {
  const { startAt } = cycle;
  const base = bindings.findLastIndex(({ mode }) => mode !== 'from_change');
  const facts: ClockFact[] = [];
  bindings.slice(Math.max(0, base)).forEach((binding, index, effective) => {
    const promises = promisesOf(binding, ground.rules);
    const promise = promises && promiseAbout(promises, metric, cycle);
    if (!promises || !promise) return;
    const { seconds } = promise;
    const calendar = calendarOf(promises, promise, binding, ground.rules);
    if (!facts.length) facts.push({ at: startAt, kind: 'start', seconds, calendar });
    if (binding.at > startAt && binding.mode !== 'start')
      facts.push({
        at: binding.at,
        kind: 'policy',
        mode: binding.mode === 'from_change' ? 'from_change' : 'recount',
        seconds,
        calendar,
      });
    const until = effective[index + 1]?.at ?? Infinity;
    facts.push(...calendarFacts(promises, promise, binding, until, startAt, ground));
  });
  return facts;
}

function calendarFacts(
  promises: Promises,
  promise: MetricPromise,
  binding: Binding,
  until: number,
  startAt: number,
  { calendarChanges, rules }: Ground,
): ClockFact[] {
  let known = keyOf(promises, promise, binding);
  const facts: ClockFact[] = [];
  for (const change of calendarChanges.filter(({ at }) => at > binding.at && at <= until)) {
    const next = keyOf(promises, promise, change);
    if (JSON.stringify(next) === JSON.stringify(known)) continue;
    known = next;
    // Before its start the run knows only the newest hours.
    const at = Math.max(change.at, startAt);
    const mode = change.at <= startAt ? 'recalculate' : change.mode;
    facts.push({ at, kind: 'calendar', mode, calendar: rules.calendar(next.own, next.object) });
  }
  return facts;
}

type Keys = { own: CalendarKey; object: CalendarKey | null };
function keyOf(promises: Promises, { calendarId }: MetricPromise, { versions, object }: Calendars): Keys {
  const id = calendarId ?? promises.calendarId;
  return {
    own: { id, version: versions[id] ?? 1 },
    object: promises.objectCalendarMode === 'intersect' ? object : null,
  };
}

function calendarOf(promises: Promises, promise: MetricPromise, calendars: Calendars, rules: Rules): WorkCalendar {
  const { own, object } = keyOf(promises, promise, calendars);
  return rules.calendar(own, object);
}

/** Calendars a policy counts by. */
export const calendarIdsOf = ({ calendarId, metrics }: Pick<Promises, 'calendarId' | 'metrics'>): string[] => [
  ...new Set([calendarId, ...metrics.flatMap((metric) => metric.calendarId ?? [])]),
];
