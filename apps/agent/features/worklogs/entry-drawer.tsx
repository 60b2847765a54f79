import { RemoveButton } from '@/directory/remove-button';
import { useHolds, useMe } from '@/api';
import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { PersonPicker } from '@/pickers/directory-pickers';
import { Alert, Group, Text, Textarea, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayText, useSpent } from './spent';
import { tellWritten } from './tell-written';
import { useAddEntry, useRemoveEntry, useUpdateEntry, type Entry } from './worklogs.queries';

type TicketRef = { id: string; number: number; subject: string };
type Props = { entry: Entry | null; ticket: TicketRef | null; onClose: () => void };

/** An entry in full: how long, on which day, from when, by whom, what. */
export function EntryDrawer({ entry, ticket, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <SideDrawer title={t(entry ? 'worklogs.editTitle' : 'worklogs.addTitle')} onClose={onClose}>
      {ticket && (
        <Text size="sm" c="dimmed" mb="xs">
          {ticket.number} {ticket.subject}
        </Text>
      )}
      <EntryForm entry={entry} ticketId={ticket?.id ?? ''} onClose={onClose} />
      {entry && <RemoveEntry entry={entry} onClose={onClose} />}
    </SideDrawer>
  );
}

function useEntryFields(entry: Entry | null) {
  const me = useMe();
  const spent = useSpent();
  const began = entry?.startedAt ? new Date(entry.startedAt) : null;
  return useFields({
    spent: entry ? spent(entry.seconds) : '',
    workedOn: entry?.workedOn ?? dayText(new Date()),
    startedAt: began ? began.toTimeString().slice(0, 5) : '',
    comment: entry?.comment ?? '',
    employeeId: (entry?.employee ?? { id: me.id, name: me.name }) as { id: string; name: string } | null,
  });
}

function EntryForm({ entry, ticketId, onClose }: { entry: Entry | null; ticketId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const mayForOthers = useHolds('billing.log_for_others');
  const [problem, setProblem] = useState<Error | null>(null);
  const add = useAddEntry(ticketId);
  const update = useUpdateEntry(entry ?? { id: '', version: 0 });
  const fields = useEntryFields(entry);
  const submit = () => {
    setProblem(null);
    const { spent, workedOn, startedAt, comment, employeeId } = fields.values;
    const began = startedAt ? new Date(`${workedOn}T${startedAt}`).toISOString() : null;
    // The day of the beginning is the server's to tell: it knows the organisation's time zone.
    const body = { spent, comment, startedAt: began, ...(began ? {} : { workedOn }) };
    const told = {
      onSuccess: (written: Entry) => {
        tellWritten(t, written);
        onClose();
      },
      onError: (error: Error) => fields.applyProblem(error) || setProblem(error),
    };
    if (entry) update.mutate(body, told);
    else add.mutate({ ...body, ...(employeeId && employeeId.id !== me.id ? { employeeId: employeeId.id } : {}) }, told);
  };
  return (
    <CardForm
      problem={problem}
      submit={t(entry ? 'ui.save' : 'worklogs.timer.log')}
      isBusy={add.isPending || update.isPending}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        data-autofocus
        required
        label={t('worklogs.field.spent')}
        description={t('worklogs.field.spentHint')}
        placeholder={t('worklogs.example')}
        {...fields.text('spent')}
      />
      <Group grow align="start">
        <TextInput type="date" required label={t('worklogs.field.workedOn')} {...fields.text('workedOn')} />
        <TextInput type="time" label={t('worklogs.field.startedAt')} {...fields.text('startedAt')} />
      </Group>
      {!entry && mayForOthers && (
        <PersonPicker
          label={t('worklogs.field.employee')}
          value={fields.values.employeeId}
          error={fields.errors.employeeId}
          onChange={(person) => fields.set('employeeId', person && { id: person.id, name: person.name })}
        />
      )}
      {entry && entry.employee.id !== me.id && (
        <Alert color="gray">{t('worklogs.ofOther', { name: entry.employee.name })}</Alert>
      )}
      <Textarea
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        label={t('worklogs.field.comment')}
        {...fields.text('comment')}
      />
    </CardForm>
  );
}

function RemoveEntry({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <RemoveButton
      mt="md"
      leftSection={<IconTrash size={15} />}
      label={t('worklogs.remove')}
      title={t('worklogs.removeAsk', { spent: entry.spent })}
      hint={t('worklogs.removeHint')}
      done={t('worklogs.removed')}
      remove={useRemoveEntry(entry.id)}
      onDone={onClose}
    />
  );
}
