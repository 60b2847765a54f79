import { notifyDone, notifyProblem } from '@opora/ui/theme';
import type { TFunction } from 'i18next';
import type { Entry } from './worklogs.queries';

/** Says that an entry is kept, and what looks wrong about it. */
export function tellWritten(t: TFunction, { spent, warnings }: Pick<Entry, 'spent' | 'warnings'>): void {
  notifyDone(t('worklogs.written', { spent }));
  for (const { message } of warnings) notifyProblem(t('worklogs.warning'), new Error(message));
}
