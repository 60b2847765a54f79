import { Alert, Button, Group, Textarea, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { useFormat } from '@opora/ui/format';
import { notifyDone } from '@opora/ui/theme';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useResubmit, type Approval } from './approvals.queries';
import classes from './approvals.module.css';

/** What came back, why, and the way to send it again. */
export function ResubmitForm({ id, approval }: { id: string; approval: Approval }) {
  const { t } = useTranslation();
  const format = useFormat();
  const resubmit = useResubmit(id);
  const [problem, setProblem] = useState<Error | null>(null);
  const { title, text, amount, returned } = approval;
  const fields = useFields({ title, text, amount: amount ?? '', comment: '' });
  const { values } = fields;
  const send = () => {
    setProblem(null);
    const body = {
      comment: values.comment.trim() || undefined,
      ...(values.title !== title && { title: values.title }),
      ...(values.text !== text && { text: values.text }),
      ...(values.amount !== (amount ?? '') && { amount: values.amount.replace(',', '.').replace(/\s/g, '') || null }),
    };
    // The form is gone once the answer is there.
    resubmit.mutateAsync(body).then(
      () => notifyDone(t('approvals.resubmitted')),
      (error: Error) => !fields.applyProblem(error) && setProblem(error),
    );
  };
  return (
    <form
      className={classes.card}
      aria-label={t('approvals.returnedTitle')}
      data-mine
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <strong>{t('approvals.returnedTitle')}</strong>
      {returned && (
        <Alert color="yellow" my="xs">
          {t('approvals.returnedBy', { name: returned.by.name, date: format.dateTime(returned.at) })}
          <p className={classes.comment}>{returned.reason}</p>
        </Alert>
      )}
      <div className={classes.fields}>
        <TextInput label={t('approvals.subject')} required maxLength={300} {...fields.text('title')} />
        <TextInput label={t('approvals.amount')} inputMode="decimal" {...fields.text('amount')} />
        <Textarea label={t('approvals.text')} autosize minRows={2} maxRows={12} {...fields.text('text')} />
        <Textarea
          label={t('approvals.whatChanged')}
          autosize
          minRows={1}
          maxLength={4000}
          {...fields.text('comment')}
        />
      </div>
      {problem && (
        <Alert color="red" role="alert" mt="xs">
          {problem.message}
        </Alert>
      )}
      <Group mt="xs">
        <Button type="submit" leftSection={<IconSend size={15} />} loading={resubmit.isPending}>
          {t('approvals.resubmit')}
        </Button>
      </Group>
    </form>
  );
}
