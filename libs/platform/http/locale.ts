import { LOCALES, type Locale } from '../context';

/** The best of our languages for an Accept-Language header; Russian first. */
export function localeOf(header: string | undefined): Locale {
  return askedLocale(header) ?? 'ru';
}

export function askedLocale(header: string | undefined): Locale | undefined {
  if (!header) return undefined;
  const wishes = header
    .split(',')
    .slice(0, 20)
    .map((part) => {
      const [tag = '', ...params] = part.trim().toLowerCase().split(';');
      const quality = params.map((p) => p.trim()).find((p) => p.startsWith('q='));
      return { language: tag.split('-')[0], quality: quality ? Number(quality.slice(2)) || 0 : 1 };
    })
    .sort((a, b) => b.quality - a.quality);
  return wishes
    .map((wish) => LOCALES.find((locale) => locale === wish.language))
    .find((locale) => locale !== undefined);
}
