import { offsetSpans, yearOf } from '@opora/modules/sla';
import type { NotificationChannel, QuietPeriod, Wish } from './notification.entity';

export type Times = {
  digest: 'hourly' | 'daily';
  digestAt: string;
  quietHours: readonly QuietPeriod[];
  urgentBreaksThrough: boolean;
};
export const DEFAULT_TIMES: Times = { digest: 'daily', digestAt: '09:00', quietHours: [], urgentBreaksThrough: true };

/** Told at once; with others at a moment (`at`: the end of quiet hours, `digest`: the digest's hour); not told. */
export type Delivery = { way: 'now' } | { way: 'at' | 'digest'; at: number } | { way: 'off' };

export type Telling = { channel: NotificationChannel; wish: Wish; isUrgent?: boolean; isMuted?: boolean };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Whoever is never to be disturbed hears of it after a week. */
const LONGEST_QUIET = 7 * DAY;

/** Where a person's message goes and when: his wish for the kind, his hours, his clock. */
export function deliveryOf(
  times: Times,
  zone: string,
  { channel, wish, isUrgent, isMuted }: Telling,
  at: number,
): Delivery {
  if (wish === 'off' || isMuted) return { way: 'off' };
  const isHeld = channel === 'mail' && !(isUrgent && times.urgentBreaksThrough);
  const awake = (moment: number) => (isHeld ? quietUntil(times.quietHours, zone, moment) : moment);
  if (wish === 'digest') return { way: 'digest', at: awake(nextDigest(times, zone, at)) };
  const end = awake(at);
  return end > at ? { way: 'at', at: end } : { way: 'now' };
}

/** The first digest after the moment. */
export function nextDigest(
  { digest, digestAt }: Pick<Times, 'digest' | 'digestAt'>,
  zone: string,
  after: number,
): number {
  const wall = after + offsetAt(zone, after);
  if (digest === 'hourly') return after + HOUR - (wall - Math.floor(wall / HOUR) * HOUR);
  const today = Math.floor(wall / DAY) * DAY;
  for (let day = today; ; day += DAY) {
    const moment = momentOn(zone, day + minutesOf(digestAt) * MINUTE);
    if (moment > after) return moment;
  }
}

/** The moment itself when nothing is quiet then, else the end of the quiet. */
export function quietUntil(periods: readonly QuietPeriod[], zone: string, at: number): number {
  let end = at;
  for (
    let next = endOfQuiet(periods, zone, end);
    next > end && end - at < LONGEST_QUIET;
    next = endOfQuiet(periods, zone, end)
  )
    end = next;
  return Math.min(end, at + LONGEST_QUIET);
}

/** The latest end of the periods that hold the moment; they may have begun a day before. */
function endOfQuiet(periods: readonly QuietPeriod[], zone: string, at: number): number {
  const today = Math.floor((at + offsetAt(zone, at)) / DAY) * DAY;
  let end = at;
  for (const day of [today - DAY, today])
    for (const { days, from, to } of periods) {
      if (!days.includes(weekdayOf(day))) continue;
      const [start, stop] = [minutesOf(from), minutesOf(to)];
      const first = momentOn(zone, day + start * MINUTE);
      const last = momentOn(zone, day + (stop > start ? stop : stop + 24 * 60) * MINUTE);
      if (first <= at && at < last) end = Math.max(end, last);
    }
  return end;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** 1 is Monday; the day is the midnight of UTC with the same date. */
const weekdayOf = (day: number): number => new Date(day).getUTCDay() || 7;

function offsetAt(zone: string, moment: number): number {
  const spans = offsetSpans(zone, yearOf(moment));
  return (spans.find(({ to }) => moment < to) ?? spans[spans.length - 1]!).offset;
}

/** When the clock of the zone shows this: the first time of two; what a jump leaves out is as much later as the jump is wide. */
function momentOn(zone: string, wall: number): number {
  const before = offsetAt(zone, wall - DAY);
  const after = offsetAt(zone, wall + DAY);
  if (offsetAt(zone, wall - before) === before || offsetAt(zone, wall - after) !== after) return wall - before;
  return wall - after;
}
