/** How full the days of a person are. Moments are milliseconds. Pure. */
import { type LonLat, type Travel, travelOf } from './geography';

export type Span = { from: number; to: number };
export type Visit = Span & { point: LonLat | undefined };

/** What of the spans lies between two moments, in seconds; overlapping spans count each for itself. */
export const secondsWithin = (spans: readonly Span[], { from, to }: Span): number =>
  spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)), 0) / 1000;

/** Working time that is left when absences are taken away. */
export function without(openings: readonly Span[], absences: readonly Span[]): Span[] {
  return absences.reduce<Span[]>(
    (left, gone) =>
      left.flatMap((span) =>
        [
          { from: span.from, to: Math.min(span.to, gone.from) },
          { from: Math.max(span.from, gone.to), to: span.to },
        ].filter(({ from, to }) => to > from),
      ),
    [...openings],
  );
}

/** The way to a visit: how long, and whether there is less time for it than it takes. */
export type Leg = { minutes: number; km: number; isTight: boolean };

/**
 * The way to each visit in the order of the day: from the visit before it on the same day, otherwise from the base point. Null
 * where a place is unknown. Whoever has no base point travels nowhere: he works from his desk.
 */
export function legsOf(
  visits: readonly Visit[],
  base: LonLat | undefined,
  dayOf: (moment: number) => number,
  travel: Travel,
): (Leg | null)[] {
  return visits.map((visit, at) => {
    const before = visits[at - 1];
    const isSameDay = before !== undefined && dayOf(before.from) === dayOf(visit.from);
    const start = isSameDay ? before.point : base;
    if (!base || !visit.point || !start) return null;
    const { km, minutes } = travelOf(start, visit.point, travel);
    return { km, minutes, isTight: isSameDay && visit.from - before.to < minutes * 60_000 };
  });
}

/** From where a person sets out to be somewhere at a moment: his last visit of the day before it, otherwise his base point, if he has one. */
export function startingPoint(
  visits: readonly Visit[],
  base: LonLat | undefined,
  { from: dayStart }: Span,
  at: number,
): { point: LonLat; isVisit: boolean } | undefined {
  if (!base) return undefined;
  const last = visits.filter((visit) => visit.from >= dayStart && visit.from < at && visit.point).at(-1);
  if (last) return { point: last.point!, isVisit: true };
  return { point: base, isVisit: false };
}
