import { CardForm } from '@/directory/form-drawer';
import { teamsQuery } from '@/pickers/directory.queries';
import { pickReference } from '@/pickers/reference-picker';
import { FieldValuesInput } from '@/ticket-actions/field-values-input';
import { checklistNamesQuery, type SettingProblem } from '@/ticket-actions/ticket-actions.queries';
import { MultiSelect, Select, Text, TextInput } from '@mantine/core';
import { ApiProblem } from '@opora/client';
import { useFields } from '@opora/ui/form';
import { isEmptyHtml, RichText } from '@opora/ui/rich-text';
import { notifyDone } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteKept, KeptDrawer } from './kept-drawer';
import classes from './macros.module.css';
import type { Scope } from './macros.queries';
import { ScopeFields } from './scope-fields';
import {
  templateQuery,
  useDeleteTemplate,
  useSaveTemplate,
  type Template,
  type TemplateInput,
} from './templates.queries';

/** One template: what a ticket of it begins with. */
export function TemplateDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const isNew = id === 'new';
  const query = useQuery({ ...templateQuery(id), enabled: !isNew });
  return (
    <KeptDrawer title={query.data?.name ?? t('macros.templates.add')} isNew={isNew} query={query} onClose={onClose}>
      {(template) => <TemplateForm template={template} onClose={onClose} />}
    </KeptDrawer>
  );
}

function Delete({ id, onDone }: { id: string; onDone: () => void }) {
  return <DeleteKept remove={useDeleteTemplate(id)} onDone={onDone} />;
}

type Values = Record<string, unknown>;

function TemplateForm({ template, onClose }: { template: Template | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveTemplate(template);
  const mayEdit = template?.mayEdit ?? true;
  const { description: text = '', assigneeId = null, teamId = null, ...rest } = (template?.values ?? {}) as Values;
  const fields = useFields({
    name: template?.name ?? '',
    description: template?.description ?? '',
    scope: (template?.scope ?? 'personal') as Scope,
    teamIds: template?.teamIds ?? [],
    checklistTemplateIds: template?.checklistTemplateIds ?? [],
    values: '',
  });
  const [values, setValues] = useState<Values>(template ? rest : { subject: '' });
  const [html, setHtml] = useState(text as string);
  const [who, setWho] = useState({ assigneeId: assigneeId as string | null, teamId: teamId as string | null });
  const [problems, setProblems] = useState<readonly SettingProblem[]>(template?.problems ?? []);
  const { data: checklists = [] } = useQuery(checklistNamesQuery());
  const { name, description, scope, teamIds, checklistTemplateIds } = fields.values;
  const submit = () => {
    const kept = Object.entries({ ...values, ...who, description: html }).filter(
      ([, value]) => value !== null && value !== '',
    );
    save.mutate(
      {
        name: name.trim(),
        description,
        scope,
        teamIds: scope === 'team' ? teamIds : [],
        values: Object.fromEntries(kept) as TemplateInput['values'],
        checklistTemplateIds,
      },
      {
        onSuccess: () => {
          notifyDone(t('ui.saved'));
          onClose();
        },
        onError: (error) => {
          fields.applyProblem(error);
          setProblems(error instanceof ApiProblem ? error.errors : []);
        },
      },
    );
  };
  const at = (field: string) => problems.find(({ pointer }) => pointer === `/values/${field}`)?.message;
  return (
    <CardForm
      problem={save.error && problems.length === 0 ? save.error : null}
      submit={t('ui.save')}
      isBusy={save.isPending}
      isDisabled={!mayEdit || name.trim() === ''}
      onSubmit={submit}
      onCancel={onClose}
      extra={template?.mayEdit && <Delete id={template.id} onDone={onClose} />}
    >
      <fieldset className={classes.plain} disabled={!mayEdit}>
        <TextInput data-autofocus required label={t('macros.field.name')} maxLength={120} {...fields.text('name')} />
        <TextInput label={t('macros.field.description')} maxLength={500} {...fields.text('description')} />
        <ScopeFields
          scope={scope}
          teamIds={teamIds}
          errors={fields.errors}
          isDisabled={!mayEdit}
          onScope={(next) => fields.set('scope', next)}
          onTeams={(next) => fields.set('teamIds', next)}
        />
        <h3 className={classes.subtitle}>{t('macros.templates.values')}</h3>
        <FieldValuesInput
          param={PARAM}
          value={values}
          problems={problems}
          pointer="/values"
          onChange={(next) => setValues((next ?? {}) as Values)}
        />
        <Who who={who} errors={{ assigneeId: at('assigneeId'), teamId: at('teamId') }} onChange={setWho} />
        <MultiSelect
          label={t('macros.templates.checklists')}
          searchable
          maxValues={5}
          error={fields.errors.checklistTemplateIds}
          data={checklists}
          value={checklistTemplateIds}
          onChange={(next) => fields.set('checklistTemplateIds', next)}
        />
        <div>
          <Text size="xs" fw={600}>
            {t('macros.templates.text')}
          </Text>
          <div className={classes.editor}>
            <RichText
              html={html}
              label={t('macros.templates.text')}
              minHeight={80}
              onChange={(next) => setHtml(isEmptyHtml(next) ? '' : next)}
            />
          </div>
        </div>
      </fieldset>
    </CardForm>
  );
}

const PARAM = {
  name: 'values',
  type: 'field_values' as const,
  label: '',
  hint: null,
  isRequired: false,
  options: null,
  min: null,
  max: null,
};

type WhoValue = { assigneeId: string | null; teamId: string | null };
type WhoProps = { who: WhoValue; errors: Partial<Record<keyof WhoValue, string>>; onChange: (who: WhoValue) => void };

function Who({ who, errors, onChange }: WhoProps) {
  const { t } = useTranslation();
  const { data: teams = [] } = useQuery(teamsQuery());
  const isGone = who.teamId !== null && !teams.some(({ id }) => id === who.teamId);
  const data = teams.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      {pickReference({
        reference: 'employee',
        label: t('tickets.field.assigneeId'),
        error: errors.assigneeId,
        value: who.assigneeId,
        onChange: (assigneeId) => onChange({ ...who, assigneeId }),
      })}
      <Select
        label={t('tickets.field.teamId')}
        clearable
        searchable
        error={errors.teamId}
        data={isGone ? [...data, { value: who.teamId!, label: t('ticketActions.gone') }] : data}
        value={who.teamId}
        onChange={(teamId) => onChange({ ...who, teamId })}
      />
    </>
  );
}
