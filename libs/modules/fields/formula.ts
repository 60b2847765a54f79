import { isBlank, isSame, orderOf } from './condition-values';
import { type FormulaProblem, FormulaRefusal, type Node, type Operator, refuse, treeOf } from './formula-tree';

/*
 * The little language of computed fields: numbers, texts in quotes, codes of other fields, + - * /, comparisons, brackets and a handful of
 * functions. A formula is read into a tree and the tree is walked; nothing of it ever runs as code.
 */

export const FORMULA_TYPES = ['number', 'text', 'boolean', 'date'] as const;
export type FormulaType = (typeof FORMULA_TYPES)[number];
export type FormulaValue = number | string | boolean | null;

/** A formula that was read: its tree, the fields it needs, what it gives. */
export type Formula = { tree: Node; inputs: string[]; type: FormulaType };

type Types = Readonly<Record<string, FormulaType>>;
type Call = {
  least: number;
  most: number;
  /** What it gives for arguments of these types; undefined: it does not take them. */
  type: (types: readonly FormulaType[]) => FormulaType | undefined;
  run: (values: readonly FormulaValue[]) => FormulaValue;
};

const MAX_TEXT = 2000;
const LARGEST = 1e15;
const DAY = 86_400_000;

/** 0.1 + 0.2 is 0.3; beyond what can be counted exactly there is no answer. */
const bounded = (value: number): number | null =>
  Number.isFinite(value) && Math.abs(value) <= LARGEST ? Number(value.toPrecision(15)) + 0 : null;

/** Half away from zero, as money is rounded. */
function rounded(value: number, digits: number): number {
  const places = Math.max(0, Math.min(10, Math.trunc(digits)));
  const shifted = Math.round(Number(`${Math.abs(value).toFixed(12)}e${places}`));
  return Number.isSafeInteger(shifted) ? Math.sign(value) * Number(`${shifted}e-${places}`) : value;
}

const taking =
  (type: FormulaType, gives: FormulaType): Call['type'] =>
  (types) =>
    types.every((one) => one === type) ? gives : undefined;
const ofNumbers =
  (run: (values: number[]) => number): Call['run'] =>
  (values) => {
    const numbers = values.filter((value) => typeof value === 'number');
    return numbers.length === values.length ? bounded(run(numbers)) : null;
  };
const dayOf = (value: FormulaValue | undefined): number =>
  typeof value === 'string' ? Math.floor(Date.parse(value) / DAY) : NaN;

const FUNCTIONS: ReadonlyMap<string, Call> = new Map<string, Call>([
  [
    'if',
    {
      least: 3,
      most: 3,
      type: ([test, one, other]) => (test === 'boolean' && one === other ? one : undefined),
      run: ([test, one = null, other = null]) => (test === true ? one : other),
    },
  ],
  [
    'and',
    {
      least: 1,
      most: 20,
      type: taking('boolean', 'boolean'),
      run: (values) => values.every((value) => value === true),
    },
  ],
  [
    'or',
    { least: 1, most: 20, type: taking('boolean', 'boolean'), run: (values) => values.some((value) => value === true) },
  ],
  ['not', { least: 1, most: 1, type: taking('boolean', 'boolean'), run: ([value]) => value !== true }],
  ['empty', { least: 1, most: 1, type: () => 'boolean', run: ([value]) => isBlank(value) }],
  [
    'round',
    {
      least: 1,
      most: 2,
      type: taking('number', 'number'),
      run: ofNumbers(([value = 0, digits = 0]) => rounded(value, digits)),
    },
  ],
  ['min', { least: 1, most: 20, type: taking('number', 'number'), run: ofNumbers((values) => Math.min(...values)) }],
  ['max', { least: 1, most: 20, type: taking('number', 'number'), run: ofNumbers((values) => Math.max(...values)) }],
  [
    'concat',
    {
      least: 1,
      most: 20,
      type: () => 'text',
      run: (values) =>
        values
          .map((value) => value ?? '')
          .join('')
          .slice(0, MAX_TEXT)
          // Half a character left by the cut would be refused by the database.
          .replace(/[\ud800-\udbff]$/, '') || null,
    },
  ],
  [
    'days_between',
    { least: 2, most: 2, type: taking('date', 'number'), run: ([from, to]) => bounded(dayOf(to) - dayOf(from)) },
  ],
]);

/** Reads a formula; `types` tells what each usable field gives. */
export function readFormula(source: string, types: Types): Formula | FormulaProblem {
  try {
    const tree = treeOf(source);
    const inputs = new Set<string>();
    const type = typeOf(tree, types, inputs);
    return { tree, inputs: [...inputs], type };
  } catch (error) {
    if (error instanceof FormulaRefusal) return error.problem;
    throw error;
  }
}

function typeOf(node: Node, types: Types, inputs: Set<string>): FormulaType {
  switch (node.kind) {
    case 'value':
      return typeof node.value === 'string' ? 'text' : typeof node.value === 'number' ? 'number' : 'boolean';
    case 'field':
      if (!Object.hasOwn(types, node.code)) refuse('formulaFieldUnknown', node.at, node.code);
      inputs.add(node.code);
      return types[node.code]!;
    case 'minus':
      return typeOf(node.of, types, inputs) === 'number' ? 'number' : refuse('formulaType', node.at, '-');
    case 'pair':
      return pairType(node.op, typeOf(node.left, types, inputs), typeOf(node.right, types, inputs), node.at);
    case 'call': {
      const call = FUNCTIONS.get(node.name) ?? refuse('formulaFunctionUnknown', node.at, node.name);
      if (node.args.length < call.least || node.args.length > call.most) refuse('formulaArguments', node.at, node.name);
      const given = node.args.map((argument) => typeOf(argument, types, inputs));
      return call.type(given) ?? refuse('formulaType', node.at, node.name);
    }
  }
}

function pairType(op: Operator, left: FormulaType, right: FormulaType, at: number): FormulaType {
  if (left !== right) return refuse('formulaType', at, op);
  if (op === '=' || op === '<>') return 'boolean';
  if (op.startsWith('<') || op.startsWith('>'))
    return left === 'number' || left === 'date' ? 'boolean' : refuse('formulaType', at, op);
  return left === 'number' ? 'number' : refuse('formulaType', at, op);
}

/** The value of a formula; null when something it needs is missing or the result cannot be counted. */
export const runFormula = ({ tree }: Formula, values: Readonly<Record<string, FormulaValue>>): FormulaValue =>
  valueOf(tree, values);

function valueOf(node: Node, values: Readonly<Record<string, FormulaValue>>): FormulaValue {
  switch (node.kind) {
    case 'value':
      return node.value;
    case 'field':
      return Object.hasOwn(values, node.code) ? values[node.code]! : null;
    case 'minus': {
      const value = valueOf(node.of, values);
      return typeof value === 'number' ? 0 - value : null;
    }
    case 'pair':
      return pairValue(node.op, valueOf(node.left, values), valueOf(node.right, values));
    case 'call':
      return FUNCTIONS.get(node.name)!.run(node.args.map((argument) => valueOf(argument, values)));
  }
}

function pairValue(op: Operator, left: FormulaValue, right: FormulaValue): FormulaValue {
  if (op === '=') return isSame(left, right);
  if (op === '<>') return !isSame(left, right);
  if (op === '+' || op === '-' || op === '*' || op === '/')
    return typeof left === 'number' && typeof right === 'number' ? counted(op, left, right) : null;
  const order = isBlank(left) || isBlank(right) ? undefined : orderOf(left, right);
  if (order === undefined) return false;
  if (op === '<') return order < 0;
  if (op === '<=') return order <= 0;
  return op === '>' ? order > 0 : order >= 0;
}

function counted(op: '+' | '-' | '*' | '/', left: number, right: number): number | null {
  if (op === '+') return bounded(left + right);
  if (op === '-') return bounded(left - right);
  return op === '*' ? bounded(left * right) : bounded(left / right);
}
