import { Alert } from '@mantine/core';
import { ApiProblem } from '@opora/client';
import { Loading } from '@opora/ui/page';
import { IconArrowRight, IconCheck, IconCircleDashed, IconMinus, IconX, type Icon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { tryQuery, type RoutingStep, type RoutingTry } from './routing.queries';
import classes from './routing.module.css';

const SHOWN = 1;
const ICONS: Record<RoutingStep['state'], Icon> = {
  chosen: IconCheck,
  fits: IconCircleDashed,
  fails: IconX,
  nobody: IconMinus,
  off: IconMinus,
  broken: IconX,
};

/** Where the ticket goes, and every step on the way in words. */
export function RoutingWay({ body }: { body: RoutingTry | null }) {
  const { t } = useTranslation();
  const { data, error, isPending } = useQuery(tryQuery(body));
  if (body === null) return <p className={classes.hint}>{t('routing.tester.choose')}</p>;
  if (error) return <Alert color="red">{wordsOf(error)}</Alert>;
  if (isPending) return <Loading lines={4} />;
  if (!data) return null;
  const { result, steps } = data;
  return (
    <>
      <div className={classes.result} data-none={result.by === 'none' || undefined} role="status">
        <span className={classes.resultLabel}>{t('routing.tester.result')}</span>
        {result.by === 'none' ? (
          <b>{t('routing.tester.nobody')}</b>
        ) : (
          <>
            <b>
              {[result.team?.name, result.assignee?.name].filter(Boolean).join(' · ') || t('routing.tester.nobody')}
            </b>
            <span className={classes.resultWhy}>{t(`routing.by.${result.by}`, { name: result.name })}</span>
          </>
        )}
      </div>
      <ol className={classes.steps} aria-label={t('routing.tester.steps')}>
        {steps.map((step) => (
          <Step key={`${step.kind}:${step.id}`} step={step} />
        ))}
      </ol>
    </>
  );
}

function Step({ step }: { step: RoutingStep }) {
  const { t } = useTranslation();
  const { kind, name, level, state, words, team, assignee } = step;
  const StateIcon = ICONS[state];
  const who = [team?.name, assignee?.name].filter(Boolean).join(' · ');
  return (
    <li className={classes.step} data-state={state}>
      <StateIcon size={15} className={classes.stepIcon} aria-label={t(`routing.state.${state}`)} />
      <div className={classes.stepBody}>
        <div>
          {kind === 'responsible' && <span className={classes.level}>{t(`routing.level.${level ?? 'company'}`)}</span>}
          <b>{name}</b>
          {state === 'chosen' && who && (
            <span className={classes.who}>
              <IconArrowRight size={12} aria-hidden /> {who}
            </span>
          )}
        </div>
        <Words words={words} />
      </div>
    </li>
  );
}

/** The first; a long list unfolds. */
function Words({ words }: { words: readonly string[] }) {
  const { t } = useTranslation();
  const line = (word: string) => (
    <div key={word} className={classes.word}>
      {word}
    </div>
  );
  if (words.length <= SHOWN + 1) return words.map(line);
  return (
    <>
      {words.slice(0, SHOWN).map(line)}
      <details className={classes.more}>
        <summary>{t('routing.tester.more', { count: words.length - SHOWN })}</summary>
        {words.slice(SHOWN).map(line)}
      </details>
    </>
  );
}

const wordsOf = (error: Error): string =>
  error instanceof ApiProblem && error.errors.length > 0
    ? error.errors.map(({ message }) => message).join(' ')
    : error.message;
