import { indexText, phonesOf, rootOf, searchTerms, termsOfWords } from './search-text';

describe('T-21: words of the search', () => {
  it.each([
    ['печать печати печатает печатать печатают', 'печат'],
    ['замена замену заменить заменили заменяет', 'замен'],
    ['установка установить установили установку', 'установ'],
    ['подключение подключить подключен подключения', 'подключ'],
    ['настройка настройки настроить', 'настро'],
    ['проверка проверить проверили', 'провер'],
    ['работа работает работали', 'работ'],
    ['обновление обновить обновили обновления', 'обнов'],
    ['ремонт ремонта ремонтировать', 'ремонт'],
    ['оплата оплатить оплатили', 'оплат'],
    ['консультация консультировать консультации', 'консульт'],
    ['принтер принтера принтеров принтеры', 'принтер'],
    ['сервер сервера серверная', 'сервер'],
  ])('%s share a root', (words, root) => expect([...new Set(words.split(' ').map(rootOf))]).toEqual([root]));

  it.each(['касса кассета', 'сервер сервис', 'принтер притвор', 'заказ закат', 'монитор мониторинг'])(
    '%s stay apart',
    (words) => expect(new Set(words.split(' ').map(rootOf)).size).toBe(2),
  );

  it.each(['стол', 'ось', 'laserjet', 'hp7919', '12345', ''])('%j is its own root', (word) =>
    expect(rootOf(word)).toBe(word),
  );

  it.each([
    ['Не печатает HP-7919!', 'не печатает hp 7919 hp7919', 'не печат hp 7919 hp7919'],
    ['HP7919', 'hp 7919 hp7919', 'hp 7919 hp7919'],
    ['Ёлка и ЁЖ', 'елка и еж', 'елка и еж'],
    ['Санкт-Петербург', 'санкт петербург', 'санкт петербург'],
    ['ivan.petrov@mail.ru', 'ivan petrov mail ru', 'ivan petrov mail ru'],
    ['1С:Предприятие 8.3', '1 с 1с предприятие 8 3 83', '1 с 1с предприят 8 3 83'],
    ['<b>№</b> %_\\ \u0000', 'b b', 'b'],
    ['x'.repeat(65), '', ''],
  ])('indexes %j', (text, words, roots) => expect(indexText(text)).toEqual({ words, roots }));

  it.each([
    ['+7 (912) 345-67-89', ['9123456789']],
    ['8 912 345 67 89, 89123456780', ['9123456789', '9123456780']],
    ['заявка 12345 от 2026-01-01', []],
    ['40702810900000012345', []],
  ])('finds the phones of %j', (text, phones) => expect(phonesOf(text)).toEqual(phones));

  it('takes a phone written with spaces for one term', () =>
    expect(termsOfWords(['+7', '912', '345-67-89'])).toEqual([{ words: [], lexemes: ['9123456789'] }]));

  it('asks a code in either spelling', () =>
    expect(searchTerms('HP-7919')).toEqual([{ words: ['hp', '7919'], lexemes: ['hp7919'] }]));

  it('drops frequent words while others remain', () => {
    expect(termsOfWords(['не', 'печатает']).map((term) => term.words)).toEqual([['печатает']]);
    expect(termsOfWords(['не']).map((term) => term.words)).toEqual([['не']]);
  });

  it('completes only the last word', () =>
    expect(termsOfWords(['замена', 'картр']).map((term) => term.prefix)).toEqual([undefined, 'картр']));

  it('keeps a phrase together', () =>
    expect(searchTerms('нет бумаги', true)).toEqual([{ words: ['нет', 'бумаги'], lexemes: [] }]));

  it.each(['!!!', '***', "' | & !", '<->'])('%j has nothing to look for', (text) =>
    expect(searchTerms(text)).toEqual([]),
  );
});
