import { useTicketSlots } from '@/slots/ticket-slots';
import { Alert, Button, FileButton, Group, Text, TextInput } from '@mantine/core';
import { useMe } from '@/api';
import { useHotkey } from '@opora/ui/hotkeys';
import { isEmptyHtml, RichText } from '@opora/ui/rich-text';
import { IconPaperclip } from '@tabler/icons-react';
import { useRef, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ComposerFiles } from './composer-files';
import { ClientFields, DetailFields, OwnFields, TypeFields } from './create-ticket-fields';
import { MoreFields } from './create-ticket-more';
import classes from './create-ticket.module.css';
import { OpenTickets } from './open-tickets';
import type { TicketView } from './tickets.types';
import { useCreateTicketForm, type CreateTicket } from './use-create-ticket';

type Props = { parentId: string | null; onCreated: (ticket: TicketView) => void };

/** Client first, subject next, then what the type and the rules ask; Ctrl+Enter registers from any field. */
export function CreateTicketForm({ parentId, onCreated }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const form = useCreateTicketForm(parentId, onCreated);
  const { fields, picked, pick, create, uploads } = form;
  const { create: tools } = useTicketSlots();
  const element = useRef<HTMLFormElement>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.submit();
  };
  const send = () => element.current?.requestSubmit();
  useHotkey('mod+Enter', send, { label: t('tickets.create.submit'), group: t('tickets.create.title') });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    send();
  };
  return (
    <div className={classes.page}>
      <form ref={element} onSubmit={submit} onKeyDown={onKeyDown} className={classes.form}>
        {create.error && (
          <Alert color="red" variant="light" role="alert">
            {create.error.message}
          </Alert>
        )}
        {tools.map(({ key, Tool }) => (
          <Tool key={key} onApply={form.apply} />
        ))}
        <ClientFields form={form} />
        <TextInput label={t('tickets.field.subject')} required maxLength={300} {...fields.text('subject')} />
        <TypeFields form={form} />
        <Description form={form} onSend={send} />
        <OwnFields form={form} />
        <DetailFields form={form} />
        <MoreFields form={form} />
        <Group justify="space-between">
          <Button
            variant="subtle"
            disabled={picked.assignee?.id === me.id}
            onClick={() => pick({ assignee: { id: me.id, name: me.name } })}
          >
            {t('tickets.create.toMe')}
          </Button>
          <Button type="submit" size="sm" loading={create.isPending} disabled={uploads.isBusy}>
            {t('tickets.create.submit')}
          </Button>
        </Group>
      </form>
      <OpenTickets
        company={picked.company}
        contact={picked.contact}
        object={picked.object}
        subject={fields.values.subject}
      />
    </div>
  );
}

function Description({ form: { fields, uploads, stateOf }, onSend }: { form: CreateTicket; onSend: () => void }) {
  const { t } = useTranslation();
  const { isVisible, required, error } = stateOf('description');
  const ofFiles = stateOf('files');
  if (!isVisible && !ofFiles.isVisible) return null;
  const label = t('tickets.field.description');
  const refusals = [error, ofFiles.error].filter(Boolean);
  return (
    <div>
      <div className={classes.editor} data-refused={refusals.length > 0 || undefined}>
        <RichText
          html={fields.values.description}
          onChange={(html) => fields.set('description', isEmptyHtml(html) ? '' : html)}
          label={label}
          placeholder={required ? t('tickets.create.requiredText', { label }) : label}
          minHeight={90}
          onSubmit={onSend}
          onFiles={(files) => files.forEach((file) => void uploads.add(file))}
        />
        <ComposerFiles uploads={uploads.uploads} onRemove={uploads.remove} />
      </div>
      {ofFiles.isVisible && (
        <FileButton multiple onChange={(files) => files.forEach((file) => void uploads.add(file))}>
          {(button) => (
            <Button {...button} variant="subtle" size="compact-xs" leftSection={<IconPaperclip size={14} />} mt={4}>
              {t('tickets.create.attach')}
              {ofFiles.required && ' *'}
            </Button>
          )}
        </FileButton>
      )}
      {refusals.map((refusal) => (
        <Text key={refusal} size="xs" c="var(--mantine-color-error)" role="alert" mt={4}>
          {refusal}
        </Text>
      ))}
    </div>
  );
}
