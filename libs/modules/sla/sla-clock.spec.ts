import { type ClockFact, clockAt, momentsOf, runOf } from './sla-clock';
import { compileCalendar, type WorkCalendar } from './work-time';

const at = (text: string): number => Date.parse(text.length === 16 ? `${text}:00+03:00` : `${text}+03:00`);
const shown = (moment: number | null): string | null =>
  moment === null ? null : new Date(moment + 3 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const calendar = (from: string, to: string): WorkCalendar => {
  const day = [{ from, to }];
  return compileCalendar({ timeZone: 'Europe/Moscow', week: { mon: day, tue: day, wed: day, thu: day, fri: day } });
};
const office = calendar('09:00', '18:00');
const late = calendar('12:00', '21:00');
const always = compileCalendar({
  timeZone: 'UTC',
  week: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [{ from: '00:00', to: '24:00' }]]),
  ),
});
const HOUR = 3600;
const start = (moment: string, hours = 4, by = office): ClockFact => ({
  at: at(moment),
  kind: 'start',
  seconds: hours * HOUR,
  calendar: by,
});
const pause = (moment: string, reason = 'client'): ClockFact => ({ at: at(moment), kind: 'pause', reason });
const resume = (moment: string, reason = 'client'): ClockFact => ({ at: at(moment), kind: 'resume', reason });
const stop = (moment: string): ClockFact => ({ at: at(moment), kind: 'stop' });

// 2026-11-23 is a Monday.
describe('SLA-04: a clock is what its facts come to', () => {
  it.each<[string, ClockFact[], string, string, string | null, number]>([
    ['runs within a day', [start('2026-11-23T10:00')], '2026-11-23T11:00', 'running', '2026-11-23 14:00:00', 1],
    ['runs over the night', [start('2026-11-23T16:00')], '2026-11-24T09:30', 'running', '2026-11-24 11:00:00', 2.5],
    [
      'is late one second after',
      [start('2026-11-23T10:00')],
      '2026-11-23T14:00:01',
      'breached',
      '2026-11-23 14:00:00',
      4 + 1 / HOUR,
    ],
    [
      'is in time at the last moment',
      [start('2026-11-23T10:00'), stop('2026-11-23T14:00')],
      '2026-11-30T10:00',
      'met',
      '2026-11-23 14:00:00',
      4,
    ],
    [
      'stands while the client is waited for',
      [start('2026-11-23T10:00'), pause('2026-11-23T11:00')],
      '2026-11-25T11:00',
      'paused',
      null,
      1,
    ],
    [
      'moves its end by the working time of the pause',
      [start('2026-11-23T10:00'), pause('2026-11-23T11:00'), resume('2026-11-23T12:30')],
      '2026-11-23T13:00',
      'running',
      '2026-11-23 15:30:00',
      1.5,
    ],
    [
      'a pause over the night moves it only by working time',
      [start('2026-11-23T16:00'), pause('2026-11-23T17:00'), resume('2026-11-24T10:00')],
      '2026-11-24T10:00',
      'running',
      '2026-11-24 13:00:00',
      1,
    ],
    [
      'two reasons hold it until both are gone',
      [
        start('2026-11-23T10:00'),
        pause('2026-11-23T11:00'),
        pause('2026-11-23T11:30', 'aside'),
        resume('2026-11-23T12:00'),
        resume('2026-11-23T13:00', 'aside'),
      ],
      '2026-11-23T13:00',
      'running',
      '2026-11-23 16:00:00',
      1,
    ],
    [
      'what was late stays late through a pause',
      [start('2026-11-23T10:00'), pause('2026-11-23T15:00')],
      '2026-11-23T16:00',
      'breached',
      '2026-11-23 14:00:00',
      5,
    ],
    [
      'a reopened one goes on, the time between does not count',
      [start('2026-11-23T10:00'), stop('2026-11-23T11:00'), { at: at('2026-11-23T15:00'), kind: 'reopen' }],
      '2026-11-23T16:00',
      'running',
      '2026-11-23 18:00:00',
      2,
    ],
    [
      'one that nobody waits for any more has no result',
      [start('2026-11-23T10:00'), { at: at('2026-11-23T11:00'), kind: 'drop' }],
      '2026-11-24T11:00',
      'stopped',
      '2026-11-23 14:00:00',
      1,
    ],
  ])('%s', (_, facts, now, state, dueAt, hours) => {
    const clock = clockAt(runOf(facts)!, at(now));
    expect([clock.state, shown(clock.dueAt), Math.round(clock.elapsedSeconds)]).toEqual([
      state,
      dueAt,
      Math.round(hours * HOUR),
    ]);
  });

  it('comes to the same in whatever order its facts arrive', () => {
    const facts = [
      start('2026-11-23T10:00'),
      pause('2026-11-23T11:00'),
      resume('2026-11-23T12:30'),
      stop('2026-11-23T15:00'),
    ];
    const now = at('2026-11-24T10:00');
    expect(clockAt(runOf([...facts].reverse())!, now)).toEqual(clockAt(runOf(facts)!, now));
  });

  it('keeps both times: contract and calendar', () => {
    const clock = clockAt(
      runOf([start('2026-11-23T16:00'), pause('2026-11-24T09:00'), resume('2026-11-24T10:00')])!,
      at('2026-11-24T11:00'),
    );
    expect(clock).toMatchObject({
      elapsedSeconds: 3 * HOUR,
      calendarSeconds: 19 * HOUR,
      pausedSeconds: HOUR,
      remainingSeconds: HOUR,
    });
  });
});

describe('SLA-07: rules that change on the way', () => {
  const change = (kind: 'policy' | 'calendar', mode: string): ClockFact =>
    ({
      at: at('2026-11-23T12:00'),
      kind,
      mode,
      seconds: 2 * HOUR,
      calendar: kind === 'policy' ? office : late,
    }) as ClockFact;

  it.each<[string, ClockFact, string]>([
    ['a shorter promise from the creation on', change('policy', 'recount'), '2026-11-23 12:00:00'],
    ['a shorter promise from the change on', change('policy', 'from_change'), '2026-11-23 14:00:00'],
    ['a calendar from now on keeps what was consumed', change('calendar', 'from_now_on'), '2026-11-23 14:00:00'],
    ['a calendar over the whole run', change('calendar', 'recalculate'), '2026-11-23 16:00:00'],
  ])('%s', (_, fact, expected) => {
    expect(shown(clockAt(runOf([start('2026-11-23T10:00'), fact])!, at('2026-11-23T12:00')).dueAt)).toBe(expected);
  });

  it('what is over stays as it was judged, unless it is counted anew on purpose', () => {
    const done = [start('2026-11-23T10:00'), stop('2026-11-23T11:30')];
    const seconds = (fact: ClockFact) => runOf([...done, fact])!.seconds;
    expect(seconds(change('policy', 'from_change'))).toBe(4 * HOUR);
    expect(seconds(change('policy', 'recount'))).toBe(2 * HOUR);
  });
});

describe('SLA-06: when something must be told', () => {
  const thresholds = [{ percent: 50 }, { percent: 90 }, { beforeSeconds: 900 }];

  it('names each threshold at its moment, in order, the end last', () => {
    const moments = momentsOf(runOf([start('2026-11-23T10:00', 10, always)])!, thresholds);
    expect(moments.map(({ name, at }) => `${name} ${shown(at)}`)).toEqual([
      '50% 2026-11-23 15:00:00',
      '90% 2026-11-23 19:00:00',
      '-900 2026-11-23 19:45:00',
      'breach 2026-11-23 20:00:00',
    ]);
  });

  it('keeps what is behind it where it was when the clock has stood since', () => {
    const moments = momentsOf(
      runOf([start('2026-11-23T10:00'), pause('2026-11-23T13:00'), resume('2026-11-23T14:00')])!,
      thresholds,
    );
    expect(moments.map(({ name, at }) => `${name} ${shown(at)}`)).toEqual([
      '50% 2026-11-23 12:00:00',
      '90% 2026-11-23 14:36:00',
      '-900 2026-11-23 14:45:00',
      'breach 2026-11-23 15:00:00',
    ]);
  });

  it('has nothing to tell while it stands or after it was stopped in time', () => {
    expect(momentsOf(runOf([start('2026-11-23T10:00'), pause('2026-11-23T11:00')])!, thresholds)).toEqual([]);
    expect(momentsOf(runOf([start('2026-11-23T10:00'), stop('2026-11-23T11:00')])!, thresholds)).toEqual([]);
  });
});
