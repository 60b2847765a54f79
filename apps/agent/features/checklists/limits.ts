import { useFormat } from '@opora/ui/format';
import { useTranslation } from 'react-i18next';
import type { Item } from './checklists.queries';

/** «от 2 до 4,5 бар»: what a number may be. */
export function useLimits({ min, max, unit }: Item['resultLimits']): string | undefined {
  const { t } = useTranslation();
  const format = useFormat();
  if (min === undefined && max === undefined) return undefined;
  const kind = min === undefined ? 'most' : max === undefined ? 'least' : 'between';
  const words = t(`checklists.limits.${kind}`, {
    min: min === undefined ? '' : format.number(min),
    max: max === undefined ? '' : format.number(max),
  });
  return unit ? `${words} ${unit}` : words;
}
