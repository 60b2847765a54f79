import { useEffect, useRef } from 'react';
import { tellPresence } from './timeline.queries';
import type { PresenceState } from './tickets.types';

const EVERY_MS = 9_000;
const STILL_WRITING_MS = 12_000;

/** Tells colleagues whether the person reads this ticket, writes an answer, or has looked away. */
export function usePresence(number: string): { typed: () => void } {
  const typedAt = useRef(0);
  const told = useRef<PresenceState | null>(null);
  const tell = useRef<() => void>(() => undefined);

  useEffect(() => {
    const send = (state: PresenceState) => {
      told.current = state;
      tellPresence(number, state).catch(() => undefined);
    };
    const present = (): PresenceState => {
      if (document.visibilityState === 'hidden' || !document.hasFocus()) return 'away';
      return Date.now() - typedAt.current < STILL_WRITING_MS ? 'editing' : 'viewing';
    };
    // Somebody away says so once: the mark fades by itself.
    const beat = () => (present() !== 'away' || told.current !== 'away') && send(present());
    tell.current = () => told.current !== 'editing' && send('editing');
    beat();
    const timer = setInterval(beat, EVERY_MS);
    const onLook = () => beat();
    window.addEventListener('focus', onLook);
    window.addEventListener('blur', onLook);
    document.addEventListener('visibilitychange', onLook);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', onLook);
      window.removeEventListener('blur', onLook);
      document.removeEventListener('visibilitychange', onLook);
      send('away');
    };
  }, [number]);

  return {
    typed: () => {
      typedAt.current = Date.now();
      tell.current();
    },
  };
}
