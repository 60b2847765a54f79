import type { Condition, ConditionClause, ConditionField, ConditionOp } from './condition.types';

export type GroupMode = 'all' | 'any' | 'none';
export type ClauseNode = { id: number; kind: 'clause' } & ConditionClause;
export type GroupNode = { id: number; kind: 'group'; mode: GroupMode; children: ConditionNode[] };
export type ConditionNode = ClauseNode | GroupNode;

let last = 0;
const nextId = () => ++last;

/** The condition as groups of three kinds; a lone clause stands in a group of its own. */
export function treeOf(condition: Condition): GroupNode {
  const node = nodeOf(condition);
  return node.kind === 'group' ? node : group('all', [node]);
}

/** The condition that a tree means. */
export function conditionOf(node: ConditionNode): Condition {
  if (node.kind === 'clause') {
    const { field, op, value } = node;
    return hasNoValue(op) || value === undefined ? { field, op } : { field, op, value };
  }
  // A group with nothing in it asks nothing.
  const asked = node.children.filter((child) => child.kind === 'clause' || child.children.length > 0);
  if (asked.length === 0) return { all: [] };
  const children = asked.map(conditionOf);
  if (node.mode === 'any') return { any: children };
  return node.mode === 'all' ? { all: children } : { not: { any: children } };
}

/** Where the children of a group stand inside the condition. */
export const placeOf = (mode: GroupMode): string => (mode === 'none' ? '/not/any' : `/${mode}`);

export const hasNoValue = (op: ConditionOp): boolean => op === 'empty' || op === 'not_empty';
export const takesMany = (op: ConditionOp): boolean => op === 'in' || op === 'not_in';

export const group = (mode: GroupMode, children: ConditionNode[]): GroupNode => ({
  id: nextId(),
  kind: 'group',
  mode,
  children,
});

/** A clause about a field, with the first comparison it knows. */
export const clause = (field: ConditionField): ClauseNode => {
  const op = field.ops[0] ?? 'is';
  return { id: nextId(), kind: 'clause', field: field.name, op, value: startOf(field, op) };
};

/** The clause about another field: the comparison stays where the new field knows it. */
export function aboutField(node: ClauseNode, field: ConditionField): ClauseNode {
  const op = field.ops.includes(node.op) ? node.op : (field.ops[0] ?? 'is');
  return { ...node, field: field.name, op, value: startOf(field, op) };
}

/** The clause with another comparison; one value becomes a list of one and back. */
export function comparedBy(node: ClauseNode, op: ConditionOp): ClauseNode {
  if (hasNoValue(op)) return { ...node, op, value: undefined };
  const { value } = node;
  if (takesMany(op) && !Array.isArray(value)) return { ...node, op, value: value == null ? [] : [value] };
  if (!takesMany(op) && Array.isArray(value)) return { ...node, op, value: value[0] };
  return { ...node, op };
}

/** The tree with one node put in the place of another, or taken out by null. */
export function replaced(tree: GroupNode, id: number, next: ConditionNode | null): GroupNode {
  return {
    ...tree,
    children: tree.children.flatMap((child): ConditionNode[] => {
      if (child.id === id) return next ? [next] : [];
      return [child.kind === 'group' ? replaced(child, id, next) : child];
    }),
  };
}

/** How many groups stand around the clauses of a tree. */
export const depthOf = (node: ConditionNode): number =>
  node.kind === 'clause' ? 0 : 1 + Math.max(0, ...node.children.map(depthOf));

function nodeOf(condition: Condition): ConditionNode {
  if ('all' in condition) return group('all', condition.all.map(nodeOf));
  if ('any' in condition) return group('any', condition.any.map(nodeOf));
  if ('not' in condition) return negated(condition.not);
  return { id: nextId(), kind: 'clause', ...condition };
}

function negated(inner: Condition): ConditionNode {
  if ('any' in inner) return group('none', inner.any.map(nodeOf));
  return group('none', [nodeOf(inner)]);
}

const startOf = (field: ConditionField, op: ConditionOp): unknown => {
  if (hasNoValue(op)) return undefined;
  if (field.type === 'boolean') return true;
  return takesMany(op) ? [] : undefined;
};
