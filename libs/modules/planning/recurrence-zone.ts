import { offsetSpans, yearOf } from '@opora/modules/sla';

const DAY = 86_400_000;
/** The calendar comes round every 400 years, and with it the rules by which clocks are moved. */
const ROUND = 146_097 * DAY;
const KNOWN_UNTIL = Date.UTC(2400, 0, 1);

type Span = { from: number; to: number; offset: number };
const latest = new Map<string, Span>();

/** The stretch of one offset a moment lies in. */
function spanAt(at: number, timeZone: string): Span {
  const known = latest.get(timeZone);
  if (known && at >= known.from && at < known.to) return known;
  const rounds = at < KNOWN_UNTIL ? 0 : Math.ceil((at - KNOWN_UNTIL + 1) / ROUND) * ROUND;
  const span = offsetSpans(timeZone, yearOf(at - rounds)).find(({ to }) => to > at - rounds)!;
  const found = { from: span.from + rounds, to: span.to + rounds, offset: span.offset };
  latest.set(timeZone, found);
  return found;
}

/** The zone's wall clock at an instant, in seconds since 1970 as if it were UTC's. */
export const localOf = (at: number, timeZone: string): number => Math.floor((at + spanAt(at, timeZone).offset) / 1000);

/**
 * The instant, in milliseconds, at which the zone's wall clock shows so many seconds. An hour that comes twice means its first time;
 * one that the clocks skip has no instant, or with `isGiven` the one the clock before the change would have shown it at.
 */
export function instantOf(local: number, timeZone: string, isGiven = false): number | null {
  const wall = local * 1000;
  const known = latest.get(timeZone);
  // Far from any change there is one answer.
  if (known && wall - known.offset >= known.from + DAY && wall - known.offset < known.to - DAY)
    return wall - known.offset;
  const offsets = [wall - DAY, wall + DAY].map((at) => spanAt(at, timeZone).offset);
  const candidates = [...new Set(offsets)].map((offset) => wall - offset).sort((one, other) => one - other);
  const real = candidates.find((at) => at + spanAt(at, timeZone).offset === wall);
  return real ?? (isGiven ? wall - offsets[0]! : null);
}
