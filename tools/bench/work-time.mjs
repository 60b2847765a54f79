/** `npm run bench -- work-time`: deadlines by interval arrays, against the same answers found by walking the calendar with Temporal. */
import { createRequire } from 'node:module';
import { Temporal } from 'temporal-polyfill';
import { Failure } from '../progress.mjs';

const require = createRequire(import.meta.url);
const ZONE = 'Europe/Berlin';
const HOURS = [
  { from: '09:00', to: '13:00' },
  { from: '14:00', to: '18:00' },
];
const WEEK = { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS };
const DATED = { '2026-04-03': [], '2026-04-06': [], '2026-12-24': [{ from: '09:00', to: '12:00' }], '2026-12-25': [] };
const WORK = [900, 3600, 14_400, 28_800, 144_000];
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Day by day, shift by shift, as one would write it at first. */
function walk(start, seconds) {
  let left = seconds * 1e9;
  const from = Temporal.Instant.fromEpochMilliseconds(start);
  let date = from.toZonedDateTimeISO(ZONE).toPlainDate();
  for (;;) {
    for (const { from: opens, to: closes } of DATED[date.toString()] ?? WEEK[DAYS[date.dayOfWeek - 1]] ?? []) {
      const opening = date.toZonedDateTime({ timeZone: ZONE, plainTime: opens }).toInstant();
      const closing = date.toZonedDateTime({ timeZone: ZONE, plainTime: closes }).toInstant();
      if (Temporal.Instant.compare(closing, from) <= 0) continue;
      const begin = Temporal.Instant.compare(opening, from) < 0 ? from : opening;
      const open = closing.since(begin).total('nanoseconds');
      if (left <= open) return begin.add({ nanoseconds: left }).epochMilliseconds;
      left -= open;
    }
    date = date.add({ days: 1 });
  }
}

/** Microseconds of one call: the best of several rounds, so that a busy machine does not decide. */
function measure(answer, questions) {
  const round = () => {
    const before = process.hrtime.bigint();
    for (const [start, seconds] of questions) answer(start, seconds);
    return Number(process.hrtime.bigint() - before) / 1000 / questions.length;
  };
  return Math.min(...Array.from({ length: 25 }, round));
}

export function benchWorkTime() {
  require('../swc-register.cjs');
  const { compileCalendar, due, elapsed, intersectCalendars } = require('../../libs/modules/sla/work-time.ts');
  const questions = Array.from({ length: 20_000 }, (_, index) => [
    Date.UTC(2026, 0, 1) + index * 1_571_131,
    WORK[index % WORK.length],
  ]);
  const few = questions.filter((_, index) => index % 40 === 0);

  const before = performance.now();
  const calendar = compileCalendar({ timeZone: ZONE, week: WEEK, dated: DATED });
  due(calendar, questions[0][0], 900);
  const compiling = performance.now() - before;
  const wrong = few.find(([start, seconds]) => due(calendar, start, seconds) !== walk(start, seconds));
  if (wrong) throw new Failure(`from ${new Date(wrong[0]).toISOString()} and ${wrong[1]} s the two disagree`);

  const both = intersectCalendars(calendar, compileCalendar({ timeZone: 'Asia/Vladivostok', week: WEEK }));
  const rows = {
    'due, interval arrays': measure((start, seconds) => due(calendar, start, seconds), questions),
    'due, two calendars': measure((start) => due(both, start, 3600), questions),
    'elapsed over a month': measure((start) => elapsed(calendar, start, start + 2_678_400_000), questions),
    'due, Temporal walk': measure(walk, few),
  };
  const times = rows['due, Temporal walk'] / rows['due, interval arrays'];
  console.table(Object.fromEntries(Object.entries(rows).map(([name, us]) => [name, { 'µs a call': us.toFixed(2) }])));
  console.log(
    `The first question of a year compiles it: ${compiling.toFixed(1)} ms. The arrays are ${Math.round(times)} times as fast as the walk; ${few.length} answers are the same.`,
  );
  return { ...rows, compileMs: compiling, times };
}
