import { readHolidays } from './holidays-file';

it('SLA-02: reads the yearly file of xmlcalendar', () => {
  const file = {
    year: 2027,
    months: [
      { month: 2, days: '6,7,13,14,20*,21,22+,23,27,28' },
      { month: 3, days: '6,7,8,13,14,20,21,27,28' },
    ],
  };
  expect(readHolidays(JSON.stringify(file))).toEqual([
    {
      country: 'ru',
      year: 2027,
      days: [
        { date: '2027-02-20', kind: 'short' },
        { date: '2027-02-22', kind: 'off' },
        { date: '2027-02-23', kind: 'off' },
        { date: '2027-03-08', kind: 'off' },
      ],
    },
  ]);
});

it('SLA-02: a Saturday that the file leaves out is worked', () => {
  const file = { year: 2027, months: [{ month: 2, days: '7,13,14,20,21,27,28' }] };
  expect(readHolidays(JSON.stringify(file))?.[0]?.days).toEqual([{ date: '2027-02-06', kind: 'working' }]);
});

it('SLA-02: reads our own file of several years and a bare list', () => {
  const day = { date: '2027-01-01', kind: 'off' };
  const own = { country: 'RU', years: { 2027: [day], 2028: [{ date: '2028-01-01', kind: 'short' }] } };
  expect(readHolidays(JSON.stringify(own))).toEqual([
    { country: 'ru', year: 2027, days: [day] },
    { country: 'ru', year: 2028, days: [{ date: '2028-01-01', kind: 'short' }] },
  ]);
  expect(readHolidays(JSON.stringify([day]))).toEqual([{ country: 'ru', year: 2027, days: [day] }]);
});

it.each(['', 'не JSON', '{}', '[]', '[1]', '[{"date":"2027-1-1","kind":"off"}]', '{"years":{"2027":"нет"}}', 'null'])(
  'SLA-02: does not take «%s» for a production calendar',
  (text) => expect(readHolidays(text)).toBeNull(),
);
