import { useFormat, useNow } from '@opora/ui/format';
import { useTranslation } from 'react-i18next';
import type { ApprovalPerson, ApprovalState } from './approvals.queries';
import classes from './approvals.module.css';

/** The state of a request in a word and a colour. */
export function StateMark({ state }: { state: ApprovalState }) {
  const { t } = useTranslation();
  return (
    <span className={classes.state} data-state={state}>
      {t(`approvals.state.${state}`)}
    </span>
  );
}

/** Until when a decision is due, ticking; red once it is late. */
export function Term({ dueAt, isOverdue }: { dueAt: string | null; isOverdue: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  useNow();
  if (!dueAt) return <span className={classes.dim}>{t('approvals.noTerm')}</span>;
  return (
    <time dateTime={dueAt} title={format.full(dueAt)} className={classes.term} data-late={isOverdue || undefined}>
      {t(isOverdue ? 'approvals.lateSince' : 'approvals.dueIn', { when: format.relative(dueAt) })}
    </time>
  );
}

/** Name and position. */
export function PersonName({ person: { name, position } }: { person: ApprovalPerson }) {
  return (
    <span>
      {name}
      {position && <span className={classes.dim}>, {position}</span>}
    </span>
  );
}
