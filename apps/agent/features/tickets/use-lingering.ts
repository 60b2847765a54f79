import { useCallback, useState } from 'react';
import type { Presence } from './tickets.types';

/** Somebody at the ticket, or somebody who was there a moment ago. */
export type PersonNear = Pick<Presence, 'id' | 'name'> & { state: Presence['state'] | 'left' };

/** Those present and, after them, those who have just left: they stay until `forget` is called. */
export function useLingering(present: readonly Presence[]): { people: PersonNear[]; forget: (id: string) => void } {
  const [known, setKnown] = useState<{ present: readonly Presence[]; left: PersonNear[] }>({ present, left: [] });
  if (known.present !== present) setKnown({ present, left: whoLeft(known.present, known.left, present) });
  const forget = useCallback(
    (id: string) => setKnown((now) => ({ ...now, left: now.left.filter((person) => person.id !== id) })),
    [],
  );
  return { people: [...present, ...known.left.filter(({ id }) => !present.some((each) => each.id === id))], forget };
}

function whoLeft(before: readonly Presence[], left: PersonNear[], now: readonly Presence[]): PersonNear[] {
  const isHere = (id: string) => now.some((person) => person.id === id);
  const gone = before.filter(({ id }) => !isHere(id)).map(({ id, name }) => ({ id, name, state: 'left' as const }));
  return [...left.filter(({ id }) => !isHere(id) && !gone.some((person) => person.id === id)), ...gone];
}
