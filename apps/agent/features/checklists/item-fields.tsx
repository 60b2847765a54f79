import { PersonPicker } from '@/pickers/directory-pickers';
import { Checkbox, Group, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CATEGORIES, type ItemDraft, RESULT_KINDS, type ResultKind } from './item-draft';
import { statusNamesQuery } from './statuses.queries';

type Props = {
  draft: ItemDraft;
  /** Refusals by the field's name. */
  errors: Partial<Record<string, string>>;
  onChange: (change: Partial<ItemDraft>) => void;
};

/** Everything of an item besides its title. */
export function ItemFields({ draft, errors, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        size="xs"
        label={t('checklists.field.hint')}
        maxLength={2000}
        value={draft.hint}
        error={errors.hint}
        onChange={(event) => onChange({ hint: event.currentTarget.value })}
      />
      <Group grow align="start">
        <Select
          size="xs"
          allowDeselect={false}
          label={t('checklists.field.resultKind')}
          data={RESULT_KINDS.map((value) => ({ value, label: t(`checklists.resultKind.${value}`) }))}
          value={draft.resultKind}
          error={errors.resultKind}
          onChange={(value) => onChange({ resultKind: (value ?? 'none') as ResultKind })}
        />
        <NumberInput
          size="xs"
          label={t('checklists.field.minutes')}
          min={0}
          max={6000}
          allowDecimal={false}
          value={draft.minutes}
          error={errors.plannedSeconds}
          onChange={(minutes) => onChange({ minutes })}
        />
      </Group>
      <Limits draft={draft} errors={errors} onChange={onChange} />
      {draft.isRequired && <Stages draft={draft} errors={errors} onChange={onChange} />}
      <PersonPicker
        size="xs"
        label={t('checklists.field.assignee')}
        value={draft.assignee}
        error={errors.assigneeId}
        onChange={(person) => onChange({ assignee: person && { id: person.id, name: person.name } })}
      />
    </>
  );
}

function Limits({ draft, errors, onChange }: Props) {
  const { t } = useTranslation();
  const number = (name: 'min' | 'max' | 'decimals' | 'minFiles', rest: object = {}) => (
    <NumberInput
      size="xs"
      label={t(`checklists.field.${name}`)}
      value={draft[name]}
      error={errors[name]}
      onChange={(value) => onChange({ [name]: value })}
      {...rest}
    />
  );
  const text = (name: 'unit' | 'expected', maxLength: number) => (
    <TextInput
      size="xs"
      label={t(`checklists.field.${name}`)}
      maxLength={maxLength}
      value={draft[name]}
      error={errors[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      {draft.resultKind === 'number' && (
        <Group grow align="start">
          {number('min')}
          {number('max')}
          {number('decimals', { min: 0, max: 6, allowDecimal: false })}
          {text('unit', 20)}
        </Group>
      )}
      {draft.resultKind === 'choice' && (
        <Textarea
          size="xs"
          autosize
          minRows={2}
          label={t('checklists.field.options')}
          description={t('checklists.field.optionsHint')}
          value={draft.options}
          error={errors.options}
          onChange={(event) => onChange({ options: event.currentTarget.value })}
        />
      )}
      {draft.resultKind === 'photo' && number('minFiles', { min: 1, max: 20, allowDecimal: false })}
      {draft.resultKind === 'code' && text('expected', 500)}
      {draft.resultKind !== 'none' && (
        <Checkbox
          size="xs"
          label={t('checklists.field.isOptional')}
          checked={draft.isOptional}
          onChange={(event) => onChange({ isOptional: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

/** Which statuses wait for the item. */
function Stages({ draft, errors, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const { data: statuses } = useQuery(statusNamesQuery(i18n.language));
  const data = useMemo(
    () => [
      {
        group: t('checklists.stages.categories'),
        items: CATEGORIES.map((value) => ({ value: value as string, label: t(`checklists.category.${value}`) })),
      },
      { group: t('checklists.stages.statuses'), items: statuses ?? [] },
    ],
    [statuses, t],
  );
  return (
    <>
      {(['requiredTo', 'requiredFrom'] as const).map((name) => (
        <MultiSelect
          key={name}
          size="xs"
          searchable
          clearable
          label={t(`checklists.field.${name}`)}
          {...(name === 'requiredTo' ? { description: t('checklists.field.requiredHint') } : {})}
          data={data}
          value={draft[name]}
          error={errors[name]}
          onChange={(value) => onChange({ [name]: value })}
        />
      ))}
    </>
  );
}
