import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Texts } from '@opora/ui/i18n';
import { texts } from './texts';

const PLURAL = /_(zero|one|two|few|many|other)$/;
const root = join(__dirname, '..');
const ofUi = (locale: 'ru' | 'en'): object =>
  JSON.parse(readFileSync(join(root, '../../libs/ui/i18n', `${locale}.json`), 'utf8')) as object;
const [uiRu, uiEn] = [ofUi('ru'), ofUi('en')];

function keysOf(texts: object, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value as object, `${prefix}${key}.`),
  );
}
const plain = (keys: string[]) => [...new Set(keys.map((key) => key.replace(PLURAL, '')))].sort();

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory())
      return ['node_modules', 'e2e', 'public', 'testing'].includes(name) ? [] : sources(path);
    return /\.tsx?$/.test(name) && !/\.spec\./.test(name) ? [path] : [];
  });
}

const all: Record<string, Texts> = { ...texts, ui: { ru: uiRu, en: uiEn } };

it.each(Object.keys(all))('%s says the same in both languages', (feature) => {
  const { ru, en } = all[feature] as { ru: object; en: object };
  expect(plain(keysOf(ru))).toEqual(plain(keysOf(en)));
});

it('every key written in the screens has a text', () => {
  const known = new Set(
    Object.entries(all).flatMap(([feature, { ru }]) => plain(keysOf(ru)).map((key) => `${feature}.${key}`)),
  );
  const missing = [...sources(root), ...sources(join(root, '../../libs/ui'))].flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/\bt\('([a-z][\w]*\.[\w.]+)'/gi)]
      .map(([, key]) => key as string)
      .filter((key) => !known.has(key))
      .map((key) => `${path}: ${key}`),
  );
  expect(missing).toEqual([]);
});
