import { Alert, Button, Group, TextInput } from '@mantine/core';
import { useMe } from '@/api';
import { useFields } from '@opora/ui/form';
import { useHotkey } from '@opora/ui/hotkeys';
import { isEmptyHtml, RichText } from '@opora/ui/rich-text';
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ComposerFiles } from './composer-files';
import { ClientFields, DetailFields } from './create-ticket-fields';
import classes from './create-ticket.module.css';
import { EMPTY_TICKET, NOBODY, toCreateTicket, useCreateTicket } from './create-ticket.queries';
import { OpenTickets } from './open-tickets';
import type { TicketView } from './tickets.types';
import { useUploads } from './use-uploads';

type Props = { parentId: string | null; onCreated: (ticket: TicketView) => void };

/** Client first, subject next, the rest if there is time; Ctrl+Enter registers from any field. */
export function CreateTicketForm({ parentId, onCreated }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const fields = useFields(EMPTY_TICKET);
  const [picked, setPicked] = useState(NOBODY);
  const uploads = useUploads();
  const create = useCreateTicket();
  const form = useRef<HTMLFormElement>(null);
  const { subject, description } = fields.values;
  const onPick = (changes: Partial<typeof picked>) => setPicked((present) => ({ ...present, ...changes }));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (create.isPending || uploads.isBusy) return;
    const body = toCreateTicket(fields.values, picked, { parentId, fileIds: uploads.idsFor(description) });
    create.mutate(body, { onSuccess: onCreated, onError: (error) => void fields.applyProblem(error) });
  };
  const send = () => form.current?.requestSubmit();
  useHotkey('mod+Enter', send, { label: t('tickets.create.submit'), group: t('tickets.create.title') });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    send();
  };
  return (
    <div className={classes.page}>
      <form ref={form} onSubmit={submit} onKeyDown={onKeyDown} className={classes.form}>
        {create.error && (
          <Alert color="red" variant="light" role="alert">
            {create.error.message}
          </Alert>
        )}
        <ClientFields fields={fields} picked={picked} onPick={onPick} />
        <TextInput label={t('tickets.field.subject')} required maxLength={300} {...fields.text('subject')} />
        <div className={classes.editor}>
          <RichText
            html={description}
            onChange={(html) => fields.set('description', isEmptyHtml(html) ? '' : html)}
            label={t('tickets.field.description')}
            placeholder={t('tickets.field.description')}
            minHeight={90}
            onSubmit={send}
            onFiles={(files) => files.forEach((file) => void uploads.add(file))}
          />
          <ComposerFiles uploads={uploads.uploads} onRemove={uploads.remove} />
        </div>
        <DetailFields fields={fields} picked={picked} onPick={onPick} />
        <Group justify="space-between">
          <Button
            variant="subtle"
            disabled={picked.assignee?.id === me.id}
            onClick={() => onPick({ assignee: { id: me.id, name: me.name } })}
          >
            {t('tickets.create.toMe')}
          </Button>
          <Button type="submit" size="sm" loading={create.isPending} disabled={uploads.isBusy}>
            {t('tickets.create.submit')}
          </Button>
        </Group>
      </form>
      <OpenTickets company={picked.company} contact={picked.contact} subject={subject} />
    </div>
  );
}
