import { EntityPicker } from '@/pickers/entity-picker';
import { Alert, Button, Radio, Stack } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { notifyDone } from '@opora/ui/theme';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './channels.module.css';
import { ticketsToAttachQuery } from './channels.queries';
import { useDecide, type Decision, type IntakeMail } from './intake.queries';

const DECISIONS: Decision['decision'][] = ['attach', 'new_ticket', 'ignore'];

/** What becomes of a mail whose sender we do not know on that ticket: a person decides. */
export function DecideForm({ mail, onDone }: { mail: IntakeMail; onDone: () => void }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Error | null>(null);
  const decide = useDecide(mail.id);
  const fields = useFields({
    decision: 'attach' as Decision['decision'],
    ticketId: mail.ticketId
      ? { id: mail.ticketId, name: `№ ${mail.ticketNumber ?? ''}` }
      : (null as { id: string; name: string } | null),
  });
  const { values, errors, set } = fields;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    const { decision, ticketId } = values;
    decide.mutate(
      { decision, ...(decision === 'attach' && ticketId ? { ticketId: ticketId.id } : {}) },
      {
        onSuccess: () => {
          notifyDone(t(`channels.decide.done.${decision}`));
          onDone();
        },
        onError: (error) => !fields.applyProblem(error) && setProblem(error),
      },
    );
  };
  return (
    <form className={classes.decide} onSubmit={submit}>
      <Radio.Group
        label={t('channels.decide.title')}
        value={values.decision}
        error={errors.decision}
        onChange={(decision) => set('decision', decision as Decision['decision'])}
      >
        <Stack gap={8} mt={8}>
          {DECISIONS.map((decision) => (
            <Radio
              key={decision}
              value={decision}
              label={t(`channels.decide.${decision}`)}
              description={t(`channels.decide.hint.${decision}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {values.decision === 'attach' && (
        <EntityPicker
          label={t('channels.decide.ticket')}
          placeholder={t('channels.decide.ticketHint')}
          clearable
          clearButtonProps={{ 'aria-label': t('directory.clear') }}
          value={values.ticketId}
          error={errors.ticketId}
          search={ticketsToAttachQuery}
          onChange={(ticket) => set('ticketId', ticket)}
        />
      )}
      {problem && (
        <Alert color="red" variant="light" role="alert" classNames={{ message: classes.words }}>
          {problem.message}
        </Alert>
      )}
      <Button type="submit" loading={decide.isPending}>
        {t('channels.decide.submit')}
      </Button>
    </form>
  );
}
