import { useFormat } from '@opora/ui/format';
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './ticket-actions.module.css';
import type { ActionLine, ActionProblem } from './ticket-actions.queries';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

type Line = ActionLine & { count?: number; isBeforeMixed?: boolean };

/** What would change: from what to what, each line by itself. */
export function ActionLines({ lines }: { lines: readonly Line[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = (value: string | null) => (value && MOMENT.test(value) ? format.dateTime(value) : value);
  if (!lines.length) return <p className={classes.nothing}>{t('ticketActions.nothing')}</p>;
  return (
    <ul className={classes.lines}>
      {lines.map(({ label, before, after, count, isBeforeMixed }) => (
        <li key={`${label}${before ?? ''}${after ?? ''}`}>
          <span className={classes.lineLabel}>{label}</span>
          <span className={classes.lineValue}>
            {(before !== null || isBeforeMixed) && (
              <>
                <span className={classes.before}>{isBeforeMixed ? t('ticketActions.mixed') : shown(before)}</span>
                <IconArrowRight size={13} aria-label={t('ticketActions.becomes')} />
              </>
            )}
            <span className={classes.after}>{shown(after) ?? t('ticketActions.empty')}</span>
          </span>
          {count !== undefined && <span className={classes.lineCount}>{t('ticketActions.inTickets', { count })}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Why it would be refused. */
export function ActionProblems({ problems }: { problems: readonly Pick<ActionProblem, 'message' | 'action'>[] }) {
  const { t } = useTranslation();
  if (!problems.length) return null;
  return (
    <ul className={classes.problems} role="alert">
      {problems.map(({ message, action }) => (
        <li key={`${action ?? ''}${message}`}>
          <IconAlertTriangle size={14} aria-hidden />
          <span>
            {action !== null && `${t('ticketActions.actionNumber', { number: action + 1 })}: `}
            {message}
          </span>
        </li>
      ))}
    </ul>
  );
}
