import { ownFieldsQuery } from '@/ticket-form/custom-fields.queries';
import { uploadFile } from '@/ticket-form/custom-inputs';
import { CompanyPicker, PersonPicker, TeamPicker } from '@/pickers/directory-pickers';
import { pickReference } from '@/pickers/reference-picker';
import { DurationInput } from '@/timing/duration-input';
import { Button, Input, Select, Text, TextInput } from '@mantine/core';
import { CustomFieldInput } from '@opora/ui/fields';
import { RichText } from '@opora/ui/rich-text';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanDraft } from './plan-draft';
import { planChoicesQuery } from './planning.queries';
import classes from './planning.module.css';

export type FieldsProps = {
  draft: PlanDraft;
  isOpen: boolean;
  errorAt: (place: string) => string | undefined;
  set: (change: Partial<PlanDraft>) => void;
};

export const choice = (rows: readonly { id: string; name: string }[] = []) =>
  rows.map(({ id, name }) => ({ value: id, label: name }));
const VARIABLES = ['object.name', 'object.address', 'company.name', 'date', 'month', 'year'] as const;

/** What the tickets of a plan are. */
export function PlanFields({ draft, isOpen, errorAt, set }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.box} disabled={!isOpen}>
      <legend className={classes.legend}>{t('planning.ticket.legend')}</legend>
      <TextInput
        label={t('planning.field.subject')}
        required
        maxLength={250}
        value={draft.subject}
        error={errorAt('/ticket/subject')}
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
      <Text size="xs" c="dimmed" component="div" className={classes.variables}>
        {t('planning.ticket.variables')}
        {VARIABLES.map((name) => (
          <Button
            key={name}
            size="compact-xs"
            variant="default"
            onClick={() => set({ subject: `${draft.subject}${draft.subject ? ' ' : ''}{{${name}}}` })}
          >
            {t(`planning.variable.${name.replace('.', '_')}`)}
          </Button>
        ))}
      </Text>
      <Input.Wrapper label={t('planning.field.description')} error={errorAt('/ticket/description')} labelElement="div">
        <RichText
          html={draft.description}
          label={t('planning.field.description')}
          minHeight={64}
          onChange={(description) => set({ description })}
        />
      </Input.Wrapper>
      <Choices draft={draft} isOpen={isOpen} errorAt={errorAt} set={set} />
      <OwnFields draft={draft} isOpen={isOpen} errorAt={errorAt} set={set} />
    </fieldset>
  );
}

function Choices({ draft, errorAt, set }: FieldsProps) {
  const { t, i18n } = useTranslation();
  const { data } = useQuery(planChoicesQuery(i18n.language));
  const usual = t('planning.ticket.usual');
  return (
    <>
      <div className={classes.row}>
        <Select
          label={t('planning.field.type')}
          placeholder={usual}
          clearable
          data={choice(data?.types)}
          value={draft.typeId}
          error={errorAt('/ticket/typeId')}
          onChange={(typeId) => set({ typeId })}
        />
        <Select
          label={t('planning.field.priority')}
          placeholder={usual}
          clearable
          data={choice(data?.priorities)}
          value={draft.priorityId}
          error={errorAt('/ticket/priorityId')}
          onChange={(priorityId) => set({ priorityId })}
        />
        <Select
          label={t('planning.field.checklist')}
          placeholder={t('planning.ticket.none')}
          clearable
          searchable
          data={choice(data?.templates)}
          value={draft.checklistTemplateId}
          error={errorAt('/checklistTemplateId')}
          onChange={(checklistTemplateId) => set({ checklistTemplateId })}
        />
      </div>
      <div className={classes.row}>
        <TeamPicker
          label={t('planning.field.team')}
          placeholder={t('planning.ticket.responsible')}
          clearable
          value={draft.team}
          error={errorAt('/ticket/teamId')}
          onChange={(team) => set({ team: team && { id: team.id, name: team.name } })}
        />
        <PersonPicker
          label={t('planning.field.assignee')}
          placeholder={t('planning.ticket.responsible')}
          clearable
          value={draft.assignee}
          error={errorAt('/ticket/assigneeId')}
          onChange={(person) => set({ assignee: person && { id: person.id, name: person.name } })}
        />
        {draft.mode === 'none' && (
          <CompanyPicker
            label={t('planning.field.company')}
            clearable
            value={draft.company}
            error={errorAt('/ticket/companyId')}
            onChange={(company) => set({ company: company && { id: company.id, name: company.name } })}
          />
        )}
      </div>
      <div className={classes.row}>
        <DurationInput
          label={t('planning.field.plannedTime')}
          seconds={draft.plannedSeconds}
          error={errorAt('/ticket/plannedSeconds')}
          onChange={(plannedSeconds) => set({ plannedSeconds })}
        />
        <DurationInput
          label={t('planning.field.deadline')}
          seconds={draft.deadlineSeconds}
          error={errorAt('/ticket/deadlineSeconds')}
          onChange={(deadlineSeconds) => set({ deadlineSeconds })}
        />
      </div>
    </>
  );
}

/** Own fields of tickets: folded until one is wanted. */
function OwnFields({ draft, isOpen, errorAt, set }: FieldsProps) {
  const { t, i18n } = useTranslation();
  const { data = [] } = useQuery(ownFieldsQuery(i18n.language));
  const [isShown, setShown] = useState(() => Object.keys(draft.customFields).length > 0);
  const fields = data.filter(({ type }) => type !== 'formula' && type !== 'file');
  if (!fields.length) return null;
  if (!isShown)
    return (
      <Button variant="subtle" size="compact-sm" className={classes.start} onClick={() => setShown(true)}>
        {t('planning.ticket.ownFields', { count: fields.length })}
      </Button>
    );
  return (
    <div className={classes.row}>
      {fields.map((definition) => (
        <CustomFieldInput
          key={definition.code}
          definition={definition}
          value={draft.customFields[definition.code]}
          error={errorAt(`/ticket/customFields/${definition.code}`)}
          isReadOnly={!isOpen}
          pickReference={pickReference}
          upload={uploadFile}
          onChange={(value) => set({ customFields: { ...draft.customFields, [definition.code]: value } })}
        />
      ))}
    </div>
  );
}
