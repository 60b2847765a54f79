import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';
import ru from './ru.json';

export const LOCALES = ['ru', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
/** Texts of one feature in every language; read by `feature.key`. */
export type Texts = Record<Locale, object>;

const REMEMBERED = 'opora.locale';

/** The language chosen here before, else the browser's, else Russian. */
export function chosenLocale(): Locale {
  const remembered = localStorage.getItem(REMEMBERED) ?? navigator.language.slice(0, 2);
  return LOCALES.find((locale) => locale === remembered) ?? 'ru';
}

/** i18next over the features' texts; the parts of this library bring their own under `ui`. */
export function createI18n(features: Record<string, Texts>, locale: Locale = chosenLocale()): i18n {
  const all: Record<string, Texts> = { ...features, ui: { ru, en } };
  const resources = Object.fromEntries(
    LOCALES.map((lng) => [
      lng,
      { translation: Object.fromEntries(Object.entries(all).map(([feature, texts]) => [feature, texts[lng]])) },
    ]),
  );
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: locale,
    fallbackLng: 'en',
    resources,
    interpolation: { escapeValue: false },
    initAsync: false,
    react: { useSuspense: false },
  });
  const remember = (lng: string) => {
    localStorage.setItem(REMEMBERED, lng);
    document.documentElement.lang = lng;
  };
  instance.on('languageChanged', remember);
  document.documentElement.lang = locale;
  return instance;
}
