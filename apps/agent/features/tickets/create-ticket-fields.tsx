import { useHolds } from '@/api';
import { Checkbox, Select, SimpleGrid, TextInput } from '@mantine/core';
import { CompanyPicker, ContactPicker, ObjectPicker, PersonPicker, TeamPicker } from '@/pickers/directory-pickers';
import { CustomInputs } from '@/ticket-form/custom-inputs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { prioritiesQuery, priorityMatrixQuery, ticketTypesQuery } from './ticket-config.queries';
import type { CreateTicket, FieldState } from './use-create-ticket';

type Props = { form: CreateTicket };

/** What an input takes of a field's state. */
const inputOf = ({ required, disabled, error }: FieldState) => ({ required, disabled, error });

/** Who asks; a contact of one company brings the company along. */
export function ClientFields({ form: { fields, picked, pick, stateOf } }: Props) {
  const { t } = useTranslation();
  const { isNewContact } = fields.values;
  const { company, contact } = picked;
  const ofCompany = stateOf('companyId');
  const ofContact = stateOf('contactId');
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {ofCompany.isVisible && (
          <CompanyPicker
            label={t('tickets.field.companyId')}
            clearable
            autoFocus
            {...inputOf(ofCompany)}
            value={company}
            onChange={(entry) => pick({ company: entry, contact: null, object: null })}
          />
        )}
        {ofContact.isVisible && !isNewContact && (
          <ContactPicker
            label={t('tickets.field.contactId')}
            clearable
            {...inputOf(ofContact)}
            companyId={company?.id}
            value={contact}
            onChange={(entry) => {
              const only = entry?.companies?.length === 1 ? entry.companies[0] : undefined;
              pick({ contact: entry, ...(!company && only ? { company: only } : {}) });
            }}
          />
        )}
        {ofContact.isVisible && isNewContact && (
          <>
            <TextInput
              label={t('tickets.create.newContactName')}
              required
              {...fields.text('newContactName')}
              error={fields.errors.newContact}
            />
            <TextInput label={t('tickets.create.newContactPhone')} type="tel" {...fields.text('newContactPhone')} />
            <TextInput label={t('tickets.create.newContactEmail')} type="email" {...fields.text('newContactEmail')} />
          </>
        )}
      </SimpleGrid>
      {ofContact.isVisible && (
        <Checkbox
          label={t('tickets.create.newContact')}
          checked={isNewContact}
          onChange={(event) => fields.set('isNewContact', event.currentTarget.checked)}
        />
      )}
    </>
  );
}

/** The type decides what is asked below it. */
export function TypeFields({ form: { fields, stateOf } }: Props) {
  const { t } = useTranslation();
  const { data: types = [] } = useQuery(ticketTypesQuery());
  const { data: priorities = [] } = useQuery(prioritiesQuery());
  const ofPriority = stateOf('priorityId');
  const { allowed } = ofPriority;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label={t('tickets.field.typeId')}
        data={types.map(({ id, name }) => ({ value: id, label: name }))}
        placeholder={types.find(({ isDefault }) => isDefault)?.name}
        clearable
        {...fields.pick('typeId')}
      />
      {ofPriority.isVisible && (
        <Select
          label={t('tickets.field.priorityId')}
          data={priorities
            .filter(({ id }) => !allowed || allowed.includes(id))
            .map(({ id, name }) => ({ value: id, label: name }))}
          placeholder={priorities.find(({ isDefault }) => isDefault)?.name}
          clearable
          {...fields.pick('priorityId')}
          {...inputOf(ofPriority)}
        />
      )}
      <Scale form={{ fields, stateOf }} name="impact" />
      <Scale form={{ fields, stateOf }} name="urgency" />
    </SimpleGrid>
  );
}

/** Impact and urgency, where the organisation weighs priorities by them. */
function Scale({
  form: { fields, stateOf },
  name,
}: {
  form: Pick<CreateTicket, 'fields' | 'stateOf'>;
  name: 'impact' | 'urgency';
}) {
  const { t, i18n } = useTranslation();
  const { data: matrix } = useQuery(priorityMatrixQuery());
  const state = stateOf(name);
  if (!matrix?.isOn) return null;
  const levels = name === 'impact' ? matrix.impacts : matrix.urgencies;
  return (
    <Select
      label={t(`tickets.field.${name}`)}
      clearable
      data={levels.map(({ code, name }) => ({ value: code, label: name[i18n.language as 'ru' | 'en'] }))}
      {...fields.pick(name)}
      {...inputOf(state)}
    />
  );
}

/** What can be left to the defaults. */
export function DetailFields({ form: { fields, picked, pick, stateOf } }: Props) {
  const { t } = useTranslation();
  const { company, object, assignee, team } = picked;
  const ofObject = stateOf('objectId');
  const ofAssignee = stateOf('assigneeId');
  const ofTeam = stateOf('teamId');
  const ofDeadline = stateOf('deadlineAt');
  const mayPromise = useHolds('sla.set_deadline');
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      {ofObject.isVisible && (
        <ObjectPicker
          label={t('tickets.field.objectId')}
          clearable
          {...inputOf(ofObject)}
          disabled={!company || ofObject.disabled}
          companyId={company?.id}
          value={object}
          onChange={(entry) => pick({ object: entry })}
        />
      )}
      <Select
        label={t('tickets.field.source')}
        data={['agent', 'phone'].map((source) => ({ value: source, label: t(`tickets.source.${source}`) }))}
        allowDeselect={false}
        {...fields.pick('source')}
      />
      {ofAssignee.isVisible && (
        <PersonPicker
          label={t('tickets.field.assigneeId')}
          clearable
          {...inputOf(ofAssignee)}
          value={assignee}
          description={t('tickets.create.assigneeHint')}
          onChange={(entry) => pick({ assignee: entry })}
        />
      )}
      {ofTeam.isVisible && (
        <TeamPicker
          label={t('tickets.field.teamId')}
          clearable
          {...inputOf(ofTeam)}
          value={team}
          description={t('tickets.create.teamHint')}
          onChange={(entry) => pick({ team: entry })}
        />
      )}
      {ofDeadline.isVisible && (mayPromise || ofDeadline.required) && (
        <TextInput
          label={t('tickets.field.deadlineAt')}
          type="datetime-local"
          {...fields.text('deadlineAt')}
          {...inputOf(ofDeadline)}
        />
      )}
      {fields.values.deadlineAt && (
        <TextInput label={t('tickets.field.deadlineReason')} maxLength={500} {...fields.text('reason')} />
      )}
    </SimpleGrid>
  );
}

/** What the organisation asks besides; a field that appears does so here, below what is being typed. */
export function OwnFields({ form: { verdict, customFields, customErrors, setCustom } }: Props) {
  if (verdict.custom.length === 0) return null;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <CustomInputs fields={verdict.custom} values={customFields} errors={customErrors} onChange={setCustom} />
    </SimpleGrid>
  );
}
