import { ownFieldsQuery } from '@/ticket-form/custom-fields.queries';
import { VerdictInput } from '@/ticket-form/verdict-input';
import type { VerdictField } from '@/ticket-form/verdict.types';
import { conditionFieldsQuery } from '@/pickers/condition-fields.queries';
import { ActionIcon, Select, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ParamProps } from './action-param-input';
import classes from './ticket-actions.module.css';

/** Built-in fields that a change may set; who works on it and the status have actions of their own. */
const BUILT_IN = [
  'subject',
  'priorityId',
  'typeId',
  'companyId',
  'contactId',
  'objectId',
  'impact',
  'urgency',
  'deadlineAt',
  'scheduledFor',
  'plannedSeconds',
];
// A deadline is offered only as the action of its own, which asks for the reason.
const OWN = 'cf.';

type Values = Record<string, unknown> & { customFields?: Record<string, unknown> };

/** Fields of a ticket with the values they are to get: chosen one by one. */
export function FieldValuesInput({ param, value, problems, pointer, onChange }: ParamProps) {
  const { t } = useTranslation();
  const fields = useSettableFields();
  const flat = flatOf((value ?? {}) as Values);
  const put = (next: Record<string, unknown>) => onChange(Object.keys(next).length ? bodyOf(next) : undefined);
  const remove = (name: string) => put(Object.fromEntries(Object.entries(flat).filter(([each]) => each !== name)));
  const chosen = Object.keys(flat);
  const rest = fields.filter(({ name }) => !chosen.includes(name) && name !== 'deadlineAt');
  const own = problems.find((problem) => problem.pointer === pointer);
  return (
    <div className={classes.fields}>
      {chosen.map((name) => {
        const field = fields.find((each) => each.name === name);
        const error = problems.find((problem) => problem.pointer === pointer + placeOf(name))?.message;
        return (
          <div key={name} className={classes.field}>
            {field ? (
              <VerdictInput
                field={field}
                value={flat[name]}
                error={error}
                onChange={(next) => put({ ...flat, [name]: next })}
              />
            ) : (
              <Text size="sm" c="var(--mantine-color-error)">
                {t('ticketActions.fieldGone', { name })}
              </Text>
            )}
            <ActionIcon
              aria-label={t('ticketActions.removeField', { name: field?.label ?? name })}
              onClick={() => remove(name)}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        );
      })}
      <Select
        key={chosen.length}
        className={classes.addField}
        aria-label={t('ticketActions.addField')}
        placeholder={t('ticketActions.addField')}
        searchable
        required={param.isRequired && !chosen.length}
        error={own?.message}
        data={rest.map(({ name, label }) => ({ value: name, label }))}
        value={null}
        onChange={(name) => name && put({ ...flat, [name]: null })}
      />
    </div>
  );
}

/** What can be set, as the forms draw it. */
function useSettableFields(): VerdictField[] {
  const { i18n } = useTranslation();
  const { data: known = [] } = useQuery(conditionFieldsQuery(i18n.language));
  const { data: own = [] } = useQuery(ownFieldsQuery(i18n.language));
  return useMemo(() => {
    const plain = { isVisible: true, isRequired: false, isReadOnly: false, allowed: null, because: [], hint: null };
    const builtIn = BUILT_IN.flatMap((name) => {
      const field = known.find((each) => each.name === name);
      return field
        ? [
            {
              ...plain,
              name,
              label: field.label,
              type: field.type,
              reference: field.reference ?? null,
              options: null,
              config: null,
            },
          ]
        : [];
    });
    const custom = own
      .filter(({ type }) => type !== 'formula' && type !== 'file')
      .map(({ code, label, hint, type, options = [], config }) => ({
        ...plain,
        name: OWN + code,
        label,
        hint: hint ?? null,
        type,
        reference: config?.reference ?? null,
        options,
        config: config ?? null,
      }));
    return [...builtIn, ...custom] as unknown as VerdictField[];
  }, [known, own]);
}

const placeOf = (name: string): string =>
  name.startsWith(OWN) ? `/customFields/${name.slice(OWN.length)}` : `/${name}`;

function flatOf({ customFields = {}, ...rest }: Values): Record<string, unknown> {
  const own = Object.entries(customFields).map(([code, value]) => [OWN + code, value] as const);
  return { ...rest, ...Object.fromEntries(own) };
}

/** As the body carries it: a field chosen and left empty is cleared. */
function bodyOf(flat: Record<string, unknown>): Values {
  const entries = Object.entries(flat);
  const own = entries.filter(([name]) => name.startsWith(OWN)).map(([name, value]) => [name.slice(OWN.length), value]);
  return {
    ...Object.fromEntries(entries.filter(([name]) => !name.startsWith(OWN))),
    ...(own.length ? { customFields: Object.fromEntries(own) as Record<string, unknown> } : {}),
  };
}
