import type { ItemFacts, ResultLimits } from './checklist-item';
import { clientPart, limitProblems, resultProblem, standsBefore } from './checklist-rules';

const item = (resultKind: ItemFacts['resultKind'], resultLimits: ResultLimits = {}, isRequired = false) => ({
  kind: 'item' as const,
  isRequired,
  resultKind,
  resultLimits,
});
const done = (result: unknown, files: string[] = []) => ({
  state: 'done' as const,
  result,
  files: files.map((mime) => ({ mime })),
  reason: '',
});
const skipped = (reason: string, result: unknown = null) => ({
  ...done(result),
  state: 'not_applicable' as const,
  reason,
});
const pressure = item('number', { min: 2, max: 4.5, decimals: 1, unit: 'бар' });

describe('rules of checklists', () => {
  it.each([
    [item('none'), done(null), null],
    [item('none'), done('сделано'), 'resultUnwanted'],
    [item('none'), done(null, ['image/png']), 'filesUnwanted'],
    [item('text'), done('SN-12'), null],
    [item('text'), done(null), 'resultRequired'],
    [item('text'), done('   '), 'resultRequired'],
    [item('text', { isOptional: true }), done(null), null],
    [item('text'), done(7), 'textExpected'],
    [item('text'), done('x'.repeat(2001)), 'resultTooLong'],
    [pressure, done(2), null],
    [pressure, done(4.5), null],
    [pressure, done(1.9), 'belowMin'],
    [pressure, done(4.6), 'aboveMax'],
    [pressure, done(3.14), 'tooExact'],
    [pressure, done('3'), 'numberExpected'],
    [pressure, done(Number.NaN), 'numberExpected'],
    [item('number', { min: 0 }), done(-0.0001), 'belowMin'],
    [item('choice', { options: ['исправен', 'неисправен'] }), done('исправен'), null],
    [item('choice', { options: ['исправен', 'неисправен'] }), done('Исправен'), 'notAnOption'],
    [item('code', { expected: 'A-1' }), done('A-1'), null],
    [item('code', { expected: 'A-1' }), done('A-2'), 'otherCode'],
    [item('code'), done('4600000000017'), null],
    [item('photo'), done(null, ['image/jpeg']), null],
    [item('photo'), done(null), 'photosRequired'],
    [item('photo', { minFiles: 2 }), done(null, ['image/jpeg']), 'photosRequired'],
    [item('photo'), done(null, ['application/pdf']), 'notAPicture'],
    [item('photo'), done(null, Array<string>(21).fill('image/png')), 'tooManyFiles'],
    [item('photo', { isOptional: true }), done(null), null],
    [item('signature'), done(null, ['image/png']), null],
    [item('signature'), done(null), 'signatureRequired'],
    [item('signature'), done(null, ['image/png', 'image/png']), 'tooManyFiles'],
    [item('text'), skipped(''), null],
    [item('text', {}, true), skipped(''), 'reasonRequired'],
    [item('text', {}, true), skipped('нет кассы'), null],
    [item('text'), skipped('нет', 'x'), 'resultWithoutDeed'],
  ])('T-12: %j takes %j: %j', (of, mark, code) => expect(resultProblem(of, mark)?.code ?? null).toBe(code));

  const move = { fromId: 'work', fromCategory: 'in_work', toId: 'ready', toCategory: 'done' };
  it.each([
    [false, [], [], false],
    [true, [], [], true],
    [true, ['done'], [], true],
    [true, ['closed'], [], false],
    [true, ['ready'], [], true],
    [true, ['other'], [], false],
    [true, [], ['work'], true],
    [true, [], ['in_work'], true],
    [true, [], ['new'], false],
    [true, ['closed'], ['in_work'], true],
    [false, ['done'], ['work'], false],
  ])('T-12: required %s to %j from %j stands before «Выполнено»: %s', (isRequired, requiredTo, requiredFrom, stands) =>
    expect(standsBefore({ isRequired, requiredTo, requiredFrom }, move)).toBe(stands),
  );

  it.each([
    [item('number', { min: 5, max: 1 }), ['max limitsCrossed']],
    [item('choice', { options: ['да'] }), ['options optionsRequired']],
    [item('choice', { options: ['да', 'да'] }), ['options optionsTwice']],
    [item('text', { min: 1, unit: 'м' }), ['min limitUnwanted', 'unit limitUnwanted']],
    [item('none', { isOptional: true }), ['isOptional limitUnwanted']],
    [item('photo', { minFiles: 3 }), []],
    [pressure, []],
  ])('T-12: limits of %j', (of, problems) =>
    expect(limitProblems(of).map(({ field, code }) => `${field} ${code}`)).toEqual(problems),
  );

  it('T-12: a client sees his items under their headings, and no empty headings', () => {
    const of = (kind: ItemFacts['kind'], title: string, isClientVisible = false) => ({ kind, title, isClientVisible });
    const items = [
      of('item', 'скрытый'),
      of('heading', 'Пустой'),
      of('item', 'внутренний'),
      of('heading', 'Касса'),
      of('subheading', 'Питание'),
      of('item', 'внутренний'),
      of('subheading', 'Печать'),
      of('item', 'чек', true),
      of('item', 'лента', true),
      of('subheading', 'Хвост'),
    ];
    expect(clientPart(items).map(({ title }) => title)).toEqual(['Касса', 'Печать', 'чек', 'лента']);
  });
});
