import { pickReference } from '@/pickers/reference-picker';
import { uploadFile } from '@/ticket-form/custom-inputs';
import { useVerdict } from '@/ticket-form/use-verdict';
import type { VerdictField } from '@/ticket-form/verdict.types';
import { Badge, Button, Group, SegmentedControl, Text } from '@mantine/core';
import { CustomFieldInput, type FieldDefinition, type FieldType } from '@opora/ui/fields';
import { ErrorState, Loading } from '@opora/ui/page';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './fields.module.css';
import { useFieldsByName } from './form-fields';

const CHANNELS = ['agent', 'portal', 'api', 'mail'] as const;
/** What conditions call a type and what an input calls it. */
const INPUTS: Record<string, FieldType> = { choice: 'select', choices: 'multiselect', boolean: 'checkbox' };
const OWN = 'cf.';

/** A form to try the saved rules on: what they show, require, lock and why. */
export function RuleTester() {
  const { t } = useTranslation();
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>('agent');
  const [values, setValues] = useState<Record<string, unknown>>({});
  const verdict = useVerdict({ values: bodyOf(values), channel });
  const visible = verdict.fields.filter(({ isVisible }) => isVisible);
  const hidden = verdict.fields.filter(({ isVisible, because }) => !isVisible && because.length > 0);
  const messageOf = (name: string) => verdict.problems.find(({ pointer }) => pointer === pointerOf(name))?.message;
  return (
    <section className={classes.tester} aria-label={t('fields.tester.title')} data-fresh={verdict.isFresh || undefined}>
      <Group justify="space-between">
        <h2 className={classes.testerTitle}>{t('fields.tester.title')}</h2>
        <Button variant="subtle" size="compact-xs" onClick={() => setValues({})}>
          {t('fields.tester.clear')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        {t('fields.tester.hint')}
      </Text>
      <SegmentedControl
        size="xs"
        aria-label={t('fields.tester.channel')}
        value={channel}
        onChange={(next) => setChannel(next as typeof channel)}
        data={CHANNELS.map((value) => ({ value, label: t(`fields.channel.${value}`) }))}
      />
      {verdict.error && <ErrorState error={verdict.error} />}
      {!verdict.isKnown && !verdict.error && <Loading lines={8} />}
      {visible.map((field) => (
        <TestField
          key={field.name}
          field={field}
          value={values[field.name]}
          problem={messageOf(field.name)}
          onChange={(value) => setValues((present) => ({ ...present, [field.name]: value }))}
        />
      ))}
      {hidden.length > 0 && (
        <div className={classes.hidden}>
          {t('fields.tester.hidden')}{' '}
          {hidden.map(({ name, label, because }) => (
            <span key={name}>
              {label} ({because.map((rule) => rule.name).join(', ')}){' '}
            </span>
          ))}
        </div>
      )}
    </section>
  );
}

type TestProps = {
  field: VerdictField;
  value: unknown;
  problem: string | undefined;
  onChange: (value: unknown) => void;
};

function TestField({ field, value, problem, onChange }: TestProps) {
  const { t } = useTranslation();
  const definition = useDefinition(field);
  return (
    <div className={classes.testField}>
      <CustomFieldInput
        definition={definition}
        value={value}
        isRequired={field.isRequired}
        isReadOnly={field.isReadOnly}
        allowed={field.allowed}
        pickReference={pickReference}
        upload={uploadFile}
        onChange={onChange}
      />
      {(field.because.length > 0 || field.isReadOnly || problem) && (
        <Group gap={6}>
          {problem && (
            <Badge color="orange" size="xs">
              {problem}
            </Badge>
          )}
          {field.isReadOnly && (
            <Badge color="gray" size="xs">
              {t('fields.effect.read_only')}
            </Badge>
          )}
          {field.because.length > 0 && (
            <span className={classes.because}>
              {t('fields.tester.because', { rules: field.because.map(({ name }) => name).join(', ') })}
            </span>
          )}
        </Group>
      )}
    </div>
  );
}

/** A field of the form as an input: its options and references are those that conditions know. */
function useDefinition(field: VerdictField): FieldDefinition {
  const known = useFieldsByName().get(field.name);
  const type = field.type in INPUTS ? INPUTS[field.type] : (field.type as FieldType);
  return {
    code: field.name,
    label: field.label,
    type: type ?? 'text',
    options: field.options ?? known?.options ?? [],
    config: { ...field.config, reference: field.config?.reference ?? field.reference ?? known?.reference ?? null },
  };
}

const pointerOf = (name: string) => (name.startsWith(OWN) ? `/customFields/${name.slice(OWN.length)}` : `/${name}`);

/** What was filled in, as a new ticket would carry it. */
function bodyOf(values: Record<string, unknown>): Record<string, unknown> {
  const filled = Object.entries(values).filter(([, value]) => value != null && value !== '');
  const own = filled.filter(([name]) => name.startsWith(OWN)).map(([name, value]) => [name.slice(OWN.length), value]);
  return {
    ...Object.fromEntries(filled.filter(([name]) => !name.startsWith(OWN))),
    ...(own.length > 0 ? { customFields: Object.fromEntries(own) as Record<string, unknown> } : {}),
  };
}
