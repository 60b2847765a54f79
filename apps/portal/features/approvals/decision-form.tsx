import { useState } from 'react';
import { Alert, Button, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Decision, NewDecision } from './approvals.queries';
import classes from './approvals.module.css';

type Props = {
  decisions: Decision[];
  /** Documents without which there is no yes. */
  missing?: { label: string }[];
  isBusy: boolean;
  error: Error | null;
  onSubmit: (decision: NewDecision) => void;
};

const ICONS = { approve: IconCheck, return: IconArrowBackUp, decline: IconX };

/** The choice, its reason where it is a refusal, and one button: nothing is sent before it is pressed. */
export function DecisionForm({ decisions, missing = [], isBusy, error, onSubmit }: Props) {
  const { t } = useTranslation();
  const [decision, setDecision] = useState<Decision | null>(null);
  const [comment, setComment] = useState('');
  const needsReason = decision !== null && decision !== 'approve';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (decision) onSubmit({ decision, comment: comment.trim() || undefined });
      }}
    >
      <Stack gap="md">
        <fieldset className={classes.choices}>
          <legend className={classes.legend}>{t('approvals.ask')}</legend>
          {decisions.map((value) => (
            <Choice
              key={value}
              value={value}
              isChosen={decision === value}
              isDisabled={value === 'approve' && missing.length > 0}
              onChoose={() => setDecision(value)}
            />
          ))}
        </fieldset>
        {missing.length > 0 && (
          <Alert color="yellow">
            {t('approvals.missing', { kinds: missing.map(({ label }) => label).join(', ') })}
          </Alert>
        )}
        {decision && (
          <Textarea
            label={t(needsReason ? 'approvals.reason' : 'approvals.comment')}
            required={needsReason}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={4000}
            value={comment}
            onChange={({ currentTarget }) => setComment(currentTarget.value)}
          />
        )}
        {error && (
          <Alert color="red" role="alert">
            {error.message}
          </Alert>
        )}
        <div>
          <Button type="submit" disabled={!decision || (needsReason && !comment.trim())} loading={isBusy}>
            {t('approvals.send')}
          </Button>
        </div>
        <Text size="sm" c="dimmed">
          {t('approvals.sendHint')}
        </Text>
      </Stack>
    </form>
  );
}

function Choice(props: { value: Decision; isChosen: boolean; isDisabled: boolean; onChoose: () => void }) {
  const { value, isChosen, isDisabled, onChoose } = props;
  const { t } = useTranslation();
  const Icon = ICONS[value];
  return (
    <label className={classes.choice} data-decision={value} data-chosen={isChosen || undefined}>
      <input
        type="radio"
        name="decision"
        value={value}
        checked={isChosen}
        disabled={isDisabled}
        onChange={onChoose}
        className={classes.input}
      />
      <Icon size={26} stroke={1.8} aria-hidden />
      <span>{t(`approvals.decision.${value}`)}</span>
    </label>
  );
}
