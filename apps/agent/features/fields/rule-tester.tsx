import { bodyOf, pointerOf } from '@/ticket-form/form-values';
import { useVerdict } from '@/ticket-form/use-verdict';
import { VerdictInput } from '@/ticket-form/verdict-input';
import type { VerdictField } from '@/ticket-form/verdict.types';
import { Badge, Button, Group, SegmentedControl, Text } from '@mantine/core';
import { ErrorState, Loading } from '@opora/ui/page';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './fields.module.css';

const CHANNELS = ['agent', 'portal', 'api', 'mail'] as const;

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
  return (
    <div className={classes.testField}>
      <VerdictInput field={field} value={value} onChange={onChange} />
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
