import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { STEPS, stepOf } from './ticket-progress';
import type { StatusCategory } from './tickets.queries';
import classes from './progress-steps.module.css';

/** Where the ticket is on its way, as a row of four steps. */
export function ProgressSteps({ category }: { category: StatusCategory }) {
  const { t } = useTranslation();
  const now = stepOf(category);
  return (
    <ol className={classes.steps} aria-label={t('tickets.steps')}>
      {STEPS.map((step, index) => {
        const state = index < now ? 'past' : index === now ? 'now' : 'ahead';
        const name = t(`tickets.step.${step}`);
        return (
          <li
            key={step}
            className={classes.step}
            data-state={state}
            aria-current={state === 'now' ? 'step' : undefined}
          >
            <span className={classes.dot} aria-hidden>
              {(state === 'past' || category === 'closed') && <IconCheck size={14} stroke={3} />}
            </span>
            <span aria-hidden>{name}</span>
            <span className={classes.spoken}>{t(SPOKEN[state], { step: name })}</span>
          </li>
        );
      })}
    </ol>
  );
}

const SPOKEN = { past: 'tickets.stepPast', now: 'tickets.stepNow', ahead: 'tickets.stepAhead' } as const;
