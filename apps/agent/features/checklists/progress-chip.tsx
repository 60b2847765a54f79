import type { Schemas } from '@opora/client';
import { IconCheckbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';

/** In the ticket's header: how far the checklists are; leads to them. */
export function ProgressChip({ ticket }: { ticket: Schemas['TicketView'] }) {
  const { t } = useTranslation();
  const progress = ticket.checklist;
  if (!progress) return null;
  const { done, total, required, requiredDone } = progress;
  // The ticket's page listens to this and shows the tab, in its column or in the drawer.
  const show = () => window.dispatchEvent(new CustomEvent('opora:ticket-place', { detail: 'checklists' }));
  const hint = t('checklists.progressHint', { done, total, required: required - requiredDone });
  return (
    <button type="button" className={classes.chip} data-done={done >= total || undefined} title={hint} onClick={show}>
      <IconCheckbox size={15} aria-hidden />
      <span>
        {t('checklists.title')} {done}/{total}
      </span>
    </button>
  );
}
