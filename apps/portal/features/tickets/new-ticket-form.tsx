import { useRef, useState, type FormEvent } from 'react';
import { Alert, Button, Input, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFields } from '@opora/ui/form';
import { useHasObjects } from '@/pickers/objects.queries';
import { DropArea, FilePicker } from './file-picker';
import { ObjectPicker } from './object-picker';
import type { TicketDraft } from './ticket-draft';
import { asks, ASKED, type AskedField } from './ticket-form';
import { useFileTicket, type PortalTicket, type PortalTicketType } from './tickets.queries';
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
  const files = useUploads();
  const hasObjects = useHasObjects(companyId);
  const form = useTicketForm(type, companyId, draft, onFiled);
  const { subject, description, objectId, objectName } = draft;
  const set = (field: AskedField, patch: Partial<TicketDraft>) => {
    form.forget(field);
    onChange(patch);
  };
  const label = (field: AskedField, text: string) => (
    <>
      {text}
      {!asks(type, field).isRequired && <span className={classes.optional}>{t('tickets.optional')}</span>}
    </>
  );
  return (
    <form ref={form.ref} onSubmit={(event) => form.submit(event, files.fileIds)} noValidate>
      <DropArea onFiles={files.add}>
        <Stack gap="md">
          <TextInput
            name="subject"
            label={t('tickets.subject')}
            placeholder={t('tickets.subjectHint')}
            required
            maxLength={300}
            autoComplete="off"
            value={subject}
            error={form.errorOf('subject')}
            onChange={({ currentTarget }) => set('subject', { subject: currentTarget.value })}
          />
          {asks(type, 'description').isAsked && (
            <Textarea
              name="description"
              label={label('description', t('tickets.descriptionField'))}
              placeholder={t('tickets.descriptionHint')}
              required={asks(type, 'description').isRequired}
              autosize
              minRows={4}
              maxRows={14}
              value={description}
              error={form.errorOf('description')}
              onChange={({ currentTarget }) => set('description', { description: currentTarget.value })}
            />
          )}
          {asks(type, 'objectId').isAsked && (hasObjects || asks(type, 'objectId').isRequired) && (
            <ObjectPicker
              companyId={companyId}
              chosen={objectId ? { id: objectId, name: objectName ?? '' } : null}
              label={label('objectId', t('tickets.objectField'))}
              error={form.errorOf('objectId')}
              onChoose={(object) => set('objectId', { objectId: object?.id, objectName: object?.name })}
            />
          )}
          {asks(type, 'files').isAsked && (
            <Input.Wrapper
              label={asks(type, 'files').isRequired ? t('tickets.filesNeeded') : undefined}
              labelElement="div"
              error={form.errorOf('files')}
            >
              <FilePicker files={files} />
            </Input.Wrapper>
          )}
          {form.failed && (
            <Alert color="red" role="alert">
              {form.failed}
            </Alert>
          )}
          <Send isBusy={form.isBusy} isWaiting={files.isBusy} />
        </Stack>
      </DropArea>
    </form>
  );
}

function Send({ isBusy, isWaiting }: { isBusy: boolean; isWaiting: boolean }) {
  const { t } = useTranslation();
  return (
    <div>
      <Button
        type="submit"
        size="lg"
        fullWidth
        leftSection={<IconSend size={20} aria-hidden />}
        loading={isBusy}
        disabled={isWaiting}
      >
        {t('tickets.submit')}
      </Button>
      <Text size="sm" c="dimmed" mt={4} role="status">
        {isWaiting ? t('tickets.waitFiles') : ''}
      </Text>
    </div>
  );
}

/** What is missing, what the server objects to, and the sending itself. */
function useTicketForm(type: PortalTicketType, companyId: string, draft: TicketDraft, onFiled: Props['onFiled']) {
  const { t } = useTranslation();
  const ref = useRef<HTMLFormElement>(null);
  const fileTicket = useFileTicket();
  const { errors, set, applyProblem } = useFields<Record<AskedField, unknown>>({
    subject: 0,
    description: 0,
    objectId: 0,
    files: 0,
  });
  const [missing, setMissing] = useState<AskedField[]>([]);
  const submit = (event: FormEvent, files: string[]) => {
    event.preventDefault();
    if (fileTicket.isPending) return;
    const answers = { ...draft, files: files.join() };
    const empty = ASKED.filter((field) => asks(type, field).isRequired && !answers[field]?.trim());
    setMissing(empty);
    if (empty.length > 0) return ref.current?.querySelector<HTMLElement>(`[name="${empty[0]}"]`)?.focus();
    const { subject, description, objectId } = draft;
    const body = {
      subject: subject.trim(),
      description,
      typeId: type.id,
      companyId,
      ...(objectId && { objectId }),
      files,
    };
    fileTicket.mutate(body, { onSuccess: onFiled, onError: applyProblem });
  };
  return {
    ref,
    submit,
    isBusy: fileTicket.isPending,
    forget: (field: AskedField) => {
      set(field, 0);
      setMissing((before) => before.filter((other) => other !== field));
    },
    errorOf: (field: AskedField) => (missing.includes(field) ? t('tickets.required') : errors[field]),
    failed: Object.values(errors).some(Boolean) ? null : fileTicket.error?.message,
  };
}
