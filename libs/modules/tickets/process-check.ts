import type { StatusCategory } from './ticket-status';

type Status = { id: string; category: StatusCategory; isFinal: boolean };
type Edge = { fromId: string; toId: string };

/** What is wrong with a process: a status no ticket gets to, or one it cannot leave though work is not over. */
export type ProcessProblem = { statusId: string; kind: 'unreachable' | 'dead_end' };

/** Looks the process over before people meet its faults. */
export function processProblems(
  initialStatusId: string,
  statuses: readonly Status[],
  transitions: readonly Edge[],
): ProcessProblem[] {
  const reached = new Set([initialStatusId]);
  for (const id of reached) for (const { fromId, toId } of transitions) if (fromId === id) reached.add(toId);
  return statuses.flatMap(({ id, isFinal }): ProcessProblem[] => {
    if (!reached.has(id)) return [{ statusId: id, kind: 'unreachable' }];
    const leads = transitions.some(({ fromId, toId }) => fromId === id && toId !== id);
    return leads || isFinal ? [] : [{ statusId: id, kind: 'dead_end' }];
  });
}
