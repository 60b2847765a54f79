import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** A name in the language of the screen; some are kept in both, some in one. */
export function useLocal() {
  const { i18n } = useTranslation();
  return useCallback(
    (text: string | { ru: string; en: string }) =>
      typeof text === 'string' ? text : (text[i18n.language as 'ru' | 'en'] ?? text.ru),
    [i18n.language],
  );
}
