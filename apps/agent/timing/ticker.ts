import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Between two ticks the time stands still, so that all clocks of a screen agree; while nobody looks it does not count. */
function present(): number {
  if (!timer) now = Date.now();
  return now;
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
  const snapshot = useCallback(() => look(present()), [look]);
  return useSyncExternalStore(subscribe, snapshot);
}
