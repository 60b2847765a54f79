import type { Definition, Process, Status, Transition, Whole } from './processes.queries';

/** What the screen shows: the draft where there is one, else what is in force. */
export const shownOf = (process: Process): Whole => process.draft ?? process;

/** What a change starts from. */
export const definitionOf = (process: Process): Definition => process.draft?.definition ?? process.own;

/** An id for what has just been drawn; crypto.randomUUID is missing on plain http. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const put = <Part extends { id: string }>(parts: Part[], part: Part): Part[] =>
  parts.some(({ id }) => id === part.id) ? parts.map((each) => (each.id === part.id ? part : each)) : [...parts, part];

export const withStatus = (definition: Definition, status: Status): Definition => ({
  ...definition,
  statuses: put(definition.statuses, status),
});

export const withTransition = (definition: Definition, transition: Transition): Definition => ({
  ...definition,
  transitions: put(definition.transitions, transition),
});

/** Without a status and the ways of one's own that touch it; one of the base is hidden, not removed. */
export function withoutStatus(definition: Definition, { id, isInherited }: Status): Definition {
  const transitions = definition.transitions.filter(({ fromId, toId }) => fromId !== id && toId !== id);
  if (isInherited) return { ...definition, transitions, hiddenStatusIds: [...definition.hiddenStatusIds, id] };
  return { ...definition, transitions, statuses: definition.statuses.filter((status) => status.id !== id) };
}

export function withoutTransition(definition: Definition, { id, isInherited }: Transition): Definition {
  if (isInherited) return { ...definition, hiddenTransitionIds: [...definition.hiddenTransitionIds, id] };
  return { ...definition, transitions: definition.transitions.filter((transition) => transition.id !== id) };
}

/** What the base has and the variant hid comes back. */
export const unhidden = (definition: Definition, id: string): Definition => ({
  ...definition,
  hiddenStatusIds: definition.hiddenStatusIds.filter((each) => each !== id),
  hiddenTransitionIds: definition.hiddenTransitionIds.filter((each) => each !== id),
});

/** A way of the base cannot be changed in a variant: it is hidden and a copy of one's own stands in its place. */
export function ownCopyOf(definition: Definition, transition: Transition): { definition: Definition; id: string } {
  const id = newId();
  const hidden = withoutTransition(definition, transition);
  return { definition: withTransition(hidden, { ...transition, id, isInherited: false }), id };
}

/** A status that was moved in the picture: its own place is kept. One of the base stays where the base has it. */
export function withPlace(definition: Definition, id: string, { x, y }: { x: number; y: number }): Definition {
  return {
    ...definition,
    statuses: definition.statuses.map((status) =>
      status.id === id ? { ...status, x: Math.round(x), y: Math.round(y) } : status,
    ),
  };
}
