import { lazy, Suspense, useRef, useState, type FormEvent } from 'react';
import { Alert, Button, Input, Loader, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@opora/client';
import { useHasObjects } from '@/pickers/objects.queries';
import { DropArea, FilePicker } from './file-picker';
import { bodyOf, isBlank, pointerOf } from './form-body';
import { ObjectPicker } from './object-picker';
import { SimilarTickets } from './similar-tickets';
import type { TicketDraft } from './ticket-draft';
import { ASKED } from './ticket-form';
import { useFileTicket, type PortalTicket, type PortalTicketType } from './tickets.queries';
import { useFormVerdict } from './use-form-verdict';
import { useUploads } from './use-uploads';
import classes from './new-ticket.module.css';

// Their inputs are loaded by those who are asked for more than the usual.
const OtherFields = lazy(() => import('./other-fields').then((part) => ({ default: part.OtherFields })));

type Props = {
  type: PortalTicketType;
  companyId: string;
  draft: TicketDraft;
  onChange: (patch: Partial<TicketDraft>) => void;
  onFiled: (ticket: PortalTicket) => void;
};

/** The form of one type: only the fields it and the rules ask for, the required ones marked. */
export function NewTicketForm({ type, companyId, draft, onChange, onFiled }: Props) {
  const { t } = useTranslation();
  const files = useUploads();
  const hasObjects = useHasObjects(companyId);
  const verdict = useFormVerdict(type, bodyOf(draft, { typeId: type.id, companyId, files: files.fileIds }, null));
  const form = useTicketForm(type, companyId, draft, verdict, onFiled);
  const { subject, description, objectId, objectName, others = {} } = draft;
  const ofDescription = verdict.of('description');
  const ofObject = verdict.of('objectId');
  const ofFiles = verdict.of('files');
  const set = (field: string, patch: Partial<TicketDraft>) => {
    form.forget(field);
    onChange(patch);
  };
  const label = ({ isRequired }: { isRequired: boolean }, text: string) => (
    <>
      {text}
      {!isRequired && <span className={classes.optional}>{t('tickets.optional')}</span>}
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
          <SimilarTickets subject={subject} objectId={objectId} />
          {ofDescription.isAsked && (
            <Textarea
              name="description"
              label={label(ofDescription, t('tickets.descriptionField'))}
              placeholder={t('tickets.descriptionHint')}
              required={ofDescription.isRequired}
              autosize
              minRows={4}
              maxRows={14}
              value={description}
              error={form.errorOf('description')}
              onChange={({ currentTarget }) => set('description', { description: currentTarget.value })}
            />
          )}
          {ofObject.isAsked && (hasObjects || ofObject.isRequired) && (
            <ObjectPicker
              companyId={companyId}
              chosen={objectId ? { id: objectId, name: objectName ?? '' } : null}
              label={label(ofObject, t('tickets.objectField'))}
              error={form.errorOf('objectId')}
              onChoose={(object) => set('objectId', { objectId: object?.id, objectName: object?.name })}
            />
          )}
          {verdict.others.length > 0 && (
            <Suspense fallback={<Loader size="sm" />}>
              <OtherFields
                fields={verdict.others}
                values={others}
                companyId={companyId}
                errorOf={form.errorOf}
                onChange={(name, value) => set(name, { others: { ...others, [name]: value } })}
              />
            </Suspense>
          )}
          {ofFiles.isAsked && (
            <Input.Wrapper
              label={ofFiles.isRequired ? t('tickets.filesNeeded') : undefined}
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

type Verdict = ReturnType<typeof useFormVerdict>;

/** What is missing, what the server objects to, and the sending itself. */
function useTicketForm(
  type: PortalTicketType,
  companyId: string,
  draft: TicketDraft,
  verdict: Verdict,
  onFiled: Props['onFiled'],
) {
  const { t } = useTranslation();
  const ref = useRef<HTMLFormElement>(null);
  const fileTicket = useFileTicket();
  const [refusals, setRefusals] = useState<Record<string, string>>({});
  const submit = (event: FormEvent, files: string[]) => {
    event.preventDefault();
    if (fileTicket.isPending) return;
    const answers: Record<string, unknown> = { ...draft, ...draft.others, files };
    const required = [
      ...ASKED.filter((field) => verdict.of(field).isRequired),
      ...verdict.others.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    ];
    const empty = required.filter((field) => isBlank(answers[field]));
    setRefusals(Object.fromEntries(empty.map((field) => [pointerOf(field), t('tickets.required')])));
    if (empty[0]) return focusOn(ref.current, empty[0]);
    const shown = verdict.others.map(({ name }) => name);
    fileTicket.mutate(bodyOf(draft, { typeId: type.id, companyId, files }, shown), {
      onSuccess: onFiled,
      onError: (error) => {
        const told = error instanceof ApiProblem ? error.errors : [];
        setRefusals(Object.fromEntries(told.map(({ pointer, message }) => [pointer, message])));
      },
    });
  };
  const places = [...ASKED, ...verdict.others.map(({ name }) => name)].map(pointerOf);
  const isTold = places.some((place) => place in refusals);
  return {
    ref,
    submit,
    isBusy: fileTicket.isPending,
    forget: (field: string) => setRefusals(({ [pointerOf(field)]: _, ...rest }) => rest),
    errorOf: (field: string): string | undefined => refusals[pointerOf(field)],
    failed: isTold ? null : fileTicket.error?.message,
  };
}

function focusOn(form: HTMLFormElement | null, field: string) {
  const own = [...(form?.querySelectorAll<HTMLElement>('[data-field]') ?? [])].find(
    ({ dataset }) => dataset.field === field,
  );
  const first = own?.querySelector<HTMLElement>('input, textarea, select, button');
  (first ?? form?.querySelector<HTMLElement>(`[name="${field}"]`))?.focus();
}
