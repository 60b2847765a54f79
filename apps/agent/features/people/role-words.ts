import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from './roles.queries';

/** A role's name in the language of the screen. */
export function useRoleName() {
  const { i18n } = useTranslation();
  return useCallback(
    (role: Pick<Role, 'name'>) => role.name[i18n.language as 'ru' | 'en'] ?? role.name.ru,
    [i18n.language],
  );
}
