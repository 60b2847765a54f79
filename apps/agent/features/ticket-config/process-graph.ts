import type { Process, Status, Transition } from './processes.queries';

/** A status with the ways out of it and what is wrong with it. */
export type GraphNode = {
  status: Status;
  isInitial: boolean;
  problem: Process['problems'][number]['kind'] | null;
  ways: GraphEdge[];
};
export type GraphEdge = { transition: Transition; to: Status };

/** The process as statuses and their ways out, in the order of the statuses: the diagram and the table are both drawn from it. */
export function processGraph(process: Process): GraphNode[] {
  const byId = new Map(process.statuses.map((status) => [status.id, status]));
  const inOrder = [...process.statuses].sort((a, b) => a.position - b.position);
  const transitions = [...process.transitions].sort((a, b) => a.position - b.position);
  return inOrder.map((status) => ({
    status,
    isInitial: status.id === process.initialStatusId,
    problem: process.problems.find(({ statusId }) => statusId === status.id)?.kind ?? null,
    ways: transitions.flatMap((transition) => {
      const to = byId.get(transition.toId);
      return transition.fromId === status.id && to ? [{ transition, to }] : [];
    }),
  }));
}
