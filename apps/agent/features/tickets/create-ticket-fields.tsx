import { Checkbox, Select, SimpleGrid, TextInput } from '@mantine/core';
import { CompanyPicker, ContactPicker, ObjectPicker, PersonPicker, TeamPicker } from '@/pickers/directory-pickers';
import type { Fields } from '@opora/ui/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Picked, TicketForm } from './create-ticket.queries';
import { prioritiesQuery, ticketTypesQuery } from './ticket-config.queries';

type Props = { fields: Fields<TicketForm>; picked: Picked; onPick: (changes: Partial<Picked>) => void };

/** Who asks; a contact of one company brings the company along. */
export function ClientFields({ fields, picked: { company, contact }, onPick }: Props) {
  const { t } = useTranslation();
  const { isNewContact } = fields.values;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <CompanyPicker
          label={t('tickets.field.companyId')}
          clearable
          autoFocus
          value={company}
          error={fields.errors.companyId}
          onChange={(entry) => onPick({ company: entry, contact: null, object: null })}
        />
        {isNewContact ? (
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
            onChange={(entry) => {
              const only = entry?.companies?.length === 1 ? entry.companies[0] : undefined;
              onPick({ contact: entry, ...(!company && only ? { company: only } : {}) });
            }}
          />
        )}
        {isNewContact && (
          <TextInput label={t('tickets.create.newContactPhone')} type="tel" {...fields.text('newContactPhone')} />
        )}
        {isNewContact && (
          <TextInput label={t('tickets.create.newContactEmail')} type="email" {...fields.text('newContactEmail')} />
        )}
      </SimpleGrid>
      <Checkbox
        label={t('tickets.create.newContact')}
        checked={isNewContact}
        onChange={(event) => fields.set('isNewContact', event.currentTarget.checked)}
      />
    </>
  );
}

/** What can be left to the defaults. */
export function DetailFields({ fields, picked: { company, object, assignee, team }, onPick }: Props) {
  const { t } = useTranslation();
  const { data: types = [] } = useQuery(ticketTypesQuery());
  const { data: priorities = [] } = useQuery(prioritiesQuery());
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label={t('tickets.field.typeId')}
        data={types.map(({ id, name }) => ({ value: id, label: name }))}
        placeholder={types.find(({ isDefault }) => isDefault)?.name}
        clearable
        {...fields.pick('typeId')}
      />
      <Select
        label={t('tickets.field.priorityId')}
        data={priorities.map(({ id, name }) => ({ value: id, label: name }))}
        placeholder={priorities.find(({ isDefault }) => isDefault)?.name}
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
        onChange={(entry) => onPick({ object: entry })}
      />
      <Select
        label={t('tickets.field.source')}
        data={['agent', 'phone'].map((source) => ({ value: source, label: t(`tickets.source.${source}`) }))}
        allowDeselect={false}
        {...fields.pick('source')}
      />
      <PersonPicker
        label={t('tickets.field.assigneeId')}
        clearable
        value={assignee}
        error={fields.errors.assigneeId}
        description={t('tickets.create.assigneeHint')}
        onChange={(entry) => onPick({ assignee: entry })}
      />
      <TeamPicker
        label={t('tickets.field.teamId')}
        clearable
        value={team}
        error={fields.errors.teamId}
        description={t('tickets.create.teamHint')}
        onChange={(entry) => onPick({ team: entry })}
      />
      <TextInput label={t('tickets.field.deadlineAt')} type="datetime-local" {...fields.text('deadlineAt')} />
    </SimpleGrid>
  );
}
