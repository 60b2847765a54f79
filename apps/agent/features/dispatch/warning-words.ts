import { useFormat } from '@opora/ui/format';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Warning } from './board-warnings';
import type { Board } from './dispatch.types';

/** Hours with one digit after the comma: «7,5». */
export function useHours() {
  const format = useFormat();
  return useCallback((seconds: number) => format.number(Math.round(seconds / 360) / 10), [format]);
}

/** Warnings of the board in words. */
export function useWarningWords(board: Pick<Board, 'skills' | 'zones' | 'timeZone'>) {
  const { t } = useTranslation();
  const format = useFormat(board.timeZone);
  const hours = useHours();
  return useCallback(
    (warning: Warning): string => {
      const named = (ids: string[], all: { id: string; name: string }[]) =>
        ids.map((id) => all.find((one) => one.id === id)?.name ?? '').join(', ');
      switch (warning.kind) {
        case 'absent':
          return t('dispatch.warning.absent', { until: format.dateTime(warning.until) });
        case 'skill':
          return t('dispatch.warning.skill', { skills: named(warning.skillIds, board.skills) });
        case 'zone':
          return t('dispatch.warning.zone', { zones: named(warning.zoneIds, board.zones) });
        case 'overlap':
          return warning.numbers.length
            ? t('dispatch.warning.overlap', { numbers: warning.numbers.join(', ') })
            : t('dispatch.warning.overlapUnknown');
        case 'capacity':
          return t('dispatch.warning.capacity', {
            planned: hours(warning.plannedSeconds),
            capacity: hours(warning.capacitySeconds),
          });
        case 'outside':
          return t('dispatch.warning.outside');
        case 'past':
          return t('dispatch.warning.past');
      }
    },
    [t, format, hours, board.skills, board.zones],
  );
}
