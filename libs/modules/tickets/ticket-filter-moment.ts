/** Dates of the filter grammar: days, instants, `today`, `-3d`. Pure: the clock and the time zone come from outside. */

type Unit = 'm' | 'h' | 'd' | 'w' | 'mo';
type Moment =
  | { kind: 'day'; year: number; month: number; day: number }
  | { kind: 'instant'; at: Date }
  | { kind: 'shift'; amount: number; unit: Unit }
  | { kind: 'now' }
  | { kind: 'near'; days: number };

/** From the first instant up to, not including, the second; an instant is a span of no length. */
export type Span = { from: Date; to: Date };

const NEAR: Record<string, number> = { yesterday: -1, today: 0, tomorrow: 1 };
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/i;
const SHIFT = /^([+-]\d{1,5})(mo|[mhdw])$/;

function parseDay(text: string): Moment | undefined {
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (!year) return undefined;
  const at = new Date(`${text}T00:00:00Z`);
  const isReal = !Number.isNaN(at.getTime()) && at.getUTCDate() === Number(day) && Number(year) >= 1900;
  return isReal ? { kind: 'day', year: Number(year), month: Number(month), day: Number(day) } : undefined;
}

function parseMoment(text: string): Moment | undefined {
  const word = text.toLowerCase();
  if (word === 'now') return { kind: 'now' };
  if (Object.hasOwn(NEAR, word)) return { kind: 'near', days: NEAR[word]! };
  const [, amount, unit] = SHIFT.exec(word) ?? [];
  if (amount) return { kind: 'shift', amount: Number(amount), unit: unit as Unit };
  if (INSTANT.test(text)) {
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? undefined : { kind: 'instant', at };
  }
  return parseDay(text);
}

/** True for everything `spanOf` understands. */
export const isMoment = (text: string): boolean => parseMoment(text) !== undefined;

/** True when the text is a distance from now, such as `-3d`. */
export const isShift = (text: string): boolean => parseMoment(text)?.kind === 'shift';

/** True when the text needs the person's time zone: a day, or `today`. */
export const isDay = (text: string): boolean => ['day', 'near'].includes(parseMoment(text)?.kind ?? '');

const MILLISECONDS: Record<Exclude<Unit, 'mo'>, number> = { m: 60e3, h: 3600e3, d: 86_400e3, w: 604_800e3 };

function shifted(now: Date, amount: number, unit: Unit): Date {
  if (unit !== 'mo') return new Date(now.getTime() + amount * MILLISECONDS[unit]);
  const at = new Date(now);
  at.setUTCMonth(at.getUTCMonth() + amount);
  return at;
}

/** How far the zone's wall clock is from UTC at this instant, in milliseconds. */
function offsetAt(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return (
    Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) -
    Math.floor(at.getTime() / 1000) * 1000
  );
}

/** The instant at which a calendar day begins in the zone. */
function startOfDay(year: number, month: number, day: number, timeZone: string): Date {
  const wall = Date.UTC(year, month - 1, day);
  const first = new Date(wall - offsetAt(new Date(wall), timeZone));
  const second = new Date(wall - offsetAt(first, timeZone));
  // Where the clock skips midnight the second guess may still lie in the day before.
  return second.getTime() + offsetAt(second, timeZone) < wall ? first : second;
}

/** The span a date stands for, at this moment and in this zone. */
export function spanOf(text: string, now: Date, timeZone: string): Span {
  const moment = parseMoment(text);
  if (!moment) throw new Error(`not a date of the grammar: ${text}`);
  if (moment.kind === 'now') return { from: now, to: now };
  if (moment.kind === 'instant') return { from: moment.at, to: moment.at };
  if (moment.kind === 'shift') {
    const at = shifted(now, moment.amount, moment.unit);
    return { from: at, to: at };
  }
  const { year, month, day } = moment.kind === 'day' ? moment : dayNear(now, moment.days, timeZone);
  return { from: startOfDay(year, month, day, timeZone), to: startOfDay(year, month, day + 1, timeZone) };
}

function dayNear(now: Date, days: number, timeZone: string): { year: number; month: number; day: number } {
  const wall = new Date(now.getTime() + offsetAt(now, timeZone));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() + days };
}
