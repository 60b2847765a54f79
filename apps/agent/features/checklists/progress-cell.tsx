import type { Schemas } from '@opora/client';
import { IconCheckbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';

/** How far the checklists of a row are: «3/7»; green when all is done. */
export function ProgressCell({ row }: { row: Schemas['TicketRowView'] }) {
  const { t } = useTranslation();
  const progress = row.checklist;
  if (!progress) return null;
  const { done, total, required, requiredDone } = progress;
  const hint = t('checklists.progressHint', { done, total, required: required - requiredDone });
  return (
    <span className={classes.progressCell} data-done={done >= total || undefined} title={hint}>
      <IconCheckbox size={14} aria-hidden />
      {done}/{total}
    </span>
  );
}
