import { useSpans } from '@/timing/spans';
import { useTranslation } from 'react-i18next';
import classes from './policies.module.css';
import type { PolicyMetric } from './policies.queries';

/** The promises of a policy in short: «Реакция 1 ч». */
export function MetricChips({ metrics }: { metrics: Pick<PolicyMetric, 'metric' | 'seconds'>[] }) {
  const { t } = useTranslation();
  const spans = useSpans();
  return (
    <ul className={classes.chips}>
      {metrics.map(({ metric, seconds }, index) => (
        <li key={`${metric}${index}`} className={classes.chip}>
          {t(`timing.metric.${metric}`)} <b>{spans.exact(seconds)}</b>
        </li>
      ))}
    </ul>
  );
}
