import type { LocalText, StatusTransition, TicketStatus } from './process.entity';

export type StatusDefinition = Omit<TicketStatus, 'process' | 'processId' | 'processIds' | 'archivedAt'>;
export type TransitionDefinition = Omit<StatusTransition, 'process' | 'from' | 'to' | 'processId' | 'processIds'>;

/** A whole process: what the runtime follows, the editor edits and the diagram draws. */
export type ProcessDefinition = {
  initialStatusId: string;
  statuses: StatusDefinition[];
  transitions: TransitionDefinition[];
};

/** What a process says itself. A variant names what it hides of its base and adds its own; of the rest it says nothing. */
export type OwnDefinition = {
  name: LocalText;
  /** Null in a variant: it begins where its base does. */
  initialStatusId: string | null;
  statuses: StatusDefinition[];
  transitions: TransitionDefinition[];
  hiddenStatusIds: string[];
  hiddenTransitionIds: string[];
};

const inOrder = <Part extends { id: string; position: number }>(parts: Part[]): Part[] =>
  parts.sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));

/** The process as it works: a variant laid over its base, or the process itself. */
export function effectiveDefinition(base: ProcessDefinition | null, own: OwnDefinition): ProcessDefinition {
  const hidden = new Set([...own.hiddenStatusIds, ...own.hiddenTransitionIds]);
  const statuses = (base?.statuses ?? []).filter(({ id }) => !hidden.has(id));
  const transitions = (base?.transitions ?? []).filter(
    ({ id, fromId, toId }) => !hidden.has(id) && !hidden.has(fromId) && !hidden.has(toId),
  );
  return {
    initialStatusId: own.initialStatusId ?? base?.initialStatusId ?? '',
    statuses: inOrder([...statuses, ...own.statuses]),
    transitions: inOrder([...transitions, ...own.transitions]),
  };
}

/** Statuses that tickets may stand in now and could not any more. */
export const statusesLost = (now: ProcessDefinition, then: ProcessDefinition): StatusDefinition[] =>
  now.statuses.filter(({ id }) => !then.statuses.some((status) => status.id === id));
