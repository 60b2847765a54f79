import type { ClockView } from './sla.types';

/** How a clock looks: `soon` from the first warning on, `late` past its moment, `missed` when it stopped too late. */
export type ClockTone = 'calm' | 'soon' | 'late' | 'paused' | 'met' | 'missed' | 'off';
export type ClockLook = {
  tone: ClockTone;
  /** What is left; below nought it is what has gone past; null where nothing is counted. */
  seconds: number | null;
};

type Facts = Pick<ClockView, 'state' | 'dueAt' | 'warnAt' | 'remainingSeconds' | 'stoppedAt'>;

/** A clock at a moment, out of what the server said once. */
export function lookOf(clock: Facts, now: number): ClockLook {
  const due = clock.dueAt === null ? null : Date.parse(clock.dueAt);
  const left = (at: number) => (due === null ? null : (due - at) / 1000);
  if (clock.state === 'paused') return { tone: 'paused', seconds: clock.remainingSeconds };
  if (clock.state === 'stopped') return { tone: 'off', seconds: null };
  if (clock.stoppedAt !== null) {
    const seconds = left(Date.parse(clock.stoppedAt));
    return { tone: clock.state === 'breached' ? 'missed' : 'met', seconds };
  }
  if (clock.state === 'met') return { tone: 'met', seconds: null };
  if (due === null) return { tone: clock.state === 'breached' ? 'late' : 'off', seconds: null };
  const seconds = (due - now) / 1000;
  if (clock.state === 'breached' || seconds < 0) return { tone: 'late', seconds: Math.min(seconds, 0) };
  return { tone: clock.warnAt !== null && now >= Date.parse(clock.warnAt) ? 'soon' : 'calm', seconds };
}
