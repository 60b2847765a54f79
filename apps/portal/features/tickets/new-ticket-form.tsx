import { useRef, useState, type FormEvent } from 'react';
import { Alert, Button, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFields } from '@opora/ui/form';
import { DropArea, FilePicker } from './file-picker';
import { ObjectPicker } from './object-picker';
import type { TicketDraft } from './ticket-draft';
import { objectsQuery, useFileTicket, type PortalTicket, type PortalTicketType } from './tickets.queries';
import { useUploads } from './use-uploads';
import classes from './new-ticket.module.css';

type Props = {
  type: PortalTicketType;
  companyId: string;
  draft: TicketDraft;
  onChange: (patch: Partial<TicketDraft>) => void;
  onFiled: (ticket: PortalTicket) => void;
};

/** The form of one type: only the fields it asks for, the required ones marked. */
export function NewTicketForm({ type, companyId, draft, onChange, onFiled }: Props) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const files = useUploads();
  const fileTicket = useFileTicket();
  const { data: objects } = useSuspenseQuery(objectsQuery(companyId));
  const fields = useFields({
    subject: draft.subject,
    description: draft.description,
    objectId: draft.objectId as string | undefined,
  });
  const [missing, setMissing] = useState<Set<string>>(new Set());
  const asks = formOf(type);
  const { subject, description, objectId } = fields.values;

  const set = (key: 'subject' | 'description' | 'objectId', value: string | undefined) => {
    fields.set(key, value ?? (key === 'objectId' ? undefined : ''));
    setMissing((before) => new Set([...before].filter((field) => field !== key)));
    onChange({ [key]: value });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const empty = (['subject', 'description', 'objectId'] as const).filter(
      (key) => asks(key).isRequired && !fields.values[key]?.trim(),
    );
    setMissing(new Set(empty));
    if (empty.length > 0) return focusFirst(form.current, empty[0]);
    fileTicket.mutate(
      {
        subject: subject.trim(),
        description,
        typeId: type.id,
        companyId,
        ...(objectId && { objectId }),
        files: files.fileIds,
      },
      { onSuccess: onFiled, onError: fields.applyProblem },
    );
  };
  const errorOf = (key: 'subject' | 'description' | 'objectId') =>
    missing.has(key) ? t('tickets.required') : fields.errors[key];
  const failed =
    fileTicket.error && Object.values(fields.errors).every((error) => !error) ? fileTicket.error.message : null;
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <DropArea onFiles={files.add}>
        <Stack gap="md">
          <TextInput
            name="subject"
            label={t('tickets.subject')}
            placeholder={t('tickets.subjectHint')}
            required
            maxLength={200}
            autoComplete="off"
            value={subject}
            error={errorOf('subject')}
            onChange={({ currentTarget }) => set('subject', currentTarget.value)}
          />
          {asks('description').isAsked && (
            <Textarea
              name="description"
              label={<Label text={t('tickets.descriptionField')} isOptional={!asks('description').isRequired} />}
              placeholder={t('tickets.descriptionHint')}
              required={asks('description').isRequired}
              autosize
              minRows={4}
              maxRows={14}
              value={description}
              error={errorOf('description')}
              onChange={({ currentTarget }) => set('description', currentTarget.value)}
            />
          )}
          {asks('objectId').isAsked && (objects.length > 0 || asks('objectId').isRequired) && (
            <ObjectPicker
              objects={objects}
              chosenId={objectId}
              label={<Label text={t('tickets.objectField')} isOptional={!asks('objectId').isRequired} />}
              error={errorOf('objectId')}
              onChoose={(id) => set('objectId', id)}
            />
          )}
          <FilePicker files={files} />
          {failed && (
            <Alert color="red" role="alert">
              {failed}
            </Alert>
          )}
          <div className={classes.submit}>
            <Button
              type="submit"
              size="lg"
              fullWidth
              leftSection={<IconSend size={20} aria-hidden />}
              loading={fileTicket.isPending}
              disabled={files.isBusy}
            >
              {t('tickets.submit')}
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {files.isBusy ? t('tickets.waitFiles') : ''}
            </Text>
          </div>
        </Stack>
      </DropArea>
    </form>
  );
}

function Label({ text, isOptional }: { text: string; isOptional: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {text}
      {isOptional && <span className={classes.optional}>{t('tickets.optional')}</span>}
    </>
  );
}

// A type that says nothing of a field leaves it open: a subject is always needed, the rest is offered.
const formOf = (type: PortalTicketType) => (key: string) =>
  type.form.find(({ field }) => field === key || `${field}Id` === key) ?? {
    isAsked: true,
    isRequired: key === 'subject',
  };

function focusFirst(form: HTMLFormElement | null, name: string | undefined) {
  form?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
}
