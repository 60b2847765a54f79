import { type Clause, type Condition, type ConditionField, type Facts, matches, OPERATORS_OF } from './condition';
import { clashIn, isContradiction } from './condition-logic';

const option = (value: string) => ({ value, label: value });
const CATALOGUE: ConditionField[] = [
  { name: 'typeId', label: 'Type', type: 'choice', ops: OPERATORS_OF.choice, options: ['A', 'B', 'C'].map(option) },
  {
    name: 'typeCode',
    label: 'Code',
    type: 'choice',
    ops: OPERATORS_OF.choice,
    options: ['a', 'b', 'c'].map(option),
    alias: { of: 'typeId', unique: true, values: { A: 'a', B: 'b', C: 'c' } },
  },
  { name: 'teamId', label: 'Team', type: 'choice', ops: OPERATORS_OF.choice, options: ['X', 'Y'].map(option) },
  {
    name: 'teamLine',
    label: 'Line',
    type: 'number',
    ops: OPERATORS_OF.number,
    alias: { of: 'teamId', values: { X: 1, Y: 2 } },
  },
  { name: 'planned', label: 'Plan', type: 'number', ops: OPERATORS_OF.number },
  {
    name: 'channel',
    label: 'Channel',
    type: 'choice',
    ops: OPERATORS_OF.choice,
    options: ['portal', 'mail'].map(option),
    alias: { of: 'source', whole: true, values: { portal: null, email: 'mail' } },
  },
];

/** Every ticket there can be; `?` is a type or a team that the catalogue does not tell of. */
const WORLD: Facts[] = [null, 'A', 'B', 'C', '?'].flatMap((typeId) =>
  [[null, null], ['X', 1], ['Y', 2], ...[0, 0.5, 1, 1.5, 2, 2.5, 3].map((line) => ['?', line])].flatMap(
    ([teamId, teamLine]) =>
      [null, 0, 0.5, 1, 1.5, 2, 2.5, 3].flatMap((planned) =>
        (['portal', 'email'] as const).map((source) => ({
          typeId,
          typeCode: typeId && (typeId === '?' ? 'zzz' : typeId.toLowerCase()),
          teamId,
          teamLine,
          planned,
          source,
          ...(source === 'email' && { channel: 'mail' }),
        })),
      ),
  ),
);

const VALUES: Record<string, readonly (string | number)[]> = {
  typeId: ['A', 'B', 'C'],
  typeCode: ['a', 'b', 'c'],
  teamId: ['X', 'Y'],
  teamLine: [1, 2],
  planned: [1, 2],
  channel: ['portal', 'mail'],
};

function dice(seed: number) {
  let state = seed;
  return <Item>(items: readonly Item[]): Item => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return items[Math.floor((state / 4_294_967_296) * items.length)]!;
  };
}

function aClause(pick: ReturnType<typeof dice>): Clause {
  const { name, ops } = pick(CATALOGUE);
  const op = pick(ops);
  const value = pick(VALUES[name]!);
  if (op === 'empty' || op === 'not_empty') return { field: name, op };
  return op === 'in' || op === 'not_in'
    ? { field: name, op, value: [value, pick(VALUES[name]!)] }
    : { field: name, op, value };
}

function aCondition(pick: ReturnType<typeof dice>, depth: number): Condition {
  const kind = depth ? pick(['clause', 'clause', 'clause', 'all', 'any', 'not'] as const) : 'clause';
  if (kind === 'clause') return aClause(pick);
  if (kind === 'not') return { not: aCondition(pick, depth - 1) };
  const parts = [aCondition(pick, depth - 1), aCondition(pick, depth - 1)];
  return kind === 'all' ? { all: parts } : { any: parts };
}

const isKnown = ({ typeId, teamId }: Facts): boolean => typeId !== '?' && teamId !== '?';

describe('SLA-01: conditions that contradict each other by two names of one thing', () => {
  it('SLA-01: says «never» of nothing that a ticket could meet, and of every conjunction that none can', () => {
    const pick = dice(20_261_122);
    let never = 0;
    for (let run = 0; run < 6000; run++) {
      const isFlat = run % 2 === 0;
      const length = pick([2, 3, 4]);
      const condition: Condition = {
        all: Array.from({ length }, () => (isFlat ? aClause(pick) : aCondition(pick, 2))),
      };
      const isRefused = isContradiction(condition, CATALOGUE);
      const met = WORLD.filter((facts) => matches(condition, facts));
      const told = JSON.stringify(condition);
      if (isRefused) {
        never++;
        expect([told, met.filter(isKnown)]).toEqual([told, []]);
      } else if (isFlat) expect([told, met.length > 0]).toEqual([told, true]);
    }
    expect(never).toBeGreaterThan(500);
  });

  it.each<[string, Condition[], boolean]>([
    [
      'a type and the code of another',
      [
        { field: 'typeId', op: 'is', value: 'A' },
        { field: 'typeCode', op: 'is', value: 'b' },
      ],
      true,
    ],
    [
      'a type and its code',
      [
        { field: 'typeId', op: 'is', value: 'A' },
        { field: 'typeCode', op: 'is', value: 'a' },
      ],
      false,
    ],
    [
      'a code and not its type',
      [
        { field: 'typeCode', op: 'is', value: 'a' },
        { field: 'typeId', op: 'is_not', value: 'A' },
      ],
      true,
    ],
    [
      'a team and the line of another',
      [
        { field: 'teamId', op: 'is', value: 'X' },
        { field: 'teamLine', op: 'gt', value: 1 },
      ],
      true,
    ],
    [
      'not a team, and a line',
      [
        { field: 'teamId', op: 'is_not', value: 'X' },
        { field: 'teamLine', op: 'is', value: 1 },
      ],
      false,
    ],
    ['what is not known of a ticket', [{ field: 'channel', op: 'is', value: 'portal' }], true],
    [
      'mail by both names',
      [
        { field: 'channel', op: 'is', value: 'mail' },
        { field: 'source', op: 'is', value: 'email' },
      ],
      false,
    ],
    [
      'mail that is none',
      [
        { field: 'channel', op: 'is', value: 'mail' },
        { field: 'source', op: 'is', value: 'portal' },
      ],
      true,
    ],
  ])('SLA-01: %s', (_, all, expected) => expect(isContradiction({ all }, CATALOGUE)).toBe(expected));

  it('SLA-01: names the part at fault and what it contradicts', () => {
    const type: Clause = { field: 'typeId', op: 'is', value: 'A' };
    const code: Clause = { field: 'typeCode', op: 'is', value: 'b' };
    const plan: Clause = { field: 'planned', op: 'gt', value: 1 };
    expect(clashIn({ all: [type, plan, code] }, CATALOGUE, '/when')).toEqual({
      pointer: '/when/all/2',
      fields: ['typeCode'],
      against: ['typeId'],
    });
    expect(clashIn({ all: [plan, { all: [type, code] }] }, CATALOGUE, '/when').pointer).toBe('/when/all/1/all/1');
    expect(clashIn({ not: { all: [] } }, CATALOGUE, '/when').pointer).toBe('/when');
  });
});
