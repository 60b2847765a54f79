import { useFormat } from '@opora/ui/format';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RouteChoice } from './approvals.queries';
import classes from './approvals.module.css';

/** Which route was chosen, by what day's values, and why not the others. */
export function RouteWhy({ choice }: { choice: RouteChoice }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.whyBox}>
      <p className={classes.dim}>
        {t(choice.by === 'route' ? 'approvals.choice.byHand' : 'approvals.choice.byDay', {
          date: format.day(choice.date),
        })}
      </p>
      <ul className={classes.judged}>
        {choice.routes.map(({ id, label, matched, why }) => (
          <li key={id} data-chosen={id === choice.route?.id || undefined}>
            {matched ? <IconCheck size={14} aria-hidden /> : <IconMinus size={14} aria-hidden />}
            <span>
              {label} <span className={classes.dim}>{why}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
