import { type Candidate, chooseRoute, type DatedIndex, moneyOf, moneyText, type Threshold } from './route-choice';

const MRP: DatedIndex = {
  id: 'mrp',
  currency: 'KZT',
  values: [
    { from: '2024-01-01', value: 369_200 },
    { from: '2025-01-01', value: 393_200 },
    { from: '2026-01-01', value: 432_500 },
  ],
};
const times = (count: number): Threshold => ({ value: count * 100, in: 'index', indexId: 'mrp' });
const route = (id: string, over: Threshold | null, upTo: Threshold | null, kindId = 'purchase'): Candidate => ({
  id,
  kindId,
  over,
  upTo,
});
const ROUTES = [
  route('small', null, times(100)),
  route('middle', times(100), times(500)),
  route('tender', times(500), null),
  route('trip', null, null, 'trip'),
];
const choose = (amount: string | null, date: string, kindId = 'purchase', currency: 'KZT' | 'RUB' = 'KZT') =>
  chooseRoute(ROUTES, { kindId, amount: amount === null ? null : moneyOf(amount)!, currency, date }, [MRP]);

describe('AP-03: the route is chosen by kind and amount, counted in the index of the day', () => {
  it.each([
    ['0.00', '2026-03-01', 'small'],
    ['432500.00', '2026-03-01', 'small'],
    ['432500.01', '2026-03-01', 'middle'],
    ['2162500.00', '2026-03-01', 'middle'],
    ['2162500.01', '2026-03-01', 'tender'],
    ['393200.00', '2025-12-31', 'small'],
    ['393200.01', '2025-12-31', 'middle'],
    ['393200.01', '2026-01-01', 'small'],
    ['1846000.00', '2024-02-29', 'middle'],
    ['1846000.01', '2024-02-29', 'tender'],
    ['9999999999999.99', '2026-01-01', 'tender'],
  ])('%s on %s goes by %s', (amount, date, expected) => {
    expect(choose(amount, date).routeId).toBe(expected);
  });

  it.each([
    ['before the first value', '100.00', '2023-12-31', 'KZT', 'noIndex'],
    ['without an amount', null, '2026-01-01', 'KZT', 'noAmount'],
    ['in another currency', '100.00', '2026-01-01', 'RUB', 'currency'],
  ] as const)('%s none fits, and it is said why', (_, amount, date, currency, reason) => {
    const { routeId, judged } = choose(amount, date, 'purchase', currency);
    expect(routeId).toBeNull();
    expect(judged.map((one) => one.reason)).toEqual([reason, reason, reason]);
  });

  it('says the limits in money, the value and its day, and why the others do not fit', () => {
    const { judged } = choose('1000000.00', '2026-11-22');
    expect(judged.map(({ id, reason }) => [id, reason])).toEqual([
      ['small', 'aboveLimit'],
      ['middle', 'matched'],
      ['tender', 'notOver'],
    ]);
    expect(judged[1]).toMatchObject({
      over: { money: 43_250_000, indexValue: 432_500, indexFrom: '2026-01-01' },
      upTo: { money: 216_250_000 },
    });
  });

  it('a kind without limits needs no amount', () => {
    expect(choose(null, '2026-01-01', 'trip').routeId).toBe('trip');
  });

  it('of two that fit the first in order counts', () => {
    const routes = [route('first', null, null), route('second', null, null)];
    const { routeId, judged } = chooseRoute(
      routes,
      { kindId: 'purchase', amount: 1, currency: 'KZT', date: '2026-01-01' },
      [],
    );
    expect(routeId).toBe('first');
    expect(judged[1]).toMatchObject({ matched: false, reason: 'later' });
  });

  it('a broken number of units: half away from zero', () => {
    const half: Threshold = { value: 50, in: 'index', indexId: 'odd' };
    const odd: DatedIndex = { id: 'odd', currency: 'KZT', values: [{ from: '2026-01-01', value: 101 }] };
    const asked = { kindId: 'k', amount: 51, currency: 'KZT' as const, date: '2026-01-01' };
    expect(chooseRoute([route('r', null, half, 'k')], asked, [odd]).judged[0]).toMatchObject({
      matched: true,
      upTo: { money: 51 },
    });
  });
});

it.each([
  ['12345.00', 1_234_500],
  ['0.05', 5],
  ['7', 700],
  ['7.5', 750],
  ['-1', undefined],
  ['1e3', undefined],
  ['1.005', undefined],
  ['', undefined],
  ['12 345', undefined],
  ['99999999999999', undefined],
])('AP-03: the amount %j', (text, expected) => {
  expect(moneyOf(text)).toBe(expected);
  if (expected !== undefined) expect(moneyOf(moneyText(expected))).toBe(expected);
});
