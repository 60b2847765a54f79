import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import { SlaModule } from './sla.module';
import type { SlaPreviewView } from './sla-preview.dto';

let api: TestApi;
let admin: TestEmployee;
const ids: Record<string, string> = {};
beforeAll(async () => {
  api = await startApi(SlaModule);
  admin = await anEmployee(api, { role: 'admin' });
  const { body } = await api.as(admin).get('/sla/calendars').expect(200);
  for (const { code, id } of body.data) ids[code] = id;
});
afterAll(() => api.close());

const OFFICE = [{ from: '09:00', to: '18:00' }];
const WEEK = { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE };
const MOSCOW = { timeZone: 'Europe/Moscow', week: WEEK };
const ALWAYS = [{ from: '00:00', to: '24:00' }];
const AROUND = {
  timeZone: 'Europe/Moscow',
  week: { mon: ALWAYS, tue: ALWAYS, wed: ALWAYS, thu: ALWAYS, fri: ALWAYS, sat: ALWAYS, sun: ALWAYS },
};
const START = '2026-06-01T09:00:00+03:00';
const HOUR = 3600;

const post = (body: object) => api.as(admin).post('/sla/preview').send(body);
const ask = async (body: object): Promise<SlaPreviewView> =>
  (await post({ calendar: MOSCOW, start: START, durationSeconds: 8 * HOUR, ...body }).expect(200)).body;
const at = (text: string) => new Date(text).toISOString();
const kinds = ({ explanation }: SlaPreviewView) => explanation.segments.map(({ kind, reason }) => reason ?? kind);

/** Without holes from the start to the deadline, and both sums right to the second. */
function expectWhole({ explanation, dueAt, elapsedSeconds, calendarSeconds }: SlaPreviewView) {
  const { segments, startAt } = explanation;
  let moment: string | null = startAt;
  for (const segment of segments) {
    expect(segment.from).toBe(moment);
    moment = segment.to;
  }
  expect(moment).toBe(dueAt);
  const sum = (field: 'seconds' | 'countedSeconds') => segments.reduce((total, segment) => total + segment[field], 0);
  expect(sum('seconds')).toBe(calendarSeconds);
  expect(sum('countedSeconds')).toBe(elapsedSeconds);
  expect(segments.at(-1)?.remainingSeconds ?? 0).toBe(0);
}

describe('the deadline', () => {
  it('SLA-02: over a shortened day and a holiday, in words', async () => {
    const answer = await ask({ calendar: { ...MOSCOW, holidays: 'ru' }, start: '2026-11-03T16:30:00+03:00' });
    expect(answer.dueAt).toBe(at('2026-11-05T16:30:00+03:00'));
    expect(answer).toMatchObject({ elapsedSeconds: 28_800, calendarSeconds: 172_800, pausedSeconds: 0, problems: [] });
    expect(kinds(answer)).toEqual(['working', 'shortened', 'holiday', 'outside_hours', 'working']);
    expect(answer.explanation.segments[2]).toMatchObject({
      from: at('2026-11-04T00:00:00+03:00'),
      to: at('2026-11-05T00:00:00+03:00'),
      kind: 'holiday',
      label: 'Нерабочий день по производственному календарю',
      seconds: 86_400,
      countedSeconds: 0,
      remainingSeconds: 27_000,
    });
    expectWhole(answer);
  });

  it('SLA-02: by a calendar that is stored, and in English', async () => {
    const { body } = await api
      .as(admin)
      .post('/sla/preview')
      .set('accept-language', 'en')
      .send({ calendarId: ids.office, start: '2026-11-03T16:30:00+03:00', durationSeconds: 3600 })
      .expect(200);
    expect(body.dueAt).toBe(at('2026-11-05T09:30:00+03:00'));
    expect(body.explanation.segments[0].label).toBe('Working time');
  });

  it('SLA-02: within the hours of the object only', async () => {
    const object = { timeZone: 'Asia/Vladivostok', week: WEEK };
    const answer = await ask({ objectCalendar: object, durationSeconds: 3 * HOUR });
    expect(answer.dueAt).toBe(at('2026-06-02T10:00:00+03:00'));
    expect(answer.explanation.segments[1]).toMatchObject({ isObject: true, label: 'Объект закрыт: Вне рабочих часов' });
    expectWhole(answer);
    expect((await ask({ calendarId: ids.always, calendar: undefined, objectCalendarId: ids.office })).dueAt).toBe(
      at('2026-06-01T17:00:00+03:00'),
    );
  });

  it('SLA-04: moves by exactly the working time of the pauses', async () => {
    const pauses = [
      { from: '2026-06-01T16:00:00+03:00', to: '2026-06-02T10:00:00+03:00' },
      { from: '2026-06-01T08:00:00+03:00', to: '2026-06-01T09:30:00+03:00' },
    ];
    const answer = await ask({ pauses });
    expect(answer.dueAt).toBe(at('2026-06-02T11:30:00+03:00'));
    expect(answer).toMatchObject({ pausedSeconds: 3.5 * HOUR, pausedCalendarSeconds: 18.5 * HOUR });
    expect(kinds(answer)).toEqual(['pause', 'working', 'pause', 'working']);
    expectWhole(answer);
  });

  it('SLA-07: hours that change on the way: from now on, or all anew', async () => {
    const change = { at: '2026-06-01T20:00:00+03:00', calendar: AROUND };
    const kept = await ask({ durationSeconds: 10 * HOUR, changes: [{ ...change, mode: 'from_now_on' }] });
    expect(kept.dueAt).toBe(at('2026-06-01T21:00:00+03:00'));
    expect(kinds(kept)).toEqual(['working', 'outside_hours', 'change', 'working']);
    expectWhole(kept);
    const anew = await ask({ durationSeconds: 12 * HOUR, changes: [{ ...change, mode: 'recalculate' }] });
    expect(anew.dueAt).toBe(at('2026-06-01T21:00:00+03:00'));
    expectWhole(anew);
    const twice = await ask({
      durationSeconds: 20 * HOUR,
      changes: [
        { at: '2026-06-02T00:00:00+03:00', calendarId: ids.office, mode: 'from_now_on' },
        { ...change, mode: 'from_now_on' },
      ],
    });
    expect(twice.dueAt).toBe(at('2026-06-02T16:00:00+03:00'));
    expectWhole(twice);
  });

  it('SLA-07: what changes after the end does not count', async () => {
    const end = '2026-06-01T20:00:00+03:00';
    const change = { mode: 'recalculate', calendar: AROUND };
    const later = await ask({
      durationSeconds: 20 * HOUR,
      end,
      changes: [{ ...change, at: '2026-06-01T20:00:01+03:00' }],
    });
    expect(later).toMatchObject({ elapsedSeconds: 9 * HOUR, dueAt: at('2026-06-02T05:00:00+03:00') });
    const then = await ask({ durationSeconds: 20 * HOUR, end, changes: [{ ...change, at: end }] });
    expect(then).toMatchObject({ elapsedSeconds: 11 * HOUR, dueAt: at('2026-06-02T05:00:00+03:00') });
  });

  it('SLA-03: of a promise of a policy', async () => {
    const policy = {
      name: 'Проба',
      when: { all: [] },
      calendarId: ids.office,
      objectCalendarMode: 'intersect',
      metrics: [
        { metric: 'reaction', seconds: 2 * HOUR, calendarId: ids.always },
        { metric: 'resolution', seconds: 8 * HOUR },
      ],
    };
    const { body } = await api.as(admin).post('/sla/policies').send(policy).expect(201);
    const of = (metric: string, more: object = {}) =>
      ask({
        calendar: undefined,
        policyId: body.id,
        metric,
        durationSeconds: undefined,
        start: '2026-06-05T17:00:00+03:00',
        ...more,
      });
    expect((await of('resolution')).dueAt).toBe(at('2026-06-08T16:00:00+03:00'));
    expect((await of('reaction')).dueAt).toBe(at('2026-06-05T19:00:00+03:00'));
    expect((await of('reaction', { objectCalendar: MOSCOW })).dueAt).toBe(at('2026-06-08T10:00:00+03:00'));
    const ignoring = { 'if-match': '"1"' };
    await api
      .as(admin)
      .patch(`/sla/policies/${body.id}`)
      .set(ignoring)
      .send({ objectCalendarMode: 'ignore' })
      .expect(200);
    expect((await of('reaction', { objectCalendar: MOSCOW })).dueAt).toBe(at('2026-06-05T19:00:00+03:00'));
    const strange = await post({ policyId: body.id, metric: 'arrival', start: START }).expect(422);
    expect(strange.body.errors[0].pointer).toBe('/metric');
  });

  it.each([
    ['a calendar without hours', { calendar: { timeZone: 'UTC', week: {} } }, '/calendar/week'],
    ['a pause that stays open', { pauses: [{ from: START, to: null }] }, '/pauses/0'],
    [
      'hours that are over',
      { calendar: { timeZone: 'UTC', week: {}, dated: { '2020-01-01': OFFICE } } },
      '/durationSeconds',
    ],
    [
      'hours that never meet',
      { objectCalendar: { timeZone: 'Europe/Moscow', week: { sun: OFFICE } } },
      '/durationSeconds',
    ],
  ])('SLA-02: never comes with %s, and it is said why', async (_, more, pointer) => {
    const answer = await ask(more);
    expect(answer).toMatchObject({ dueAt: null, elapsedSeconds: null, calendarSeconds: null });
    expect(answer.problems).toMatchObject([{ pointer, message: expect.stringMatching(/[а-яё]{3}/i) as string }]);
    expect(answer.explanation.segments.at(-1)?.to).toBeNull();
  });

  it('SLA-02: is the start for no work at all, and closing when the work ends there', async () => {
    expect((await ask({ durationSeconds: 0, start: '2026-06-06T12:00:00Z' })).dueAt).toBe('2026-06-06T12:00:00.000Z');
    expect((await ask({ durationSeconds: 9 * HOUR })).dueAt).toBe(at('2026-06-01T18:00:00+03:00'));
    expect((await ask({ start: '2026-06-01T17:59:59.250+03:00', durationSeconds: 1 })).dueAt).toBe(
      '2026-06-02T06:00:00.250Z',
    );
  });
});

describe('elapsed time', () => {
  it('SLA-02: until a moment, working and plain', async () => {
    const answer = await ask({ durationSeconds: undefined, end: '2026-06-02T10:00:00+03:00' });
    expect(answer).toMatchObject({ dueAt: null, elapsedSeconds: 10 * HOUR, calendarSeconds: 25 * HOUR, problems: [] });
    const both = await ask({ end: '2026-06-01T12:00:00+03:00' });
    expect(both).toMatchObject({ dueAt: at('2026-06-01T17:00:00+03:00'), elapsedSeconds: 3 * HOUR });
  });

  it('SLA-02: is nothing when the end is not after the start', async () => {
    const answer = await ask({ durationSeconds: undefined, end: '2026-05-01T00:00:00Z' });
    expect(answer).toMatchObject({ elapsedSeconds: 0, calendarSeconds: 0 });
    expect(answer.explanation.segments).toEqual([]);
  });

  it('SLA-02: counts the hour that happens twice', async () => {
    const berlin = { ...AROUND, timeZone: 'Europe/Berlin' };
    const night = {
      calendar: berlin,
      durationSeconds: undefined,
      start: '2026-10-25T00:00:00+02:00',
      end: '2026-10-26T00:00:00+01:00',
    };
    expect((await ask(night)).elapsedSeconds).toBe(25 * HOUR);
  });
});

describe('the story', () => {
  it('SLA-08: adds up to the second whatever comes together', async () => {
    const answer = await ask({
      calendar: {
        ...MOSCOW,
        holidays: 'ru',
        yearly: { '04-15': [] },
        dated: { '2026-04-16': [{ from: '20:00', to: '04:00' }] },
      },
      objectCalendar: { timeZone: 'Europe/Berlin', week: { ...WEEK, sat: OFFICE }, dated: { '2026-04-17': [] } },
      start: '2026-03-27T11:11:11+03:00',
      durationSeconds: 500 * HOUR,
      pauses: [
        { from: '2026-03-30T00:00:00Z', to: '2026-04-02T10:10:10Z' },
        { from: '2026-05-05T05:05:05Z', to: '2026-05-05T15:15:15Z' },
      ],
      changes: [{ at: '2026-05-05T10:00:00Z', mode: 'from_now_on', calendar: AROUND }],
    });
    expectWhole(answer);
    expect(answer.elapsedSeconds).toBe(500 * HOUR);
    expect(kinds(answer)).toEqual(
      expect.arrayContaining(['working', 'pause', 'change', 'holiday', 'exception', 'day_off']),
    );
  });

  it('SLA-08: that is very long is cut, and still adds up', async () => {
    const answer = await ask({ calendar: { ...AROUND, week: { ...WEEK, mon: [] } }, durationSeconds: 100_000 * HOUR });
    expect(answer.explanation.segments.length).toBeLessThanOrEqual(5001);
    expect(answer.explanation.segments.at(-1)?.kind).toBe('rest');
    expectWhole(answer);
  });
});

describe('bad questions', () => {
  const pause = { from: START, to: START };
  it.each<[string, object, string]>([
    ['no calendar', { calendar: undefined }, '/calendarId'],
    ['two calendars', { calendarId: NaN }, '/calendarId'],
    ['a stored and an inline one', { calendarId: '019b7500-0000-7000-8000-00000000ffff' }, '/calendar'],
    ['an unknown calendar', { calendar: undefined, calendarId: '019b7500-0000-7000-8000-00000000ffff' }, '/calendarId'],
    [
      'an unknown policy',
      { calendar: undefined, policyId: '019b7500-0000-7000-8000-00000000ffff', metric: 'reaction' },
      '/policyId',
    ],
    ['a policy without a metric', { calendar: undefined, policyId: '019b7500-0000-7000-8000-00000000ffff' }, '/metric'],
    ['neither a duration nor an end', { durationSeconds: undefined }, '/durationSeconds'],
    ['a negative duration', { durationSeconds: -1 }, '/durationSeconds'],
    ['a huge duration', { durationSeconds: 1e15 }, '/durationSeconds'],
    ['a broken duration', { durationSeconds: 1.5 }, '/durationSeconds'],
    ['a text for a duration', { durationSeconds: '3600' }, '/durationSeconds'],
    ['a start without a zone', { start: '2026-06-01T09:00:00' }, '/start'],
    ['February 30', { start: '2026-02-30T09:00:00Z' }, '/start'],
    ['the year 9999', { start: '9999-01-01T00:00:00Z' }, '/start'],
    ['no start', { start: undefined }, '/start'],
    ['an end in a thousand years', { end: '3026-06-01T09:00:00Z' }, '/end'],
    [
      'a pause that ends before it begins',
      { pauses: [pause, { from: START, to: '2026-05-01T00:00:00Z' }] },
      '/pauses/1/to',
    ],
    ['a pause without a beginning', { pauses: [{ to: START }] }, '/pauses/0/from'],
    ['a pause in a thousand years', { pauses: [{ from: START, to: '3026-06-01T09:00:00Z' }] }, '/pauses/0/to'],
    ['an unknown field of a pause', { pauses: [{ ...pause, why: 1 }] }, '/pauses/0'],
    ['a text for a pause', { pauses: ['lunch'] }, '/pauses/0'],
    ['a text for the pauses', { pauses: 'lunch' }, '/pauses'],
    ['too many pauses', { pauses: Array.from({ length: 10_001 }, () => pause) }, '/pauses'],
    ['an unknown zone', { calendar: { timeZone: 'Mars/Olympus', week: WEEK } }, '/calendar/timeZone'],
    [
      'an end before the beginning',
      { calendar: { ...MOSCOW, week: { mon: [{ from: '18:00', to: '09:00', nextDay: false }] } } },
      '/calendar/week/mon/0/to',
    ],
    [
      'overlapping hours of the object',
      { objectCalendar: { ...MOSCOW, week: { mon: [...OFFICE, ...OFFICE] } } },
      '/objectCalendar/week/mon/1',
    ],
    ['holidays of nowhere', { calendar: { ...MOSCOW, holidays: 'zz' } }, '/calendar/holidays'],
    ['a list for a calendar', { calendar: [MOSCOW] }, '/calendar'],
    ['a change to nothing', { changes: [{ at: START, mode: 'from_now_on' }] }, '/changes/0'],
    ['a change of an unknown kind', { changes: [{ at: START, mode: 'maybe', calendar: MOSCOW }] }, '/changes/0/mode'],
    [
      'a change to a bad calendar',
      { changes: [{ at: START, mode: 'recalculate', calendar: { ...MOSCOW, week: { mon: 1 } } }] },
      '/changes/0/calendar/week/mon',
    ],
    [
      'a change to an unknown calendar',
      { changes: [{ at: START, mode: 'recalculate', calendarId: '019b7500-0000-7000-8000-00000000ffff' }] },
      '/changes/0/calendarId',
    ],
    ['a change at no moment', { changes: [{ at: 'noon', mode: 'recalculate', calendar: MOSCOW }] }, '/changes/0/at'],
    [
      'too many changes',
      { changes: Array.from({ length: 101 }, () => ({ at: START, mode: 'recalculate', calendar: MOSCOW })) },
      '/changes',
    ],
    ['an unknown field', { durationMinutes: 5 }, '/durationMinutes'],
    ['null for a calendar', { calendar: null }, '/calendar'],
  ])('SLA-02: %s: 422 with the place', async (_, wrong, pointer) => {
    const { body } = await post({ calendar: MOSCOW, start: START, durationSeconds: 3600, ...wrong }).expect(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect(body.errors[0].message).toMatch(/[а-яё]{3}/i);
  });

  const ODD = [
    '2026-06-01T24:00:00Z',
    '2026-06-30T23:59:60Z',
    '0000-01-01T00:00:00Z',
    '2026-06-01T09:00:00+25:00',
    '2026-06-01T09:00:00+03:60',
    '2026-06-01T09:00:00',
    '2026-06-01',
    '2026-02-30T09:00:00Z',
    '2026-13-01T09:00:00Z',
    '2026-06-01T09:61:00Z',
    '2026-06-01T9:00:00Z',
    '+002026-06-01T09:00:00Z',
    '２０２６-06-01T09:00:00Z',
    ' 2026-06-01T09:00:00Z',
    '',
    1_780_000_000,
    null,
  ];
  const PLACES: [string, (moment: unknown) => object][] = [
    ['/start', (start) => ({ start })],
    ['/end', (end) => ({ end })],
    ['/pauses/0/from', (from) => ({ pauses: [{ from, to: null }] })],
    ['/pauses/0/to', (to) => ({ pauses: [{ from: START, to }] })],
    ['/changes/0/at', (moment) => ({ changes: [{ at: moment, mode: 'recalculate', calendar: MOSCOW }] })],
  ];
  it.each(PLACES)('SLA-02: no odd moment passes at %s', async (pointer, wrong) => {
    // An open pause has no end.
    for (const moment of ODD.filter((each) => each !== null || pointer !== '/pauses/0/to')) {
      const { status, body } = await post({ calendar: MOSCOW, start: START, durationSeconds: 3600, ...wrong(moment) });
      const told = ((body as { errors?: { pointer: string }[] }).errors ?? []).map((error) => error.pointer);
      expect([moment, status, told.includes(pointer)]).toEqual([moment, 422, true]);
    }
  });

  it('SLA-02: far moments, long spans and ten thousand pauses are answered', async () => {
    expect((await ask({ start: '1900-01-01T00:00:00Z', durationSeconds: HOUR })).dueAt).not.toBeNull();
    expect((await ask({ start: '9000-06-01T00:00:00Z', durationSeconds: HOUR })).dueAt).not.toBeNull();
    expect((await ask({ durationSeconds: 1_000_000_000, calendar: AROUND })).dueAt).toBe(
      new Date(Date.parse(START) + 1e12).toISOString(),
    );
    const pauses = Array.from({ length: 10_000 }, (_, index) => ({
      from: new Date(Date.parse(START) + index * 60_000).toISOString(),
      to: new Date(Date.parse(START) + index * 60_000 + 30_000).toISOString(),
    }));
    const answer = await ask({ calendar: AROUND, durationSeconds: 2 * HOUR, pauses });
    expect(answer.dueAt).toBe(at('2026-06-01T13:00:00+03:00'));
    expectWhole(answer);
  });

  it('R-01: not for everybody', async () => {
    await api
      .as(await anEmployee(api, { role: 'engineer' }))
      .post('/sla/preview')
      .send({})
      .expect(403);
    await api.anonymous.post('/sla/preview').send({}).expect(401);
  });
});
