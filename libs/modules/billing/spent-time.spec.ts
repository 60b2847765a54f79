import { clockSpent, formatSpent, isSpent, parseSpent, roundedUp, splitSpent } from './spent-time';

describe('time spent', () => {
  it.each([
    ['2 ч. 30 мин.', 9000],
    ['2 ч 30 мин', 9000],
    ['2ч30м', 9000],
    ['1ч30м', 5400],
    ['2ч 30', 9000],
    ['2 часа 30 минут', 9000],
    ['2 часа и 30 минут', 9000],
    ['2 часа, 30 минут', 9000],
    ['2:30', 9000],
    ['02:30', 9000],
    ['0:05', 300],
    ['2:30:15', 9015],
    ['24:00', 86_400],
    ['2,5 часа', 9000],
    ['2.5 часа', 9000],
    ['2,5ч', 9000],
    ['2.5h', 9000],
    ['2,5 h', 9000],
    ['0,25 ч.', 900],
    ['1,75 hours', 6300],
    ['1 час', 3600],
    ['1 ч', 3600],
    ['5 часов', 18_000],
    ['час', 3600],
    ['полчаса', 1800],
    ['Полтора часа', 5400],
    ['half an hour', 1800],
    ['90 минут', 5400],
    ['90 мин.', 5400],
    ['30м', 1800],
    ['30 М', 1800],
    ['1 минута', 60],
    ['150 мин', 9000],
    ['1 hour 30 minutes', 5400],
    ['1 hour and 30 minutes', 5400],
    ['1h 30m', 5400],
    ['1h30m', 5400],
    ['45 min', 2700],
    ['90s', 90],
    ['1 мин 30 сек', 90],
    ['  2\u00a0ч.\u202f30 мин. ', 9000],
    ['2\tч\n30 мин', 9000],
  ])('B-01: %j is %i seconds', (text, seconds) => expect(parseSpent(text)).toEqual({ seconds }));

  it.each([
    ['', 'spentEmpty'],
    ['   ', 'spentEmpty'],
    ['30', 'spentWithoutUnit'],
    ['2,5', 'spentWithoutUnit'],
    ['1д', 'spentInDays'],
    ['2 дня 3 часа', 'spentInDays'],
    ['1d', 'spentInDays'],
    ['1 week', 'spentInDays'],
    ['2:75', 'spentMinutesOver'],
    ['1ч 90м', 'spentMinutesOver'],
    ['0', 'spentWithoutUnit'],
    ['0 мин', 'spentZero'],
    ['0:00', 'spentZero'],
    ['0ч 0м', 'spentZero'],
    ['25 часов', 'spentTooLong'],
    ['24:01', 'spentTooLong'],
    ['999:00', 'spentTooLong'],
    ['9999999999999 ч', 'spentUnclear'],
    ['-2:30', 'spentUnclear'],
    ['-30м', 'spentUnclear'],
    ['2:5', 'spentUnclear'],
    ['2:30 ч', 'spentUnclear'],
    ['1:2:3', 'spentUnclear'],
    ['30м 2ч', 'spentUnclear'],
    ['1ч 1ч', 'spentUnclear'],
    ['1,5 ч 30 мин', 'spentUnclear'],
    ['2 3 часа', 'spentUnclear'],
    ['2-3 часа', 'spentUnclear'],
    ['1e3 мин', 'spentUnclear'],
    ['0x10 мин', 'spentUnclear'],
    ['1.2.3 ч', 'spentUnclear'],
    ['два часа', 'spentUnclear'],
    ['вчера', 'spentUnclear'],
    ['２ ч', 'spentUnclear'],
    ['2 чашки', 'spentUnclear'],
    ['∞ ч', 'spentUnclear'],
    ['1 '.repeat(200), 'spentUnclear'],
  ])('B-01: %j is refused as %s', (text, refusal) => expect(parseSpent(text)).toEqual({ refusal }));

  it.each([
    ['30м удалённо', 1800, 'удалённо'],
    ['2 ч. 30 мин. замена блока питания', 9000, 'замена блока питания'],
    ['2:30 — выезд', 9000, 'выезд'],
    ['1ч, перезагрузил сервер', 3600, 'перезагрузил сервер'],
    ['1.5h: firmware', 5400, 'firmware'],
    ['45 min', 2700, ''],
    ['2 часа 2 принтера', 7200, '2 принтера'],
    ['полчаса созвон', 1800, 'созвон'],
  ])('B-01: quick line %j', (line, seconds, comment) => expect(splitSpent(line)).toEqual({ seconds, comment }));

  it.each([
    ['удалённо 30м', 'spentUnclear'],
    ['30 удалённо', 'spentWithoutUnit'],
    ['1д выезд', 'spentInDays'],
    ['', 'spentEmpty'],
    ['2:75 выезд', 'spentMinutesOver'],
  ])('B-01: quick line %j is refused as %s', (line, refusal) => expect(splitSpent(line)).toMatchObject({ refusal }));

  it.each([
    [9000, '2 ч. 30 мин.', '2 h 30 min', '2:30'],
    [3600, '1 ч.', '1 h', '1:00'],
    [300, '5 мин.', '5 min', '0:05'],
    [30, '30 с', '30 s', '0:01'],
    [0, '0 мин.', '0 min', '0:00'],
    [3599, '1 ч.', '1 h', '1:00'],
    [360_000, '100 ч.', '100 h', '100:00'],
    [-5400, '−1 ч. 30 мин.', '−1 h 30 min', undefined],
  ])('B-01: %i s is written %j, %j', (seconds, ru, en, clock) => {
    expect([formatSpent(seconds, 'ru'), formatSpent(seconds, 'en')]).toEqual([ru, en]);
    if (clock) expect(clockSpent(seconds)).toBe(clock);
  });

  it('B-01: what is written is read back, every minute of a day', () => {
    for (let minutes = 1; minutes <= 1440; minutes++)
      for (const locale of ['ru', 'en'] as const) {
        const spent = parseSpent(formatSpent(minutes * 60, locale));
        expect(isSpent(spent) && spent.seconds).toBe(minutes * 60);
        expect(parseSpent(clockSpent(minutes * 60))).toEqual({ seconds: minutes * 60 });
      }
  });

  it.each([
    [1, 1, 60],
    [60, 1, 60],
    [61, 1, 120],
    [61, 15, 900],
    [900, 15, 900],
    [901, 15, 1800],
  ])('B-01: a timer of %i s by %i min is %i s', (seconds, step, rounded) =>
    expect(roundedUp(seconds, step)).toBe(rounded),
  );
});
