const SECOND = 1000;
/** No zone has ever left an offset and come back to it within six days (the shortest: a week, Brazil in 2000). */
const STEP = 4 * 86_400_000;

/** The zone's clock differs from UTC by `offset` milliseconds from `from` until `to`. */
export type OffsetSpan = { from: number; to: number; offset: number };

const formats = new Map<string, Intl.DateTimeFormat>();
const years = new Map<string, Map<number, OffsetSpan[]>>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

/** Milliseconds of the first moment of a year of UTC. */
export const startOfYear = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1);

/** The year of UTC a moment lies in. */
export const yearOf = (moment: number): number => new Date(moment).getUTCFullYear();

/** How many milliseconds the clock of the zone is ahead of UTC. */
function offsetAt(zone: string, moment: number): number {
  const whole = Math.floor(moment / SECOND) * SECOND;
  const text = formatOf(zone).format(whole);
  const number = (at: number, length = 2) => Number(text.slice(at, at + length));
  const comma = text.indexOf(',');
  const wall = new Date(0).setUTCFullYear(number(6, comma - 6), number(0) - 1, number(3));
  return wall + (number(comma + 2) * 3600 + number(comma + 5) * 60 + number(comma + 8)) * SECOND - whole;
}

/** The first second after `from` and not after `to` from which the offset is no longer the one at `from`. */
function changeBetween(zone: string, from: number, to: number, offset: number): number {
  let [low, high] = [from / SECOND, to / SECOND];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * SECOND) === offset) low = middle;
    else high = middle;
  }
  return high * SECOND;
}

function findSpans(zone: string, year: number): OffsetSpan[] {
  const [start, end] = [startOfYear(year), startOfYear(year + 1)];
  const spans: OffsetSpan[] = [{ from: start, to: end, offset: offsetAt(zone, start) }];
  for (let from = start; from < end; from += STEP) {
    const until = Math.min(from + STEP, end) - SECOND;
    let last = spans[spans.length - 1]!;
    const after = offsetAt(zone, until);
    while (last.offset !== after) {
      const at = changeBetween(zone, Math.max(from, last.from), until, last.offset);
      last.to = at;
      last = { from: at, to: end, offset: offsetAt(zone, at) };
      spans.push(last);
    }
  }
  return spans;
}

/** The offsets of an IANA zone during a year of UTC, in order and without holes. Found once per process. */
export function offsetSpans(zone: string, year: number): readonly OffsetSpan[] {
  let known = years.get(zone);
  if (!known) years.set(zone, (known = new Map()));
  let spans = known.get(year);
  if (!spans) known.set(year, (spans = findSpans(zone, year)));
  return spans;
}

/** Whether the name is a time zone of the IANA database. */
export function isTimeZone(zone: unknown): zone is string {
  if (typeof zone !== 'string' || !/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(zone)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: zone }));
  } catch {
    return false;
  }
}
