import { minutesIn, tidyTime, yearOf, type CalendarDefinition, type Holiday, type Interval } from './calendar-days';

const DAY: Interval[] = [
  { from: '09:00', to: '13:00' },
  { from: '14:00', to: '18:00' },
];
const office: CalendarDefinition = {
  timeZone: 'Europe/Moscow',
  week: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: [{ from: '09:00', to: '16:45' }], sat: [], sun: [] },
  yearly: { '12-31': [{ from: '09:00', to: '12:00' }], '06-12': DAY },
  dated: { '2026-03-09': DAY, '2026-07-01': [] },
  holidays: 'ru',
};
const HOLIDAYS: Holiday[] = [
  { date: '2026-03-09', kind: 'off' },
  { date: '2026-06-12', kind: 'off' },
  { date: '2026-04-30', kind: 'short' },
  { date: '2026-05-16', kind: 'working' },
];
const day = (date: string, calendar = office, holidays = HOLIDAYS) =>
  yearOf(calendar, holidays, Number(date.slice(0, 4))).find((each) => each.date === date);

it.each([
  ['2026-03-10', 'open', DAY],
  ['2026-03-14', 'closed', []],
  ['2026-06-12', 'holiday', []],
  ['2026-03-09', 'special', DAY],
  ['2026-07-01', 'special_closed', []],
  ['2026-12-31', 'special', [{ from: '09:00', to: '12:00' }]],
  ['2026-05-16', 'moved', [{ from: '09:00', to: '16:45' }]],
  ['2026-04-30', 'short', [DAY[0], { from: '14:00', to: '17:00' }]],
])('SLA-02: %s is drawn as %s', (date, kind, intervals) => {
  expect(day(date)).toMatchObject({ kind, intervals });
});

it('SLA-02: without a production calendar only the own rules count', () => {
  expect(day('2026-06-12', { ...office, holidays: null })).toMatchObject({ kind: 'special' });
  expect(day('2026-05-16', { ...office, holidays: null })).toMatchObject({ kind: 'closed' });
});

it('SLA-02: the hour that falls away may take a whole short shift and a piece of the one before', () => {
  const shifts = [
    { from: '09:00', to: '12:00' },
    { from: '17:00', to: '17:30' },
  ];
  const calendar = { ...office, week: { ...office.week, thu: shifts } };
  expect(day('2026-04-30', calendar)?.intervals).toEqual([{ from: '09:00', to: '11:30' }]);
});

it('a night shift is shortened at its end, past midnight', () => {
  const calendar = { ...office, week: { thu: [{ from: '20:00', to: '08:00' }] } };
  expect(day('2026-04-30', calendar)?.intervals).toEqual([{ from: '20:00', to: '07:00' }]);
  expect(minutesIn([{ from: '20:00', to: '08:00' }])).toBe(720);
  expect(minutesIn([{ from: '00:00', to: '24:00' }])).toBe(1440);
});

it('a leap year has its day', () => {
  expect(yearOf(office, [], 2028)).toHaveLength(366);
  expect(yearOf(office, [], 2026)).toHaveLength(365);
  expect(yearOf(office, [], 2026)[0]).toMatchObject({ date: '2026-01-01', weekday: 'thu' });
});

it.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['0930', '09:30'],
  ['9:30', '09:30'],
  ['9.05', '09:05'],
  ['18 30', '18:30'],
  ['24', '24:00'],
  ['24:01', '24:01'],
  ['25', '25'],
  ['утро', 'утро'],
  ['9:', '09:00'],
])('«%s» typed as a time becomes «%s»', (typed, kept) => {
  expect(tidyTime(typed)).toBe(kept);
});
