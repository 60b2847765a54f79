import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  // The time stood still while nobody looked.
  if (!timer) now = Date.now();
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick() {
  now = Date.now();
  listeners.forEach((each) => each());
}

/**
 * What a clock shows at the present second. One timer serves the whole screen, and a clock is drawn again only when the
 * text itself has changed: a list of two hundred stands still between the minutes.
 */
export function useTicking<T extends string | number | boolean>(look: (now: number) => T): T {
  const snapshot = useCallback(() => look(now), [look]);
  return useSyncExternalStore(subscribe, snapshot);
}
