/** Rows to be written for a ticket whose clocks were computed. Pure. */
import { newId } from '@opora/platform/db';
import type { Locale } from '@opora/platform/context';
import { text } from '@opora/platform/i18n';
import { BREACH, type Clock, clockAt, type ClockMoment, momentsOf } from './sla-clock';
import { endOf } from './sla-ownership';
import { chaptersOf, type Chapter, type Story } from './sla-story';
import type { SlaTicketRow } from './sla-tickets.query';
import type { TimedRun } from './sla-timeline';
import type { ClockView, SlaRowView } from './ticket-sla.views';

const MAX_INT = 2_147_483_647;
/** The date a person promised instead of the computed one has passed. */
export const MANUAL = 'manual';

export type Computed = TimedRun & { id: string; clock: Clock; moments: ClockMoment[]; thresholds: ClockMoment[] };

const iso = (moment: number | null): string | null => (moment === null ? null : new Date(moment).toISOString());
const whole = (seconds: number): number => Math.min(MAX_INT, Math.floor(seconds));

/** The state of every run at a moment, and what is still to be told about it. */
export function computedOf(row: SlaTicketRow, runs: readonly TimedRun[], now: number): Computed[] {
  return runs.map((timed) => {
    const id = row.clocks.find(({ metric, cycle }) => metric === timed.metric && cycle === timed.cycle)?.id ?? newId();
    const thresholds = momentsOf(timed.run, timed.promise.warnings);
    const all = [...thresholds, ...manualMoment(row, timed)].sort((a, b) => a.at - b.at);
    // Told is told, unless the moment has moved behind the telling: that is a new promise.
    const isTold = ({ name, at }: ClockMoment): boolean =>
      row.told.some(({ clockId, threshold, firedAt }) => clockId === id && threshold === name && at <= firedAt);
    return {
      ...timed,
      id,
      clock: clockAt(timed.run, now),
      thresholds,
      moments: all.filter((moment) => !isTold(moment)),
    };
  });
}

const manualMoment = ({ deadlineAt }: SlaTicketRow, { metric, run }: TimedRun): ClockMoment[] =>
  metric === 'resolution' && deadlineAt !== null && run.stopAt === null && deadlineAt > run.startAt
    ? [{ name: MANUAL, at: deadlineAt }]
    : [];

/** Who had the ticket at a moment. */
const ownersAt = (chapters: readonly Chapter[], moment: number) =>
  (chapters.findLast(({ from }) => from < moment) ?? chapters[0]!).state;

export function clockRows(row: SlaTicketRow, story: Story, computed: readonly Computed[]): object[] {
  const chapters = chaptersOf(story);
  const end = endOf(chapters, Infinity);
  return computed.map(({ id, metric, cycle, policyId, policyVersion, clock, moments }) => {
    const { stoppedAt, breachedAt, state } = clock;
    const isOver = stoppedAt !== null;
    const owner = isOver ? ownersAt(chapters, Math.min(stoppedAt, end)) : null;
    return {
      id,
      ticketId: row.id,
      metric,
      cycle,
      policyId,
      policyVersion,
      state,
      targetSeconds: clock.seconds,
      startAt: iso(clock.startAt),
      originAt: iso(clock.originAt),
      dueAt: iso(clock.dueAt),
      stoppedAt: iso(stoppedAt),
      breachedAt: iso(breachedAt),
      pausedSince: iso(clock.pausedSince),
      pauseReason: clock.pauseReason,
      elapsedSeconds: isOver ? whole(clock.elapsedSeconds) : null,
      calendarSeconds: isOver ? whole(clock.calendarSeconds) : null,
      decidedAt: iso(breachedAt ?? (state === 'met' ? stoppedAt : null)),
      assigneeId: owner?.assigneeId ?? null,
      teamId: owner?.teamId ?? null,
      moments: moments.map(({ name, at }) => [name, iso(at)]),
      nextAt: iso(moments[0]?.at ?? null),
    };
  });
}

/** `status:<id>` is the status the ticket is in now, because a standing clock's last reason is what holds it. */
function reasonText(reason: string, row: SlaTicketRow, locale: Locale): string {
  return reason.startsWith('status:') ? row.statusName[locale] : text(locale, `sla.pause.${reason}`);
}

export function clockView({ metric, clock, thresholds }: Computed, row: SlaTicketRow, locale: Locale): ClockView {
  return {
    metric,
    state: clock.state,
    dueAt: iso(clock.dueAt),
    warnAt: iso(thresholds.find(({ name }) => name !== BREACH)?.at ?? null),
    pausedSince: iso(clock.pausedSince),
    pauseReason: clock.pauseReason === null ? null : reasonText(clock.pauseReason, row, locale),
    remainingSeconds: clock.pausedSince === null ? null : whole(clock.remainingSeconds),
    manualDueAt: metric === 'resolution' ? iso(row.deadlineAt) : null,
    stoppedAt: iso(clock.stoppedAt),
  };
}

const nearest = (computed: readonly Computed[]): Computed | undefined =>
  computed.reduce<Computed | undefined>(
    (best, next) => (next.clock.dueAt !== null && (!best || next.clock.dueAt < best.clock.dueAt!) ? next : best),
    undefined,
  );

/** The row of lists: the worst of the clocks, the nearest end, the facet in both languages. */
export function summaryRow(
  row: SlaTicketRow,
  computed: readonly Computed[],
  policy: { id: string; name: string; version: number } | undefined,
): object {
  const of = (metric: string): Computed | undefined => computed.find((one) => one.metric === metric);
  const running = computed.filter(({ clock }) => clock.state === 'running');
  const live = computed.filter(({ clock }) => clock.stoppedAt === null && clock.dueAt !== null);
  const isBreached = computed.some(({ clock }) => clock.state === 'breached');
  const first = nearest(running);
  const next = first?.metric === 'reaction' || first?.metric === 'resolution' ? undefined : first;
  const due = (metric: string): string | null => iso(live.find((one) => one.metric === metric)?.clock.dueAt ?? null);
  const warnings = running.flatMap(({ thresholds }) => thresholds.filter(({ name }) => name !== BREACH).slice(0, 1));
  const facet = (locale: Locale): SlaRowView => {
    const view = (one: Computed | undefined) => (one ? clockView(one, row, locale) : null);
    return {
      reaction: view(of('reaction')),
      resolution: view(of('resolution')),
      policy: policy ? { id: policy.id, name: policy.name } : null,
      isBreached,
      next: view(next),
    };
  };
  return {
    ticketId: row.id,
    policyId: policy?.id ?? null,
    policyVersion: policy?.version ?? null,
    state: stateOf(computed, isBreached, of('resolution')),
    isBreached,
    warnAt: warnings.length ? iso(Math.min(...warnings.map(({ at }) => at))) : null,
    resolutionDueAt: due('resolution'),
    reactionDueAt: due('reaction'),
    nextDueAt: iso(nearest(live)?.clock.dueAt ?? null),
    ru: JSON.stringify(facet('ru')),
    en: JSON.stringify(facet('en')),
  };
}

function stateOf(computed: readonly Computed[], isBreached: boolean, resolution: Computed | undefined): string {
  if (isBreached) return 'breached';
  const has = (state: string): boolean => computed.some(({ clock }) => clock.state === state);
  if (resolution?.clock.state === 'paused') return 'paused';
  if (has('running')) return 'running';
  if (has('paused')) return 'paused';
  return has('met') ? 'met' : 'stopped';
}
