import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import { HolidayCommands } from './holidays.command';
import { SlaModule } from './sla.module';

const OFFICE = [{ from: '09:00', to: '18:00' }];
const WEEK = { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE };
const HOURS = { timeZone: 'Europe/Moscow', week: WEEK };

let api: TestApi;
let admin: TestEmployee;
let engineer: TestEmployee;
beforeAll(async () => {
  api = await startApi(SlaModule);
  admin = await anEmployee(api, { role: 'admin' });
  engineer = await anEmployee(api, { role: 'engineer' });
});
afterAll(() => api.close());

const post = (body: object) => api.as(admin).post('/sla/calendars').send(body);
const patch = (id: string, version: number, body: object) =>
  api.as(admin).patch(`/sla/calendars/${id}`).set('if-match', `"${version}"`).send(body);
const make = async (more: object = {}) => (await post({ name: 'Офис', ...HOURS, ...more }).expect(201)).body;
const preview = async (calendarId: string, start: string, durationSeconds: number) =>
  (await api.as(admin).post('/sla/preview').send({ calendarId, start, durationSeconds }).expect(200)).body;

describe('calendars', () => {
  it('SLA-02: a new installation has an office calendar with the production calendar, and one around the clock', async () => {
    const { body } = await api.as(admin).get('/sla/calendars').expect(200);
    const codes = body.data.map((row: { code: string }) => row.code);
    expect(codes).toEqual(expect.arrayContaining(['office', 'always']));
    expect(body.data.find((row: { code: string }) => row.code === 'office')).toMatchObject({
      holidays: 'ru',
      version: 1,
    });
  });

  it('SLA-02: is made, changed field by field, archived and restored', async () => {
    const made = await make({
      code: 'night',
      week: {
        fri: [
          { from: '22:00', to: '06:00' },
          { from: '09:00', to: '12:00' },
        ],
      },
    });
    expect(made.week.fri).toEqual([
      { from: '09:00', to: '12:00' },
      { from: '22:00', to: '06:00' },
    ]);
    expect(made.week.mon).toEqual([]);
    const changed = await patch(made.id, 1, { yearly: { '02-29': OFFICE, '01-01': [] } }).expect(200);
    expect(changed.headers.etag).toBe('"2"');
    expect(changed.body).toMatchObject({ name: 'Офис', week: made.week, yearly: { '01-01': [], '02-29': OFFICE } });
    await patch(made.id, 1, { name: 'Поздно' }).expect(412);
    await api.as(admin).patch(`/sla/calendars/${made.id}`).send({ name: 'Без версии' }).expect(428);
    await api.as(admin).post(`/sla/calendars/${made.id}/archive`).expect(200);
    const list = async (query = '') =>
      (await api.as(admin).get(`/sla/calendars${query}`)).body.data.map((row: { id: string }) => row.id);
    expect(await list()).not.toContain(made.id);
    expect(await list('?archived=true')).toContain(made.id);
    await api.as(admin).post(`/sla/calendars/${made.id}/restore`).expect(200);
    expect(await list()).toContain(made.id);
  });

  it('SLA-02: a change is counted with at once', async () => {
    const { id } = await make();
    expect((await preview(id, '2026-06-01T06:00:00Z', 7200)).dueAt).toBe('2026-06-01T08:00:00.000Z');
    await patch(id, 1, { week: { ...WEEK, mon: [{ from: '10:00', to: '11:00' }] } }).expect(200);
    expect((await preview(id, '2026-06-01T06:00:00Z', 7200)).dueAt).toBe('2026-06-02T07:00:00.000Z');
  });

  it('R-01: only who may manage changes, only who may read sees', async () => {
    const { id } = await make();
    await api.as(engineer).get('/sla/calendars').expect(403);
    await api
      .as(engineer)
      .post('/sla/calendars')
      .send({ name: 'x', ...HOURS })
      .expect(403);
    const dispatcher = await anEmployee(api, { role: 'dispatcher' });
    await api.as(dispatcher).get(`/sla/calendars/${id}`).expect(200);
    await api.as(dispatcher).patch(`/sla/calendars/${id}`).set('if-match', '"1"').send({ name: 'x' }).expect(403);
    await api.as(admin).get('/sla/calendars/019b7500-0000-7000-8000-00000000ffff').expect(404);
  });

  const day = (...intervals: unknown[]) => ({ week: { mon: intervals } });
  it.each([
    ['a calendar without hours', { week: { mon: [] } }, '/week', 'sla.noHours'],
    ['an unknown zone', { timeZone: 'Europe/Moskva' }, '/timeZone', 'sla.zoneUnknown'],
    ['an offset for a zone', { timeZone: '+03:00' }, '/timeZone', 'sla.zoneUnknown'],
    [
      'an end before the beginning on the same day',
      day({ from: '18:00', to: '09:00', nextDay: false }),
      '/week/mon/0/to',
      'sla.endsBeforeItBegins',
    ],
    [
      'an end on the next day that is later',
      day({ from: '09:00', to: '18:00', nextDay: true }),
      '/week/mon/0/nextDay',
      'sla.nextDayWrong',
    ],
    ['25:00', day({ from: '09:00', to: '25:00' }), '/week/mon/0/to', 'sla.timeWrong'],
    ['24:00 as a beginning', day({ from: '24:00', to: '06:00' }), '/week/mon/0/from', 'sla.timeWrong'],
    ['9:00', day({ from: '9:00', to: '18:00' }), '/week/mon/0/from', 'sla.timeWrong'],
    ['a number for a time', day({ from: 9, to: '18:00' }), '/week/mon/0/from', 'sla.timeWrong'],
    [
      'overlapping intervals',
      day({ from: '09:00', to: '13:00' }, { from: '12:00', to: '18:00' }),
      '/week/mon/1',
      'sla.intervalsOverlap',
    ],
    [
      'an overnight shift over a later one',
      day({ from: '20:00', to: '06:00' }, { from: '22:00', to: '23:00' }),
      '/week/mon/1',
      'sla.intervalsOverlap',
    ],
    [
      'a shift inside a long one',
      day({ from: '08:00', to: '20:00' }, { from: '09:00', to: '10:00' }, { from: '11:00', to: '12:00' }),
      '/week/mon/2',
      'sla.intervalsOverlap',
    ],
    ['a weekday that is none', { week: { mon: OFFICE, monday: OFFICE } }, '/week/monday', 'sla.weekdayUnknown'],
    ['a list for the week', { week: [OFFICE] }, '/week', 'validation.isObject'],
    ['a text for a day', { week: { mon: '09:00' } }, '/week/mon', 'sla.dayShape'],
    [
      'an unknown field of an interval',
      day({ from: '09:00', to: '18:00', pause: 1 }),
      '/week/mon/0/pause',
      'sla.intervalShape',
    ],
    ['February 30', { yearly: { '02-30': [] } }, '/yearly/02-30', 'sla.dayOfYearWrong'],
    ['a full date among the yearly', { yearly: { '2026-01-01': [] } }, '/yearly/2026-01-01', 'sla.dayOfYearWrong'],
    ['the year 0000', { dated: { '0000-01-01': [] } }, '/dated/0000-01-01', 'sla.dateWrong'],
    ['a date with a time', { dated: { '2026-01-01T24:00:00Z': [] } }, '/dated/2026-01-01T24:00:00Z', 'sla.dateWrong'],
    ['February 29 of 2026', { dated: { '2026-02-29': [] } }, '/dated/2026-02-29', 'sla.dateWrong'],
    [
      'a bad interval of a date',
      { dated: { '2026-02-28': [{ from: '1', to: '2' }] } },
      '/dated/2026-02-28/0/from',
      'sla.timeWrong',
    ],
    ['a country nobody knows', { holidays: 'zz' }, '/holidays', 'sla.holidaysUnknown'],
    ['a name of spaces', { name: '   ' }, '/name', 'validation.isLength'],
    ['a code with spaces', { code: 'a b' }, '/code', 'validation.matches'],
    ['an unknown field', { hours: 8 }, '/hours', 'validation.whitelistValidation'],
  ])('SLA-02: refuses %s and names the place', async (_, wrong, pointer, code) => {
    const { body } = await post({ name: 'Офис', ...HOURS, ...wrong }).expect(422);
    expect(body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
    expect(body.errors[0].message).toMatch(/[а-яё]{3}/i);
  });

  it('SLA-02: a change is refused by the same rules, and nothing of it is kept', async () => {
    const made = await make();
    await patch(made.id, 1, { name: 'Новое', week: { tue: [] } }).expect(422);
    expect((await api.as(admin).get(`/sla/calendars/${made.id}`)).body).toMatchObject({ name: 'Офис', version: 1 });
    await post({ name: 'Двойник', ...HOURS, code: 'office' }).expect(409);
  });
});

describe('the year', () => {
  const year = async (id: string, of: number) =>
    (await api.as(admin).get(`/sla/calendars/${id}/years/${of}`).expect(200)).body;
  const dayOf = (body: { days: { date: string }[] }, date: string) => body.days.find((day) => day.date === date);

  it('SLA-02: shows every date with its hours and where they come from', async () => {
    const { id } = await make({
      holidays: 'ru',
      yearly: { '12-30': [{ from: '09:00', to: '12:00' }] },
      dated: { '2026-06-12': OFFICE },
    });
    const body = await year(id, 2026);
    expect(body.days).toHaveLength(365);
    expect(dayOf(body, '2026-11-03')).toMatchObject({
      source: 'holiday',
      kind: 'short',
      intervals: [{ from: '09:00', to: '17:00' }],
      workingSeconds: 28_800,
    });
    expect(dayOf(body, '2026-11-04')).toMatchObject({
      source: 'holiday',
      kind: 'off',
      intervals: [],
      workingSeconds: 0,
    });
    expect(dayOf(body, '2026-06-12')).toMatchObject({ source: 'dated', kind: null, workingSeconds: 32_400 });
    expect(dayOf(body, '2026-12-30')).toMatchObject({ source: 'yearly', workingSeconds: 10_800 });
    const leap = await year(id, 2024);
    expect(leap.days).toHaveLength(366);
    expect(dayOf(leap, '2024-04-27')).toMatchObject({ weekday: 'sat', kind: 'working', intervals: OFFICE });
    expect(dayOf(leap, '2024-11-02')).toMatchObject({
      weekday: 'sat',
      kind: 'short',
      intervals: [{ from: '09:00', to: '17:00' }],
    });
  });

  it('SLA-02: counts the working days as the decrees do', async () => {
    const { id } = await make({ holidays: 'ru' });
    expect([
      (await year(id, 2024)).workingDays,
      (await year(id, 2025)).workingDays,
      (await year(id, 2026)).workingDays,
    ]).toEqual([248, 247, 247]);
  });

  it('SLA-02: a night of a clock change is as long as it is', async () => {
    const night = [{ from: '22:00', to: '06:00' }];
    const { id } = await make({ timeZone: 'Europe/Berlin', week: { sat: night } });
    const body = await year(id, 2026);
    expect(dayOf(body, '2026-03-28')).toMatchObject({
      workingSeconds: 7 * 3600,
      intervals: [{ from: '22:00', to: '06:00', nextDay: true }],
    });
    expect(dayOf(body, '2026-10-24')).toMatchObject({ workingSeconds: 9 * 3600 });
    await api.as(admin).get(`/sla/calendars/${id}/years/1800`).expect(422);
  });
});

describe('production calendars', () => {
  const put = (country: string, year: number | string, days: unknown) =>
    api
      .as(admin)
      .put(`/sla/holidays/${country}/${year}`)
      .send({ days } as object);

  it('SLA-02: Russia’s of 2024 to 2026 are there', async () => {
    const { body } = await api.as(admin).get('/sla/holidays').expect(200);
    const ru = body.data.filter((row: { country: string }) => row.country === 'ru');
    expect(ru.map((row: { year: number; days: object[] }) => [row.year, row.days.length])).toEqual([
      [2026, 22],
      [2025, 23],
      [2024, 26],
    ]);
  });

  it('SLA-02: a new year counts at once for everybody who follows the country', async () => {
    const { id } = await make({ holidays: 'ru' });
    expect((await preview(id, '2027-01-01T06:00:00Z', 3600)).dueAt).toBe('2027-01-01T07:00:00.000Z');
    await put('ru', 2027, [
      { date: '2027-01-01', kind: 'off' },
      { date: '2027-01-04', kind: 'off' },
    ]).expect(200);
    expect((await preview(id, '2027-01-01T06:00:00Z', 3600)).dueAt).toBe('2027-01-05T07:00:00.000Z');
    expect((await api.as(admin).get(`/sla/calendars/${id}`)).body.version).toBe(2);
    await put('ru', 2027, []).expect(200);
    expect((await preview(id, '2027-01-01T06:00:00Z', 3600)).dueAt).toBe('2027-01-01T07:00:00.000Z');
  });

  it.each([
    ['a date of another year', 2028, [{ date: '2027-01-01', kind: 'off' }], '/days/0/date'],
    [
      'a date twice',
      2028,
      [
        { date: '2028-01-01', kind: 'off' },
        { date: '2028-01-01', kind: 'short' },
      ],
      '/days/1/date',
    ],
    ['a date that does not exist', 2027, [{ date: '2027-02-29', kind: 'off' }], '/days/0/date'],
    ['a working Wednesday', 2028, [{ date: '2028-01-05', kind: 'working' }], '/days/0/kind'],
    ['an unknown kind', 2028, [{ date: '2028-01-05', kind: 'holiday' }], '/days/0/kind'],
    ['a text for the days', 2028, 'none', '/days'],
  ])('SLA-02: refuses %s', async (_, year, days, pointer) => {
    const { body } = await put('ru', year, days).expect(422);
    expect(body.errors[0].pointer).toBe(pointer);
  });

  it('SLA-02: later years come by the command line', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'holidays-')), 'ru.json');
    await writeFile(
      file,
      JSON.stringify({
        years: {
          2029: [
            { date: '2029-01-01', kind: 'off' },
            { date: '2029-03-07', kind: 'short' },
          ],
        },
      }),
    );
    const run = (options: Record<string, string>) =>
      api.get(HolidayCommands).import({ ctx: api.system, args: [], options });
    expect(await run({ country: 'ru', file })).toMatchObject({
      country: 'ru',
      years: [{ year: 2029, off: 1, short: 1, working: 0 }],
    });
    const { body } = await api.as(admin).get('/sla/holidays');
    expect(body.data[0]).toMatchObject({ country: 'ru', year: 2029 });
    await writeFile(file, JSON.stringify({ years: { 2030: [{ date: '2030-02-30', kind: 'off' }] } }));
    await expect(run({ country: 'ru', file })).rejects.toThrow(
      '/years/2030/0/date: There is no such date: “2030-02-30”',
    );
    await expect(run({ country: 'ru', file: '/nowhere.json' })).rejects.toThrow('cannot be read');
  });
});
