import { isDay, isMoment, spanOf } from './ticket-filter-moment';

const NOW = new Date('2026-03-10T21:30:00.000Z'); // 00:30 of the 11th in Moscow

describe('T-19: dates in filters', () => {
  it.each([
    ['2026-03-01', 'Europe/Moscow', '2026-02-28T21:00:00.000Z', '2026-03-01T21:00:00.000Z'],
    ['today', 'Europe/Moscow', '2026-03-10T21:00:00.000Z', '2026-03-11T21:00:00.000Z'],
    ['today', 'UTC', '2026-03-10T00:00:00.000Z', '2026-03-11T00:00:00.000Z'],
    ['yesterday', 'Asia/Vladivostok', '2026-03-09T14:00:00.000Z', '2026-03-10T14:00:00.000Z'],
    ['tomorrow', 'UTC', '2026-03-11T00:00:00.000Z', '2026-03-12T00:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'], // a day of 23 hours
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z'], // without a midnight
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z', '2018-02-19T03:00:00.000Z'], // after a midnight taken back
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z', '2026-04-24T21:00:00.000Z'],
    ['2026-04-05', 'Pacific/Auckland', '2026-04-04T11:00:00.000Z', '2026-04-05T12:00:00.000Z'],
    ['1961-04-12', 'UTC', '1961-04-12T00:00:00.000Z', '1961-04-13T00:00:00.000Z'],
    ['-3d', 'Europe/Moscow', '2026-03-07T21:30:00.000Z', '2026-03-07T21:30:00.000Z'],
    ['+2h', 'UTC', '2026-03-10T23:30:00.000Z', '2026-03-10T23:30:00.000Z'],
    ['-1mo', 'UTC', '2026-02-10T21:30:00.000Z', '2026-02-10T21:30:00.000Z'],
    ['now', 'UTC', '2026-03-10T21:30:00.000Z', '2026-03-10T21:30:00.000Z'],
    ['2026-01-01T10:00+03:00', 'UTC', '2026-01-01T07:00:00.000Z', '2026-01-01T07:00:00.000Z'],
  ])('%s in %s is %s … %s', (text, zone, from, to) => {
    const span = spanOf(text, NOW, zone);
    expect([span.from.toISOString(), span.to.toISOString()]).toEqual([from, to]);
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '01.02.2026',
    '3d',
    '-3y',
    'soon',
    '2026-01-01T10:00',
    'toString',
    '0000-01-01',
    '',
  ])('%j is no date', (text) => expect(isMoment(text)).toBe(false));

  it('needs the time zone for days only', () =>
    expect(['today', '2026-01-01', '-3d', 'now'].map(isDay)).toEqual([true, true, false, false]));
});
