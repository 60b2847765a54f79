import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** A template's name in words; a template without one is told by its key. */
export function useTemplateName() {
  const { t } = useTranslation();
  return useCallback((key: string) => t(`system.templates.name.${key.replace('.', '_')}`, { defaultValue: key }), [t]);
}
