import { texts } from './i18n';

const keysOf = (text: object, prefix = ''): string[] =>
  Object.entries(text).flatMap(([key, value]) =>
    typeof value === 'object'
      ? keysOf(value as object, `${prefix}${key}.`)
      : [`${prefix}${key.replace(/_(one|few|many|other)$/, '')}`],
  );
const argumentsOf = (text: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(text).flatMap(([key, value]) =>
      typeof value === 'object'
        ? Object.entries(argumentsOf(value as object)).map(([inner, names]) => [`${key}.${inner}`, names])
        : [
            [
              key.replace(/_(one|few|many|other)$/, ''),
              [...String(value).matchAll(/{{(\w+)}}/g)]
                .map(([, name]) => name)
                .sort()
                .join(),
            ],
          ],
    ),
  );

describe.each(Object.entries(texts))('the texts of %s', (_feature, { ru, en }) => {
  it('have the same keys in both languages', () =>
    expect([...new Set(keysOf(en))].sort()).toEqual([...new Set(keysOf(ru))].sort()));
  it('take the same arguments in both languages', () => expect(argumentsOf(en)).toEqual(argumentsOf(ru)));
});
