import { useFormat } from '@opora/ui/format';
import {
  IconArrowBackUp,
  IconCheck,
  IconCircle,
  IconClock,
  IconGitMerge,
  IconMinus,
  IconUserShare,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { peopleWords } from './approval-facts';
import { PersonName, Term } from './approval-words';
import type { ApprovalPerson, ApprovalStage, ApprovalStep } from './approvals.queries';
import classes from './approvals.module.css';

const ICONS: Record<ApprovalStep['state'], Icon> = {
  planned: IconCircle,
  asked: IconClock,
  approved: IconCheck,
  declined: IconX,
  returned: IconArrowBackUp,
  merged: IconGitMerge,
  not_needed: IconMinus,
  replaced: IconUserShare,
};

/** The way of a request from stage to stage. */
export function StageList({ stages, copies }: { stages: ApprovalStage[]; copies: ApprovalPerson[] }) {
  const { t } = useTranslation();
  return (
    <aside className={classes.stages} aria-label={t('approvals.stages')}>
      <ol className={classes.stageList}>
        {stages.map((stage) => (
          <Stage key={stage.index} stage={stage} />
        ))}
      </ol>
      {copies.length > 0 && <p className={classes.dim}>{t('approvals.copiesTo', { people: peopleWords(copies) })}</p>}
    </aside>
  );
}

function Stage({ stage }: { stage: ApprovalStage }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { index, name, state, term, note, documents, steps, earlier } = stage;
  const facts = [
    steps.length > 1 && t(`approvals.mode.${stage.mode}`, { needed: stage.needed, count: steps.length }),
    steps.length > 1 && t(`approvals.order.${stage.order}`),
    term && t(`approvals.termOf.${term.time}`, { term: format.duration(term.seconds) }),
  ].filter(Boolean);
  return (
    <li className={classes.stage} data-state={state}>
      <div className={classes.stageHead}>
        <strong>{`${index + 1}. ${name}`}</strong>
        <span className={classes.dim}>{t(`approvals.stageState.${state}`)}</span>
      </div>
      {facts.length > 0 && <div className={classes.dim}>{facts.join(' · ')}</div>}
      {note && <div className={classes.dim}>{note}</div>}
      <ul className={classes.steps}>
        {steps.map((step, place) => (
          <Step key={step.id ?? place} step={step} />
        ))}
      </ul>
      {documents.map(({ kind, isGiven }) => (
        <div key={kind.id} className={classes.demand} data-given={isGiven || undefined}>
          {t(isGiven ? 'approvals.documentGiven' : 'approvals.documentMissing', { kind: kind.label })}
        </div>
      ))}
      {earlier.length > 0 && (
        <details className={classes.earlier}>
          <summary>{t('approvals.earlier', { total: earlier.length })}</summary>
          <ul className={classes.steps}>
            {earlier.map((step, place) => (
              <Step key={step.id ?? place} step={step} />
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function Step({ step }: { step: ApprovalStep }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { person, insteadOf, state, dueAt, isOverdue, decidedAt, comment, via, note } = step;
  const Mark = ICONS[state];
  return (
    <li className={classes.step} data-state={state} data-late={isOverdue || undefined}>
      <Mark size={15} aria-hidden />
      <div>
        <PersonName person={person} />
        {insteadOf && <div className={classes.dim}>{t('approvals.insteadOf', { name: insteadOf.name })}</div>}
        <div className={classes.dim}>
          {state === 'asked' ? (
            <Term dueAt={dueAt} isOverdue={isOverdue} />
          ) : (
            [
              t(`approvals.stepState.${state}`),
              decidedAt && format.dateTime(decidedAt),
              via && t(`approvals.via.${via}`),
            ]
              .filter(Boolean)
              .join(' · ')
          )}
        </div>
        {note && <div className={classes.dim}>{note}</div>}
        {comment && <p className={classes.comment}>{comment}</p>}
      </div>
    </li>
  );
}
