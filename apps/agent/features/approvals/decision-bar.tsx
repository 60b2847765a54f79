import { Alert, Button, Group, Textarea } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { notifyDone } from '@opora/ui/theme';
import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Term } from './approval-words';
import { useDecide, type Approval, type Decision } from './approvals.queries';
import classes from './approvals.module.css';

const LOOKS = {
  approve: { color: 'green', variant: 'filled', Icon: IconCheck },
  return: { color: 'yellow', variant: 'default', Icon: IconArrowBackUp },
  decline: { color: 'red', variant: 'default', Icon: IconX },
} as const;

/** My decision: one press agrees, the others ask for the reason first. A agrees, R returns, D declines. */
export function DecisionBar({ id, approval }: { id: string; approval: Approval }) {
  const { t } = useTranslation();
  const { canDecide, mine } = approval;
  const decide = useDecide(id);
  const [comment, setComment] = useState('');
  const [wanted, setWanted] = useState<Decision | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const missing = canDecide?.missing ?? [];
  const send = (decision: Decision) => {
    if (!canDecide?.decisions.includes(decision) || decide.isPending) return;
    if (decision !== 'approve' && !comment.trim()) {
      setWanted(decision);
      input.current?.focus();
      return;
    }
    if (decision === 'approve' && missing.length > 0) return;
    // The bar is gone once the answer is there, so it is told from here and not by the mutation of the bar.
    decide.mutateAsync({ decision, stepId: canDecide.stepId, comment: comment.trim() || undefined }).then(
      () => notifyDone(t(`approvals.decided.${decision}`)),
      () => undefined,
    );
  };
  const group = t('approvals.title');
  const isOn = canDecide !== null;
  useHotkey('KeyA', () => send('approve'), { label: t('approvals.decision.approve'), group, isOn });
  useHotkey('KeyR', () => send('return'), { label: t('approvals.decision.return'), group, isOn });
  useHotkey('KeyD', () => send('decline'), { label: t('approvals.decision.decline'), group, isOn });
  if (!canDecide) return null;
  const lacksReason = wanted !== null && !comment.trim();
  return (
    <section className={classes.card} aria-label={t('approvals.myDecision')} data-mine>
      <div className={classes.headline}>
        <strong>{t('approvals.myDecision')}</strong>
        {mine && <Term dueAt={mine.dueAt} isOverdue={mine.isOverdue} />}
      </div>
      {missing.length > 0 && (
        <Alert color="yellow" mb="xs">
          {t('approvals.attachFirst', { kinds: missing.map(({ kind }) => kind.label).join(', ') })}
        </Alert>
      )}
      <Textarea
        ref={input}
        aria-label={t('approvals.comment')}
        placeholder={t('approvals.commentHint')}
        error={lacksReason && t(`approvals.reasonFor.${wanted}`)}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={4000}
        value={comment}
        onChange={({ currentTarget }) => setComment(currentTarget.value)}
      />
      {decide.error && (
        <Alert color="red" role="alert" mt="xs">
          {decide.error.message}
        </Alert>
      )}
      <Group gap="xs" mt="xs">
        {canDecide.decisions.map((decision) => {
          const { color, variant, Icon } = LOOKS[decision];
          return (
            <Button
              key={decision}
              color={color}
              variant={variant}
              leftSection={<Icon size={15} />}
              loading={decide.isPending && decide.variables?.decision === decision}
              disabled={decide.isPending || (decision === 'approve' && missing.length > 0)}
              onClick={() => send(decision)}
            >
              {t(`approvals.decision.${decision}`)}
            </Button>
          );
        })}
      </Group>
    </section>
  );
}
