import { draftOf, draftsOfText, inputOf, newDraft } from './item-draft';

describe('items of a checklist in forms', () => {
  it('T-12: a pasted text becomes headings and items', () => {
    const text = '# Касса\n\n1. Включить\n2) Проверить чек\n## Сеть\n- Пинг до шлюза\n☐ Перезагрузка\n#\n   \n';
    expect(draftsOfText(text).map(({ kind, title }) => [kind, title])).toEqual([
      ['heading', 'Касса'],
      ['item', 'Включить'],
      ['item', 'Проверить чек'],
      ['subheading', 'Сеть'],
      ['item', 'Пинг до шлюза'],
      ['item', 'Перезагрузка'],
    ]);
  });

  it.each([
    [
      { resultKind: 'number', min: 2, max: '', unit: ' бар ', options: 'a\nb' },
      { min: 2, unit: 'бар' },
    ],
    [
      { resultKind: 'number', min: 0, decimals: 1, isOptional: true },
      { min: 0, decimals: 1, isOptional: true },
    ],
    [{ resultKind: 'choice', options: ' да \n\nнет', min: 3 }, { options: ['да', 'нет'] }],
    [{ resultKind: 'photo', minFiles: 2, unit: 'шт' }, { minFiles: 2 }],
    [{ resultKind: 'code', expected: ' A-1 ' }, { expected: 'A-1' }],
    [{ resultKind: 'none', isOptional: true, min: 1 }, {}],
  ] as const)('T-12: %j sends the limits %j', (draft, limits) =>
    expect(inputOf({ ...newDraft('item', 'Пункт'), ...draft }).resultLimits).toEqual(limits),
  );

  it('T-12: what is read is sent back the same, and a heading sends its title alone', () => {
    const input = inputOf({
      ...newDraft('item', 'Давление'),
      resultKind: 'number',
      min: 1,
      minutes: 5,
      isRequired: true,
      requiredTo: ['done'],
    });
    const shown = { ...input, assignee: null } as unknown as Parameters<typeof draftOf>[0];
    expect(inputOf(draftOf(shown))).toEqual(input);
    expect(inputOf({ ...newDraft('heading', 'Касса'), isRequired: true })).toEqual({ kind: 'heading', title: 'Касса' });
  });
});
