import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalText } from './fields.queries';

/** A text kept in both languages, in the language of the screen. */
export function useLocal() {
  const { i18n } = useTranslation();
  return useCallback(
    (text: LocalText | null) => text?.[i18n.language as 'ru' | 'en'] || text?.ru || '',
    [i18n.language],
  );
}
