import { useSyncExternalStore } from 'react';
import { useFormat } from './format';

const TICK = 30_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  // One timer for all the times on a screen: two hundred of their own would wake the page without end.
  timer ??= setInterval(() => {
    now = Date.now();
    listeners.forEach((each) => each());
  }, TICK);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The present moment, renewed twice a minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** A moment told by its distance; the whole date stands in the hint. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const format = useFormat();
  return (
    <time dateTime={at} title={format.full(at)} className={className}>
      {format.relative(at, Math.max(useNow(), Date.now() - TICK))}
    </time>
  );
}
