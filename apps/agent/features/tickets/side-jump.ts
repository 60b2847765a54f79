import { useEffect } from 'react';

const JUMP = 'opora:ticket-place';

/** Asks the ticket's page to show a place of itself: a panel, a tab, the composer. */
export const jumpTo = (place: string) => window.dispatchEvent(new CustomEvent(JUMP, { detail: place }));

/** Listens to such requests. */
export function useJump(onJump: (place: string) => void) {
  useEffect(() => {
    const listen = (event: Event) => onJump((event as CustomEvent<string>).detail);
    window.addEventListener(JUMP, listen);
    return () => window.removeEventListener(JUMP, listen);
  }, [onJump]);
}

export const placeId = (place: string) => `ticket-place-${place}`;

/** Brings a place into sight once it is drawn, and gives the focus to its first control. */
export function showPlace(place: string) {
  setTimeout(() => {
    const element = document.getElementById(placeId(place));
    element?.scrollIntoView({ block: 'center' });
    element?.querySelector<HTMLElement>('button, input, a, textarea, [tabindex]')?.focus({ preventScroll: true });
  }, 120);
}

/** Where what a guard asks for is done: slots of other features by their keys, or a place of this one. */
const PLACES: Record<string, string[]> = {
  worklog: ['worklogs', 'worklog', 'time', 'billing'],
  checklist: ['checklists', 'checklist'],
  children: ['family'],
  form: ['fields'],
};
const OWN_PLACES = ['family', 'fields'];

/** The place for a guard among the slots that are there; null when nobody offers one. */
export function placeOfGuard(guard: string, slots: readonly string[]): string | null {
  const wanted = PLACES[guard] ?? [guard];
  return wanted.find((key) => slots.includes(key) || OWN_PLACES.includes(key)) ?? null;
}
