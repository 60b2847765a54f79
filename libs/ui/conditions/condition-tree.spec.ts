import { aboutField, clause, comparedBy, conditionOf, depthOf, replaced, treeOf } from './condition-tree';
import type { Condition, ConditionField } from './condition.types';

const type: ConditionField = { name: 'typeId', label: 'Type', type: 'choice', ops: ['is', 'in', 'empty'] };
const vip: ConditionField = { name: 'cf.vip', label: 'VIP', type: 'boolean', ops: ['is'] };

it.each<[string, Condition]>([
  ['nothing asked', { all: [] }],
  ['all of', { all: [{ field: 'typeId', op: 'is', value: 'a' }] }],
  ['any inside all', { all: [{ field: 'subject', op: 'empty' }, { any: [{ field: 'cf.n', op: 'gt', value: 3 }] }] }],
  ['none of', { not: { any: [{ field: 'typeId', op: 'in', value: ['a', 'b'] }] } }],
])('T-04: a condition comes back as it was: %s', (_, condition) =>
  expect(conditionOf(treeOf(condition))).toEqual(condition),
);

it.each<[string, Condition, Condition]>([
  ['a lone clause', { field: 'typeId', op: 'is', value: 'a' }, { all: [{ field: 'typeId', op: 'is', value: 'a' }] }],
  [
    'a negated clause',
    { not: { field: 'typeId', op: 'is', value: 'a' } },
    { not: { any: [{ field: 'typeId', op: 'is', value: 'a' }] } },
  ],
  [
    'a negated conjunction keeps its meaning',
    {
      not: {
        all: [
          { field: 'a', op: 'empty' },
          { field: 'b', op: 'empty' },
        ],
      },
    },
    {
      not: {
        any: [
          {
            all: [
              { field: 'a', op: 'empty' },
              { field: 'b', op: 'empty' },
            ],
          },
        ],
      },
    },
  ],
])('T-04: reads %s', (_, condition, expected) => expect(conditionOf(treeOf(condition))).toEqual(expected));

it('T-04: another comparison turns one value into a list and back', () => {
  const one = { ...clause(type), value: 'a' };
  const many = comparedBy(one, 'in');
  expect(many.value).toEqual(['a']);
  expect(comparedBy(many, 'is').value).toBe('a');
  expect(conditionOf(comparedBy(one, 'empty'))).toEqual({ field: 'typeId', op: 'empty' });
});

it('T-04: another field starts with a value of its own', () => {
  const next = aboutField({ ...clause(type), op: 'in', value: ['a'] }, vip);
  expect(conditionOf(next)).toEqual({ field: 'cf.vip', op: 'is', value: true });
});

it('T-04: takes a clause out of a nested group', () => {
  const tree = treeOf({
    all: [
      {
        any: [
          { field: 'a', op: 'empty' },
          { field: 'b', op: 'empty' },
        ],
      },
    ],
  });
  const [inner] = tree.children;
  const first = inner?.kind === 'group' ? inner.children[0] : undefined;
  expect(conditionOf(replaced(tree, first?.id ?? -1, null))).toEqual({ all: [{ any: [{ field: 'b', op: 'empty' }] }] });
  expect(depthOf(tree)).toBe(2);
});

it('T-04: a group that was emptied asks nothing', () => {
  const tree = treeOf({ all: [{ field: 'a', op: 'empty' }, { any: [] }] });
  expect(conditionOf(tree)).toEqual({ all: [{ field: 'a', op: 'empty' }] });
  expect(conditionOf({ ...tree, mode: 'none', children: [] })).toEqual({ all: [] });
});
