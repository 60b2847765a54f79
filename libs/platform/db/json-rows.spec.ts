import { code, flag, type JsonPart, moment, nullable, plain, record, text, type Text } from './json-rows';

const ref = nullable(record({ id: code('a.id'), name: text('a.name') }));

describe('rows as JSON', () => {
  it.each<[string, JsonPart, Text[], unknown]>([
    ['a number', plain('n'), ['12'], 12],
    ['json', plain('j'), ['{"a": [1, null]}'], { a: [1, null] }],
    ['nothing', plain('n'), [null], null],
    ['yes', flag('f'), ['t'], true],
    ['no', flag('f'), ['f'], false],
    ['an id', code('i'), ['0194d533-b9c3-735e-844f-8c0918479ccd'], '0194d533-b9c3-735e-844f-8c0918479ccd'],
    ['text that needs escaping', text('t'), ['«Ромашка» "\\\n\u0001\u2028'], '«Ромашка» "\\\n\u0001\u2028'],
    ['an empty text', text('t'), [''], ''],
    ['a whole second', moment('m'), ['2026-11-22 14:46:07'], '2026-11-22T14:46:07.000Z'],
    ['a tenth', moment('m'), ['2026-11-22 14:46:07.5'], '2026-11-22T14:46:07.500Z'],
    ['a thousandth', moment('m'), ['2026-11-22 14:46:07.503'], '2026-11-22T14:46:07.503Z'],
    ['no moment', moment('m'), [null], null],
    ['a reference', ref, ['a1', 'Касса'], { id: 'a1', name: 'Касса' }],
    ['no reference', ref, [null, null], null],
  ])('writes %s', (_, part, row, expected) => {
    expect(JSON.parse(part.write(row, 0))).toEqual(expected);
  });

  it('writes a record from its place in the row, with columns in the same order', () => {
    const part = record({ number: plain('t.number'), company: ref, 'odd "key"': flag('t.x'), team: ref });
    expect(part.columns).toEqual(['t.number', 'a.id', 'a.name', 't.x', 'a.id', 'a.name']);
    expect(JSON.parse(part.write(['lead', '7', 'c1', 'Клиент', 't', null, null], 1))).toEqual({
      number: 7,
      company: { id: 'c1', name: 'Клиент' },
      'odd "key"': true,
      team: null,
    });
  });
});
