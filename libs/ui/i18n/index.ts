export { createI18n, chosenLocale, LOCALES, type Locale, type Texts } from './i18n';
