import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance, type i18n } from 'i18next';
import type { Locale } from '../context';

/**
 * Texts of the server: every i18n/ru.json and i18n/en.json under libs/platform and libs/modules, merged.
 * Keys are nested by feature; plurals follow i18next (`_one`, `_few`, `_many`, `_other`).
 */
function gather(locale: Locale): Record<string, unknown> {
  const root = join(__dirname, '..', '..');
  const texts: Record<string, unknown> = {};
  for (const layer of ['platform', 'modules']) {
    const folder = join(root, layer);
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) {
      const file = join(folder, name, 'i18n', `${locale}.json`);
      if (existsSync(file)) merge(texts, JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
    }
    const own = join(folder, 'i18n', `${locale}.json`);
    if (existsSync(own)) merge(texts, JSON.parse(readFileSync(own, 'utf8')) as Record<string, unknown>);
  }
  return texts;
}

function merge(into: Record<string, unknown>, from: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(from)) {
    const present = into[key];
    if (typeof value === 'object' && value !== null && typeof present === 'object' && present !== null) {
      merge(present as Record<string, unknown>, value as Record<string, unknown>);
    } else {
      into[key] = value;
    }
  }
}

let instance: i18n | undefined;

function translator(): i18n {
  if (instance) return instance;
  instance = createInstance();
  void instance.init({
    lng: 'ru',
    fallbackLng: 'en',
    initAsync: false,
    resources: { ru: { translation: gather('ru') }, en: { translation: gather('en') } },
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
    returnEmptyString: true,
  });
  return instance;
}

/** The text of a key in a language; `{name}` in the text is filled from args. */
export function text(locale: Locale, key: string, args: Record<string, unknown> = {}): string {
  return translator().t(key, { ...args, lng: locale });
}

export const hasText = (locale: Locale, key: string): boolean =>
  translator().exists(key, { lng: locale, fallbackLng: [] as string[] });

/** The text of a key in the caller's language. */
export const t = (ctx: { locale: Locale }, key: string, args?: Record<string, unknown>): string =>
  text(ctx.locale, key, args);
