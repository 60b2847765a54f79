import { codeFrom, configOf, draftOf, inputOf } from './field-draft';

it.each([
  ['Серийный номер', 'seriynyy_nomer'],
  ['№ договора / Contract', 'dogovora_contract'],
  ['2-я линия', 'ya_liniya'],
  ['!!!', ''],
])('T-03: a name suggests a code: %s', (name, code) => expect(codeFrom(name)).toBe(code));

it('T-03: a suggested code steps aside for one that is there', () =>
  expect(codeFrom('Пробег', ['probeg', 'probeg_2'])).toBe('probeg_3'));

it.each([
  ['text', { maxLength: 20, min: 5 }, { isMultiline: false, maxLength: 20 }],
  ['number', { min: 0, max: 10, decimals: 2, maxLength: 9 }, { min: 0, max: 10, decimals: 2 }],
  ['money', { min: 0 }, { min: 0 }],
  ['reference', { reference: 'object' }, { reference: 'object' }],
  ['formula', { formula: 'a + b' }, { formula: 'a + b' }],
  ['date', { min: 3 }, {}],
] as const)('T-03: a field of type %s keeps only its own settings', (type, entered, config) =>
  expect(configOf({ ...draftOf(null, 'ticket'), type, ...entered })).toEqual(config),
);

it('T-03: a client cannot be asked to fill what he cannot see or what is computed', () => {
  const draft = { ...draftOf(null, 'ticket'), nameRu: 'Пробег', isClientEditable: true };
  expect(inputOf(draft)).toMatchObject({ isClientEditable: false, name: { ru: 'Пробег', en: 'Пробег' }, hint: null });
  expect(inputOf({ ...draft, type: 'formula', isClientVisible: true }).isClientEditable).toBe(false);
});
