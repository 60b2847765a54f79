import type { ProcessProblem, Status, Transition, Whole } from './processes.queries';

/** A status with the ways out of it and what is wrong with it. */
export type GraphNode = {
  status: Status;
  isInitial: boolean;
  problem: ProcessProblem | null;
  ways: GraphEdge[];
};
export type GraphEdge = { transition: Transition; to: Status; problem: ProcessProblem | null };

/** The process as statuses and their ways out, in the order of the statuses: the diagram and the table are both drawn from it. */
export function processGraph({ initialStatusId, statuses, transitions, problems }: Whole): GraphNode[] {
  const byId = new Map(statuses.map((status) => [status.id, status]));
  const inOrder = [...statuses].sort((a, b) => a.position - b.position);
  const ways = [...transitions].sort((a, b) => a.position - b.position);
  return inOrder.map((status) => ({
    status,
    isInitial: status.id === initialStatusId,
    problem: problems.find(({ statusId, transitionId }) => statusId === status.id && !transitionId) ?? null,
    ways: ways.flatMap((transition) => {
      const to = byId.get(transition.toId);
      const problem = problems.find(({ transitionId }) => transitionId === transition.id) ?? null;
      return transition.fromId === status.id && to ? [{ transition, to, problem }] : [];
    }),
  }));
}
