import type { Condition } from '@opora/modules/fields';
import { choose, judge, type RowInOrder, unreachable } from './routing-choice';

const is = (field: string, value: unknown): Condition => ({ field, op: 'is', value });
const always: Condition = { all: [] };
const row = (name: string, when: Condition, rest: Partial<RowInOrder> = {}): RowInOrder => ({
  id: name,
  name,
  isActive: true,
  when,
  hours: 'any',
  calendarId: null,
  ...rest,
});
const night = { hours: 'outside', calendarId: 'office' } as const;
const day = { hours: 'inside', calendarId: 'office' } as const;
const TABLE = [
  row('night of VIP', is('companyCategoryIds', 'vip'), night),
  row('cartridges', is('typeCode', 'cartridge')),
  row('cameras off', is('typeCode', 'camera'), { isActive: false }),
  row('north', { all: [is('typeCode', 'camera'), is('zoneIds', 'north')] }),
  row('cameras', is('typeCode', 'camera')),
  row('rest', always),
];

describe('R-01: the routing table', () => {
  it.each([
    ['the type decides', { typeCode: 'cartridge' }, 'cartridges'],
    [
      'an earlier row outranks a later one',
      { typeCode: 'cartridge', companyCategoryIds: ['vip'], 'hours.office': false },
      'night of VIP',
    ],
    ['hours decide', { typeCode: 'cartridge', companyCategoryIds: ['vip'], 'hours.office': true }, 'cartridges'],
    ['a row that is off is passed over', { typeCode: 'camera', zoneIds: [] }, 'cameras'],
    ['the zone of the object decides', { typeCode: 'camera', zoneIds: ['south', 'north'] }, 'north'],
    ['hours of an unknown calendar fit nothing', { companyCategoryIds: ['vip'] }, 'rest'],
    ['whatever is left goes to the last', { typeCode: 'cabling' }, 'rest'],
  ])('R-01: %s', (_, facts, name) => expect(choose(TABLE, facts)?.name).toBe(name));

  it('R-01: nothing fits when no row does', () => expect(choose(TABLE.slice(0, 5), {})).toBeUndefined());

  it('R-01: tells the places because of which a row does not fit', () => {
    const facts = { typeCode: 'camera', zoneIds: ['south'], companyCategoryIds: ['vip'], 'hours.office': true };
    expect(judge(TABLE, facts).map(({ failed }) => failed)).toEqual([['/all/1'], [''], [], ['/all/1'], [], []]);
  });

  it.each([
    ['nothing', TABLE, {}],
    [
      'a row behind one that takes everything',
      [row('all', always), row('late', is('typeCode', 'x'))],
      { late: ['all'] },
    ],
    ['the same condition twice', [row('one', is('typeCode', 'x')), row('two', is('typeCode', 'x'))], { two: ['one'] }],
    [
      'a narrower one behind a wider',
      [row('one', is('typeCode', 'x')), row('two', { all: [is('typeCode', 'x'), is('source', 'email')] })],
      { two: ['one'] },
    ],
    ['only what is on counts', [row('all', always, { isActive: false }), row('late', is('typeCode', 'x'))], {}],
    ['hours keep a row reachable', [row('all', always, night), row('late', is('typeCode', 'x'))], {}],
    ['the same hours do not', [row('all', always, night), row('late', is('typeCode', 'x'), night)], { late: ['all'] }],
    ['other hours do', [row('all', always, night), row('late', is('typeCode', 'x'), day)], {}],
  ])('R-01: finds rows that never get their turn: %s', (_, rows, expected) => {
    const found = unreachable(rows, []).map(({ row, takers }) => [row.name, takers.map(({ name }) => name)]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });
});
