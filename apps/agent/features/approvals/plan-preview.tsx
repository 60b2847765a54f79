import { Alert } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { useTranslation } from 'react-i18next';
import { peopleWords } from './approval-facts';
import classes from './approvals.module.css';
import { RouteWhy } from './route-why';
import type { ApprovalPlan } from './start.queries';

type Props = { plan: ApprovalPlan | undefined; error: Error | null; isAsked: boolean };

/** The way a request would go: the route and why, the people of each stage, what stands in the way. */
export function PlanPreview({ plan, error, isAsked }: Props) {
  const { t } = useTranslation();
  return (
    <aside className={classes.stages} aria-label={t('approvals.plan')}>
      <strong>{t('approvals.plan')}</strong>
      {!isAsked && <p className={classes.dim}>{t('approvals.planHint')}</p>}
      {isAsked && error && <Alert color="red">{error.message}</Alert>}
      {isAsked && !error && plan && <Plan plan={plan} />}
    </aside>
  );
}

function Plan({ plan: { choice, stages, copies, executors, problems } }: { plan: ApprovalPlan }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <p className={classes.planRoute}>{choice.route?.label ?? t('approvals.noRoute')}</p>
      <RouteWhy choice={choice} />
      {problems.map(({ pointer, message }) => (
        <Alert key={pointer + message} color="yellow" my={4}>
          {message}
        </Alert>
      ))}
      <ol className={classes.stageList}>
        {stages.map((stage, index) => (
          <li key={index} className={classes.stage} data-state={stage.skipped ? 'skipped' : 'planned'}>
            <div className={classes.stageHead}>
              <strong>{`${index + 1}. ${stage.name}`}</strong>
              {stage.term && (
                <span className={classes.dim}>
                  {t(`approvals.termOf.${stage.term.time}`, { term: format.duration(stage.term.seconds) })}
                </span>
              )}
            </div>
            <div>{peopleWords(stage.people)}</div>
            <div className={classes.dim}>
              {[
                stage.people.length > 1 &&
                  t(`approvals.mode.${stage.mode}`, { needed: stage.needed, count: stage.people.length }),
                stage.note,
                stage.documents.length > 0 &&
                  t('approvals.needs', { kinds: stage.documents.map(({ kind }) => kind.label).join(', ') }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </li>
        ))}
      </ol>
      {copies.length > 0 && <p className={classes.dim}>{t('approvals.copiesTo', { people: peopleWords(copies) })}</p>}
      {executors.map(({ person, text }, index) => (
        <p key={index} className={classes.dim}>
          {t('approvals.executorWill', { name: person.name, text })}
        </p>
      ))}
    </>
  );
}
