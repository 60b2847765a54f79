/** What has happened to a ticket, as far as clocks care, and how each metric reads it. Pure. Moments are milliseconds since 1970. */
import type { StatusCategory } from '@opora/modules/tickets';
import type { ClockFact } from './sla-clock';

export const SLA_METRICS = ['assignment', 'reaction', 'next_update', 'arrival', 'resolution', 'dwell'] as const;
export type SlaMetric = (typeof SLA_METRICS)[number];

/** When a ticket counts as reacted to: somebody took it, somebody answered the client, whichever is first. */
export const REACTIONS = ['taken', 'answered', 'either'] as const;
export type Reaction = (typeof REACTIONS)[number];

export type StoryEvent = { at: number } & (
  | { kind: 'status'; statusId: string; category: StatusCategory }
  | { kind: 'assignee'; id: string | null }
  | { kind: 'team'; id: string | null }
  | { kind: 'aside'; isAside: boolean }
  /** In the bin, or merged into another ticket. */
  | { kind: 'gone'; isGone: boolean }
  /** Staff has written to the client. */
  | { kind: 'answer' }
  | { kind: 'arrived' }
);

/** The state of a ticket as far as clocks and owners care. */
export type StoryState = {
  statusId: string;
  category: StatusCategory;
  assigneeId: string | null;
  teamId: string | null;
  isAside: boolean;
  isGone: boolean;
  /** Who decides about it at this time, if somebody does. */
  approverId?: string | null;
};
export type Story = { createdAt: number; first: StoryState; events: readonly StoryEvent[] };
/** A stretch of the ticket's life in one state; the last one has no end. */
export type Chapter = { from: number; to: number | null; state: StoryState };

/** How a metric of a policy counts. */
export type MetricRule = {
  metric: SlaMetric;
  pauseCategories: readonly StatusCategory[];
  pauseStatusIds: readonly string[];
  pausesWhenPutAside: boolean;
  /** Dwell: the statuses it limits; none means every status in which work goes on. */
  statusIds?: readonly string[] | null;
  reactionOn?: Reaction | null;
};

function after(state: StoryState, event: StoryEvent): StoryState {
  switch (event.kind) {
    case 'status':
      return { ...state, statusId: event.statusId, category: event.category };
    case 'assignee':
      return { ...state, assigneeId: event.id };
    case 'team':
      return { ...state, teamId: event.id };
    case 'aside':
      return { ...state, isAside: event.isAside };
    case 'gone':
      return { ...state, isGone: event.isGone };
    default:
      return state;
  }
}

/** The ticket's life as stretches of one state each, without holes; what changed and changed back at one moment leaves none. */
export function chaptersOf({ createdAt, first, events }: Story): Chapter[] {
  const chapters: Chapter[] = [{ from: createdAt, to: null, state: first }];
  for (const event of events) {
    const last = chapters[chapters.length - 1]!;
    const state = after(last.state, event);
    if (state === last.state) continue;
    const at = Math.max(event.at, last.from);
    if (at === last.from) last.state = state;
    else {
      last.to = at;
      chapters.push({ from: at, to: null, state });
    }
  }
  return chapters;
}

const isOver = ({ category }: StoryState): boolean => category === 'done' || category === 'closed';

/** One run of a metric: from when, and what has stopped or dropped it. */
export type Cycle = {
  cycle: number;
  startAt: number;
  ends: readonly CycleEnd[];
  /** Dwell: the status of the stay. */
  statusId?: string;
};
type CycleEnd = { at: number; kind: 'stop' | 'drop' | 'reopen' };

const firstOf = (...moments: (number | undefined)[]): number | undefined => {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length ? Math.min(...known) : undefined;
};

/** The runs of a metric in a story: most have one, «next update» and dwell have many. */
export function cyclesOf(rule: MetricRule, story: Story, chapters: readonly Chapter[] = chaptersOf(story)): Cycle[] {
  if (rule.metric === 'dwell') return stays(rule, chapters);
  if (rule.metric === 'next_update') return updates(story, chapters);
  const startAt = story.createdAt;
  if (rule.metric === 'resolution') return [{ cycle: 1, startAt, ends: solvings(chapters) }];
  const at = reachedAt(rule, story, chapters);
  const solved = chapters.find(({ state }) => isOver(state))?.from;
  // Solved at once is also answered; a solved ticket needs nobody's visit and nobody's name any more.
  if (at !== undefined && (solved === undefined || at <= solved))
    return [{ cycle: 1, startAt, ends: [{ at, kind: 'stop' }] }];
  if (solved === undefined) return [{ cycle: 1, startAt, ends: [] }];
  return [{ cycle: 1, startAt, ends: [{ at: solved, kind: rule.metric === 'reaction' ? 'stop' : 'drop' }] }];
}

function reachedAt({ metric, reactionOn }: MetricRule, story: Story, chapters: readonly Chapter[]): number | undefined {
  const first = (kind: StoryEvent['kind']): number | undefined => story.events.find((event) => event.kind === kind)?.at;
  const assigned = chapters.find(({ state }) => state.assigneeId !== null)?.from;
  if (metric === 'assignment') return assigned;
  if (metric === 'arrival') return first('arrived');
  const moved = chapters.find(({ state }) => state.category !== 'new')?.from;
  const taken = firstOf(assigned, moved);
  if (reactionOn === 'taken') return taken;
  return reactionOn === 'answered' ? first('answer') : firstOf(taken, first('answer'));
}

function solvings(chapters: readonly Chapter[]): CycleEnd[] {
  const ends: CycleEnd[] = [];
  let isDone = false;
  for (const { from, state } of chapters) {
    if (isOver(state) === isDone) continue;
    isDone = !isDone;
    ends.push({ at: from, kind: isDone ? 'stop' : 'reopen' });
  }
  return ends;
}

/** From registration or the last answer to the next one; solving is an answer, too. */
function updates({ createdAt, events }: Story, chapters: readonly Chapter[]): Cycle[] {
  const marks = [
    ...events.filter(({ kind }) => kind === 'answer').map(({ at }) => ({ at, kind: 'answer' as const })),
    ...solvings(chapters),
  ].sort((a, b) => a.at - b.at);
  const cycles: Cycle[] = [];
  let startAt: number | null = createdAt;
  const push = (ends: CycleEnd[]): void => {
    if (startAt !== null) cycles.push({ cycle: cycles.length + 1, startAt, ends });
  };
  let isSolved = false;
  for (const { at, kind } of marks) {
    // Answered and solved with one click is one end, not a wait of no length and another without an end.
    if (startAt !== at) push([{ at, kind: 'stop' }]);
    if (kind !== 'answer') isSolved = kind === 'stop';
    startAt = isSolved ? null : at;
  }
  push([]);
  return cycles;
}

function stays({ statusIds }: MetricRule, chapters: readonly Chapter[]): Cycle[] {
  const visits: { statusId: string; state: StoryState; from: number; to: number | null }[] = [];
  for (const { from, to, state } of chapters) {
    const last = visits[visits.length - 1];
    if (last?.statusId === state.statusId) last.to = to;
    else visits.push({ statusId: state.statusId, state, from, to });
  }
  // The number of a stay does not depend on the rule: it is its place among all stays.
  return visits
    .map((visit, index) => ({ ...visit, cycle: index + 1 }))
    .filter(({ state, statusId }) => (statusIds?.length ? statusIds.includes(statusId) : !isOver(state)))
    .map(({ cycle, statusId, from, to }) => ({
      cycle,
      statusId,
      startAt: from,
      ends: to === null ? [] : [{ at: to, kind: 'stop' as const }],
    }));
}

/** Why a state holds a clock: `status:<id>`, `aside`, `gone`; null when it runs. */
export function holdOf(rule: MetricRule, state: StoryState): string | null {
  if (state.isGone) return 'gone';
  if (rule.metric !== 'dwell') {
    if (rule.pauseStatusIds.includes(state.statusId) || rule.pauseCategories.includes(state.category))
      return `status:${state.statusId}`;
  }
  return rule.pausesWhenPutAside && state.isAside ? 'aside' : null;
}

/** Facts of a run beside its start and the changes of its rules: pauses, resumptions, stops, reopenings. */
export function factsOf(rule: MetricRule, { startAt, ends }: Cycle, chapters: readonly Chapter[]): ClockFact[] {
  const facts: ClockFact[] = [];
  let held: string | null = null;
  for (const { from, to, state } of chapters) {
    if (to !== null && to <= startAt) continue;
    const reason = holdOf(rule, state);
    if (reason === held) continue;
    const at = Math.max(from, startAt);
    if (held) facts.push({ at, kind: 'resume', reason: held });
    if (reason) facts.push({ at, kind: 'pause', reason });
    held = reason;
  }
  facts.push(...ends);
  // A ticket that is gone for good keeps nobody waiting.
  const last = chapters[chapters.length - 1]!;
  if (last.state.isGone) facts.push({ at: Math.max(last.from, startAt), kind: 'drop' });
  return facts;
}
