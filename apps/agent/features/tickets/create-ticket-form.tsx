import { Alert, Button, Checkbox, Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useMe } from '@/api';
import { CompanyPicker, ContactPicker, ObjectPicker, PersonPicker, TeamPicker } from '@/pickers/directory-pickers';
import { useFields } from '@opora/ui/form';
import { useHotkey } from '@opora/ui/hotkeys';
import { isEmptyHtml, RichText } from '@opora/ui/rich-text';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ComposerFiles } from './composer-files';
import classes from './create-ticket.module.css';
import { EMPTY_TICKET, toCreateTicket, useCreateTicket } from './create-ticket.queries';
import { fromLocalInput } from './local-time';
import { OpenTickets } from './open-tickets';
import { prioritiesQuery, ticketTypesQuery } from './ticket-config.queries';
import type { Named, TicketView } from './tickets.types';
import { useUploads } from './use-uploads';

/** Client first, subject next, the rest if there is time; Ctrl+Enter registers from any field. */
export function CreateTicketForm({
  parentId,
  onCreated,
}: {
  parentId: string | null;
  onCreated: (ticket: TicketView) => void;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const fields = useFields(EMPTY_TICKET);
  const { values, set } = fields;
  const [company, setCompany] = useState<Named | null>(null);
  const [contact, setContact] = useState<Named | null>(null);
  const [object, setObject] = useState<Named | null>(null);
  const [assignee, setAssignee] = useState<Named | null>(null);
  const [team, setTeam] = useState<Named | null>(null);
  const { data: types } = useQuery(ticketTypesQuery());
  const { data: priorities } = useQuery(prioritiesQuery());
  const uploads = useUploads();
  const create = useCreateTicket();
  const form = useRef<HTMLFormElement>(null);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (create.isPending || uploads.isBusy) return;
    const body = toCreateTicket(values, {
      company,
      contact,
      object,
      assignee,
      team,
      parentId,
      fileIds: uploads.idsFor(values.description),
      deadlineAt: fromLocalInput(values.deadlineAt),
    });
    create.mutate(body, { onSuccess: onCreated, onError: (error) => void fields.applyProblem(error) });
  };
  const send = () => form.current?.requestSubmit();
  useHotkey('mod+Enter', send, { label: t('tickets.create.submit'), group: t('tickets.create.title') });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    send();
  };
  const pick =
    <T,>(setter: (value: T) => void, clears: () => void) =>
    (value: T) => (setter(value), clears());

  return (
    <div className={classes.page}>
      <form ref={form} onSubmit={submit} onKeyDown={onKeyDown} className={classes.form}>
        {create.error && (
          <Alert color="red" variant="light" role="alert">
            {create.error.message}
          </Alert>
        )}
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <CompanyPicker
            label={t('tickets.field.companyId')}
            clearable
            autoFocus
            value={company}
            error={fields.errors.companyId}
            onChange={pick(setCompany, () => (setContact(null), setObject(null)))}
          />
          {values.isNewContact ? (
            <TextInput
              label={t('tickets.create.newContactName')}
              required
              {...fields.text('newContactName')}
              error={fields.errors.newContact}
            />
          ) : (
            <ContactPicker
              label={t('tickets.field.contactId')}
              clearable
              companyId={company?.id}
              value={contact}
              error={fields.errors.contactId}
              onChange={setContact}
            />
          )}
          {values.isNewContact && (
            <TextInput label={t('tickets.create.newContactPhone')} type="tel" {...fields.text('newContactPhone')} />
          )}
          {values.isNewContact && (
            <TextInput label={t('tickets.create.newContactEmail')} type="email" {...fields.text('newContactEmail')} />
          )}
        </SimpleGrid>
        <Checkbox
          label={t('tickets.create.newContact')}
          checked={values.isNewContact}
          onChange={(event) => set('isNewContact', event.currentTarget.checked)}
        />
        <TextInput label={t('tickets.field.subject')} required maxLength={300} {...fields.text('subject')} />
        <div className={classes.editor}>
          <RichText
            html={values.description}
            onChange={(html) => set('description', isEmptyHtml(html) ? '' : html)}
            label={t('tickets.field.description')}
            placeholder={t('tickets.field.description')}
            minHeight={90}
            onSubmit={send}
            onFiles={(files) => files.forEach((file) => void uploads.add(file))}
          />
          <ComposerFiles uploads={uploads.uploads} onRemove={uploads.remove} />
        </div>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Select
            label={t('tickets.field.typeId')}
            data={types?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            placeholder={types?.find(({ isDefault }) => isDefault)?.name}
            clearable
            {...fields.pick('typeId')}
          />
          <Select
            label={t('tickets.field.priorityId')}
            data={priorities?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            placeholder={priorities?.find(({ isDefault }) => isDefault)?.name}
            clearable
            {...fields.pick('priorityId')}
          />
          <ObjectPicker
            label={t('tickets.field.objectId')}
            clearable
            disabled={!company}
            companyId={company?.id}
            value={object}
            error={fields.errors.objectId}
            onChange={setObject}
          />
          <TextInput label={t('tickets.field.deadlineAt')} type="datetime-local" {...fields.text('deadlineAt')} />
          <PersonPicker
            label={t('tickets.field.assigneeId')}
            clearable
            value={assignee}
            error={fields.errors.assigneeId}
            description={t('tickets.create.assigneeHint')}
            onChange={setAssignee}
          />
          <TeamPicker
            label={t('tickets.field.teamId')}
            clearable
            value={team}
            error={fields.errors.teamId}
            description={t('tickets.create.teamHint')}
            onChange={setTeam}
          />
        </SimpleGrid>
        <Group justify="space-between">
          <Button
            variant="subtle"
            disabled={assignee?.id === me.id}
            onClick={() => setAssignee({ id: me.id, name: me.name })}
          >
            {t('tickets.create.toMe')}
          </Button>
          <Button type="submit" size="sm" loading={create.isPending} disabled={uploads.isBusy}>
            {t('tickets.create.submit')}
          </Button>
        </Group>
      </form>
      <OpenTickets company={company} contact={contact} subject={values.subject} />
    </div>
  );
}
