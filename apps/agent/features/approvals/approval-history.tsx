import { useFormat } from '@opora/ui/format';
import { useTranslation } from 'react-i18next';
import type { Approval } from './approvals.queries';
import classes from './approvals.module.css';

/** What happened, in order. */
export function ApprovalHistory({ approval: { history } }: { approval: Approval }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className={classes.card} aria-label={t('approvals.history')}>
      <strong>{t('approvals.history')}</strong>
      <ol className={classes.history}>
        {history.map(({ at, text, comment }, place) => (
          <li key={place}>
            <time dateTime={at} title={format.full(at)} className={classes.dim}>
              {format.dateTime(at)}
            </time>
            <span>
              {text}
              {comment && <span className={classes.comment}>{comment}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
