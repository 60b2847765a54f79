import { pickReference } from '@/pickers/reference-picker';
import { teamsQuery } from '@/pickers/directory.queries';
import { Checkbox, MultiSelect, NumberInput, PasswordInput, Select, Text, Textarea, TextInput } from '@mantine/core';
import { fromLocalInput, toLocalInput } from '@opora/ui/fields';
import { RichText } from '@opora/ui/rich-text';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DurationParam } from './duration-param';
import { EmployeeParam, EmployeesParam } from './employee-params';
import { FieldValuesInput } from './field-values-input';
import classes from './ticket-actions.module.css';
import { checklistNamesQuery, type ActionParam, type SettingProblem } from './ticket-actions.queries';

export type ParamProps = {
  param: ActionParam;
  value: unknown;
  /** Those of this setting and of what lies in it. */
  problems: readonly SettingProblem[];
  /** Where the setting stands in the body. */
  pointer: string;
  /** Undefined takes the setting out. */
  onChange: (value: unknown) => void;
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
const asTexts = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : []);

/** One setting of an action as the input its type wants. */
export function ActionParamInput(props: ParamProps) {
  const { param, value, problems, pointer, onChange } = props;
  const common = {
    label: param.label,
    description: param.hint ?? undefined,
    required: param.isRequired,
    error: problems.find((problem) => problem.pointer === pointer)?.message,
  };
  const write = (text: string) => onChange(text === '' ? undefined : text);
  switch (param.type) {
    case 'long_text':
      return (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={param.max ?? undefined}
          value={asText(value)}
          onChange={(event) => write(event.currentTarget.value)}
        />
      );
    case 'rich_text':
      return <RichParam {...props} />;
    case 'number':
      return (
        <NumberInput
          {...common}
          min={param.min ?? undefined}
          max={param.max ?? undefined}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(next === '' ? undefined : Number(next))}
        />
      );
    case 'boolean':
      return (
        <Checkbox
          label={param.label}
          error={common.error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked || undefined)}
        />
      );
    case 'secret':
      return (
        <PasswordInput
          {...common}
          autoComplete="new-password"
          maxLength={param.max ?? undefined}
          value={asText(value)}
          onChange={(event) => write(event.currentTarget.value)}
        />
      );
    case 'duration':
      return <DurationParam {...props} />;
    case 'moment':
      return (
        <TextInput
          {...common}
          type="datetime-local"
          value={toLocalInput(asText(value))}
          onChange={(event) => onChange(fromLocalInput(event.currentTarget.value) ?? undefined)}
        />
      );
    case 'employee':
      return <EmployeeParam {...props} />;
    case 'employees':
      return <EmployeesParam {...props} />;
    case 'team':
    case 'teams':
      return <TeamParam {...props} />;
    case 'checklist_template':
      return <ChecklistParam {...props} />;
    case 'field_values':
      return <FieldValuesInput {...props} />;
    case 'reference':
      return pickReference({
        ...common,
        reference: 'ticket',
        value: asText(value) || null,
        onChange: (id) => onChange(id ?? undefined),
      });
    default:
      return param.options ? <OptionParam {...props} /> : <PlainText {...props} />;
  }
}

function PlainText({ param, value, problems, onChange }: ParamProps) {
  return (
    <TextInput
      label={param.label}
      description={param.hint ?? undefined}
      required={param.isRequired}
      error={problems[0]?.message}
      maxLength={param.max ?? undefined}
      value={asText(value)}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}

function OptionParam({ param, value, problems, onChange }: ParamProps) {
  const { t } = useTranslation();
  const data = (param.options ?? []).map(({ value: code, label }) => ({ value: code, label }));
  const common = {
    label: param.label,
    description: param.hint ?? undefined,
    required: param.isRequired,
    withAsterisk: param.isRequired,
    error: problems[0]?.message,
    searchable: data.length > 7,
    nothingFoundMessage: t('ui.fields.nothing'),
  };
  if (param.type === 'choices')
    return (
      <MultiSelect
        {...common}
        data={data}
        value={asTexts(value)}
        onChange={(next) => onChange(next.length ? next : undefined)}
      />
    );
  // What was chosen once and is gone stays readable, so that one sees what to replace.
  const gone = asText(value) && !data.some((option) => option.value === value);
  return (
    <Select
      {...common}
      data={gone ? [...data, { value: asText(value), label: t('ticketActions.gone') }] : data}
      clearable={!param.isRequired}
      value={asText(value) || null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

const NOBODY = 'nobody';

function TeamParam({ param, value, problems, onChange }: ParamProps) {
  const { t } = useTranslation();
  const { data: teams = [] } = useQuery(teamsQuery());
  const data = teams.map(({ id, name }) => ({ value: id, label: name }));
  const held = param.type === 'teams' ? asTexts(value) : [asText(value)].filter(Boolean);
  const gone = held.filter((id) => !teams.some((team) => team.id === id));
  const all = [...data, ...gone.map((id) => ({ value: id, label: t('ticketActions.gone') }))];
  const common = {
    label: param.label,
    description: param.hint ?? undefined,
    required: param.isRequired,
    error: problems[0]?.message,
    searchable: true,
  };
  if (param.type === 'teams')
    return (
      <MultiSelect {...common} data={all} value={held} onChange={(next) => onChange(next.length ? next : undefined)} />
    );
  return (
    <Select
      {...common}
      clearable
      placeholder={t('ticketActions.asIs')}
      data={[{ value: NOBODY, label: t('ticketActions.noTeam') }, ...all]}
      value={value === null ? NOBODY : asText(value) || null}
      onChange={(next) => onChange(next === NOBODY ? null : (next ?? undefined))}
    />
  );
}

function ChecklistParam({ param, value, problems, onChange }: ParamProps) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(checklistNamesQuery());
  const isGone = asText(value) && !data.some((option) => option.value === value);
  return (
    <Select
      label={param.label}
      required={param.isRequired}
      error={problems[0]?.message}
      searchable
      data={isGone ? [...data, { value: asText(value), label: t('ticketActions.gone') }] : data}
      value={asText(value) || null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

function RichParam({ param, value, problems, onChange }: ParamProps) {
  return (
    <div>
      <Text size="xs" fw={600} component="div">
        {param.label}
        {param.isRequired && ' *'}
      </Text>
      {param.hint && (
        <Text size="xs" c="dimmed" mb={2}>
          {param.hint}
        </Text>
      )}
      <div className={classes.rich} data-refused={problems.length > 0 || undefined}>
        <RichText
          html={asText(value)}
          label={param.label}
          minHeight={70}
          maxHeight={260}
          onChange={(html) => onChange(html || undefined)}
        />
      </div>
      {problems.map(({ message }) => (
        <Text key={message} size="xs" c="var(--mantine-color-error)" role="alert">
          {message}
        </Text>
      ))}
    </div>
  );
}
