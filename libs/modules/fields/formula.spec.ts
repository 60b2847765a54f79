import { type FormulaType, type FormulaValue, readFormula, runFormula } from './formula';

const TYPES: Record<string, FormulaType> = {
  qty: 'number',
  price: 'number',
  from: 'date',
  to: 'date',
  name: 'text',
  is_ours: 'boolean',
  gone: 'number',
};
const VALUES: Record<string, FormulaValue> = {
  qty: 3,
  price: 19.99,
  from: '2026-02-27',
  to: '2026-03-01T10:00:00Z',
  name: 'Касса',
  is_ours: true,
};

const valueOf = (source: string): unknown => {
  const read = readFormula(source, TYPES);
  return 'code' in read ? `${read.code} ${read.at}` : runFormula(read, VALUES);
};

describe('T-03: a computed field', () => {
  it.each<[string, unknown]>([
    ['1', 1],
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['12 / 4 / 3', 1],
    ['-qty + 5', 2],
    ['--qty', 3],
    ['0.1 + 0.2', 0.3],
    ['qty * price', 59.97],
    ['QTY', 'formulaFieldUnknown 0'],
    ['round(1.005, 2)', 1.01],
    ['round(-2.5)', -3],
    ['round(qty / 7, 3)', 0.429],
    ['1 / 0', null],
    ['0 / 0', null],
    ['1000000000000 * 1000000000000', null],
    ['qty * gone', null],
    ['if(qty > 2, "много", "мало")', 'много'],
    ['IF(gone > 2, 1, 0)', 0],
    ['if(and(is_ours, not(qty = 4)), 1, 0)', 1],
    ['or(false, qty <> 3)', false],
    ['if(empty(gone), 0, gone)', 0],
    ['name = "касса"', true],
    ['concat(name, " № ", qty, gone)', 'Касса № 3'],
    ['concat(gone)', null],
    ['days_between(from, to)', 2],
    ['days_between(to, from)', -2],
    ['from < to', true],
    ['min(5, qty, 9) + max(1, qty)', 6],
    [' \n 1\t+ 1 ', 2],
  ])('%s', (source, expected) => expect(valueOf(source)).toEqual(expected));

  it.each<[string, string]>([
    ['', 'formulaCutOff 0'],
    ['1 +', 'formulaCutOff 3'],
    ['1 2', 'formulaUnexpected 2'],
    ['(1', 'formulaCutOff 2'],
    ['1)', 'formulaUnexpected 1'],
    ['qty $ 2', 'formulaUnreadable 4'],
    ['"abc', 'formulaUnreadable 0'],
    ['1.2.3', 'formulaUnreadable 3'],
    ['nope + 1', 'formulaFieldUnknown 0'],
    ['__proto__', 'formulaFieldUnknown 0'],
    ['constructor', 'formulaFieldUnknown 0'],
    ['constructor(1)', 'formulaFunctionUnknown 0'],
    ['toString()', 'formulaFunctionUnknown 0'],
    ['process.exit(1)', 'formulaUnreadable 7'],
    ['eval("1")', 'formulaFunctionUnknown 0'],
    ['if(1, 2, 3)', 'formulaType 0'],
    ['if(is_ours, 2, "x")', 'formulaType 0'],
    ['if(is_ours, 2)', 'formulaArguments 0'],
    ['round()', 'formulaArguments 0'],
    ['name + 1', 'formulaType 5'],
    ['name < "b"', 'formulaType 5'],
    ['-name', 'formulaType 0'],
    ['to - from', 'formulaType 3'],
    ['days_between(qty, to)', 'formulaType 0'],
    ['('.repeat(60) + '1' + ')'.repeat(60), 'formulaTooDeep 40'],
    ['1+'.repeat(600) + '1', 'formulaTooLong 1000'],
  ])('%s is refused', (source, expected) => expect(valueOf(source)).toBe(expected));

  it('a long chain is walked without falling', () => expect(valueOf(`${'1+'.repeat(499)}1`)).toBe(500));

  it('T-03: a text that is cut keeps its last character whole', () => {
    const formula = readFormula('concat("x", name)', TYPES);
    const cut = 'tree' in formula && runFormula(formula, { name: '😀'.repeat(1500) });
    expect(cut).toBe(`x${'😀'.repeat(999)}`);
  });

  it('tells what it needs and gives', () => {
    expect(readFormula('if(is_ours, qty * price, 0)', TYPES)).toMatchObject({
      inputs: ['is_ours', 'qty', 'price'],
      type: 'number',
    });
    expect(readFormula('if(is_ours, from, to)', TYPES)).toMatchObject({ type: 'date' });
  });
});
