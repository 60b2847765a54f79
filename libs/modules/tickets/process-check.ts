import type { OwnDefinition, ProcessDefinition, TransitionDefinition } from './process-definition';
import type { GuardProblem, GuardRef } from './transition-guards';

export const PROCESS_PROBLEMS = [
  'initial_missing',
  'no_final',
  'unreachable',
  'dead_end',
  'no_exit',
  'duplicate_code',
  'unknown_status',
  'hidden_status',
  'unknown_guard',
  'guard_params',
  'unknown_role',
  'unknown_type',
  'foreign_id',
] as const;

/** What is wrong with a process, and where. */
export type ProcessProblem = {
  kind: (typeof PROCESS_PROBLEMS)[number];
  statusId?: string;
  transitionId?: string;
  /** The fault meets tickets of this type only. */
  typeId?: string;
};

/** What the installation knows beside the process. Ids are foreign when another process has them. */
export type ProcessSurroundings = {
  typeIds: ReadonlySet<string>;
  /** Codes and ids. */
  roles: ReadonlySet<string>;
  foreignIds: ReadonlySet<string>;
  guardProblem(ref: GuardRef): GuardProblem | undefined;
};

/** Looks the process over before people meet its faults. */
export function processProblems(
  whole: ProcessDefinition,
  own: Pick<OwnDefinition, 'hiddenStatusIds'>,
  around: ProcessSurroundings,
): ProcessProblem[] {
  return [...startProblems(whole, own), ...wayProblems(whole), ...partProblems(whole, own, around)];
}

function startProblems({ initialStatusId, statuses }: ProcessDefinition, own: Pick<OwnDefinition, 'hiddenStatusIds'>) {
  const problems: ProcessProblem[] = [];
  if (!statuses.some(({ id }) => id === initialStatusId))
    problems.push(
      own.hiddenStatusIds.includes(initialStatusId)
        ? { kind: 'hidden_status', statusId: initialStatusId }
        : { kind: 'initial_missing' },
    );
  if (!statuses.some(({ isFinal }) => isFinal)) problems.push({ kind: 'no_final' });
  statuses.forEach(({ id, code }, index) => {
    if (statuses.findIndex((other) => other.code === code) < index)
      problems.push({ kind: 'duplicate_code', statusId: id });
  });
  return problems;
}

type Ways = readonly Pick<TransitionDefinition, 'fromId' | 'toId'>[];

function spread(start: readonly string[], next: (id: string) => string[]): Set<string> {
  const found = new Set(start);
  for (const id of found) for (const other of next(id)) found.add(other);
  return found;
}
const reachedFrom = (start: string, ways: Ways): Set<string> =>
  spread([start], (id) => ways.filter(({ fromId }) => fromId === id).map(({ toId }) => toId));

/** Statuses nobody gets to, or cannot leave: for all tickets, then for those of one type alone. */
function wayProblems({ initialStatusId, statuses, transitions: listed }: ProcessDefinition): ProcessProblem[] {
  const ids = new Set(statuses.map(({ id }) => id));
  const transitions = listed.filter(({ fromId, toId }) => ids.has(fromId) && ids.has(toId));
  if (!ids.has(initialStatusId)) return [];
  const reached = reachedFrom(initialStatusId, transitions);
  const stuck = stuckOf(statuses, transitions, reached);
  const problems: ProcessProblem[] = [
    ...statuses.filter(({ id }) => !reached.has(id)).map(({ id }) => ({ kind: 'unreachable' as const, statusId: id })),
    ...stuck,
  ];
  for (const typeId of new Set(transitions.flatMap(({ typeIds }) => typeIds ?? []))) {
    const ways = transitions.filter(({ typeIds }) => !typeIds || typeIds.includes(typeId));
    for (const problem of stuckOf(statuses, ways, reachedFrom(initialStatusId, ways)))
      if (!stuck.some(({ statusId }) => statusId === problem.statusId)) problems.push({ ...problem, typeId });
  }
  return problems;
}

/** Reached statuses from which work never ends: without any way on, or only round in circles. */
function stuckOf(statuses: ProcessDefinition['statuses'], ways: Ways, reached: Set<string>): ProcessProblem[] {
  const ends = statuses.filter(({ isFinal }) => isFinal).map(({ id }) => id);
  const ending = spread(ends, (id) => ways.filter(({ toId }) => toId === id).map(({ fromId }) => fromId));
  return statuses
    .filter(({ id }) => reached.has(id) && !ending.has(id))
    .flatMap(({ id }): ProcessProblem[] => {
      const leads = ways.some(({ fromId, toId }) => fromId === id && toId !== id);
      if (!leads) return [{ kind: 'dead_end', statusId: id }];
      return ends.length ? [{ kind: 'no_exit', statusId: id }] : [];
    });
}

function partProblems(
  { statuses, transitions }: ProcessDefinition,
  { hiddenStatusIds }: Pick<OwnDefinition, 'hiddenStatusIds'>,
  { typeIds, roles, foreignIds, guardProblem }: ProcessSurroundings,
): ProcessProblem[] {
  const problems: ProcessProblem[] = statuses
    .filter(({ id }) => foreignIds.has(id))
    .map(({ id }) => ({ kind: 'foreign_id', statusId: id }));
  for (const transition of transitions) {
    const at = { transitionId: transition.id };
    if (foreignIds.has(transition.id)) problems.push({ kind: 'foreign_id', ...at });
    for (const statusId of [transition.fromId, transition.toId])
      if (!statuses.some(({ id }) => id === statusId))
        problems.push({
          kind: hiddenStatusIds.includes(statusId) ? 'hidden_status' : 'unknown_status',
          ...at,
          statusId,
        });
    if (transition.typeIds?.some((id) => !typeIds.has(id))) problems.push({ kind: 'unknown_type', ...at });
    if (transition.roleCodes?.some((code) => !roles.has(code))) problems.push({ kind: 'unknown_role', ...at });
    for (const kind of new Set(transition.guards.map(guardProblem))) if (kind) problems.push({ kind, ...at });
  }
  return problems;
}
