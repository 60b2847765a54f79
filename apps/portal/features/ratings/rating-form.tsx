import { useState } from 'react';
import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconMoodNeutral, IconMoodSad, IconMoodSmile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SCORES, type NewMark, type Score } from './ratings.queries';
import classes from './rating.module.css';

type Props = {
  initial: { score: Score | null; comment: string | null };
  submitLabel: string;
  hint?: string;
  isBusy: boolean;
  error: Error | null;
  onSubmit: (mark: NewMark) => void;
  onCancel?: () => void;
};

const ICONS = { bad: IconMoodSad, normal: IconMoodNeutral, good: IconMoodSmile };

/** Three smiles and a comment; nothing is sent before the button is pressed. */
export function RatingForm({ initial, submitLabel, hint, isBusy, error, onSubmit, onCancel }: Props) {
  const { t } = useTranslation();
  const [score, setScore] = useState(initial.score);
  const [comment, setComment] = useState(initial.comment ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (score) onSubmit({ score, comment: comment.trim() || undefined });
      }}
    >
      <Stack gap="md">
        <fieldset className={classes.smiles}>
          <legend className={classes.legend}>{t('ratings.ask')}</legend>
          {SCORES.map((value) => (
            <SmileChoice key={value} value={value} isChosen={score === value} onChoose={() => setScore(value)} />
          ))}
        </fieldset>
        {score && (
          <Textarea
            label={t(score === 'bad' ? 'ratings.commentBad' : 'ratings.comment')}
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
        {(score || onCancel) && (
          <Group gap="xs">
            <Button type="submit" disabled={!score} loading={isBusy}>
              {submitLabel}
            </Button>
            {onCancel && (
              <Button variant="default" onClick={onCancel}>
                {t('ratings.cancel')}
              </Button>
            )}
          </Group>
        )}
        {hint && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
      </Stack>
    </form>
  );
}

function SmileChoice({ value, isChosen, onChoose }: { value: Score; isChosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation();
  const Icon = ICONS[value];
  return (
    <label className={classes.smile} data-score={value} data-chosen={isChosen || undefined}>
      <input type="radio" name="score" value={value} checked={isChosen} onChange={onChoose} className={classes.input} />
      <Icon size={36} stroke={1.6} aria-hidden />
      <span>{t(`ratings.${value}`)}</span>
    </label>
  );
}

/** A given mark: the smile and its word. */
export function Smile({ score }: { score: Score }) {
  const { t } = useTranslation();
  const Icon = ICONS[score];
  return (
    <span className={classes.given} data-score={score}>
      <Icon size={26} stroke={1.7} aria-hidden />
      {t('ratings.yours', { score: t(`ratings.${score}`) })}
    </span>
  );
}
