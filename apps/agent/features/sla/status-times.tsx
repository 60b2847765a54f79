import { useSpans } from '@/timing/spans';
import { useTranslation } from 'react-i18next';
import classes from './deadlines.module.css';
import type { StatusTime } from './sla.types';

/** How long the ticket stood in each status, by the wall clock and by working time. */
export function StatusTimes({ statuses }: { statuses: StatusTime[] }) {
  const { t } = useTranslation();
  const spans = useSpans();
  return (
    <table className={classes.times}>
      <thead>
        <tr>
          <th scope="col">{t('sla.panel.status')}</th>
          <th scope="col" className={classes.number}>
            {t('sla.panel.calendar')}
          </th>
          <th scope="col" className={classes.number}>
            {t('sla.panel.working')}
          </th>
        </tr>
      </thead>
      <tbody>
        {statuses.map(({ status, seconds, workingSeconds }) => (
          <tr key={status.id}>
            <th scope="row">{status.name}</th>
            <td className={classes.number}>{spans.exact(seconds)}</td>
            <td className={classes.number}>{spans.exact(workingSeconds)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
