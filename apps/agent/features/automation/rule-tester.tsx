import { EntityPicker } from '@/pickers/entity-picker';
import type { Entry } from '@/pickers/directory.queries';
import { ticketsByWordsQuery } from '@/pickers/reference.queries';
import { Alert, Button, Select, TextInput } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './automation.module.css';
import { ConditionLines } from './condition-lines';
import { ChangeLines } from './change-lines';
import { eventFieldsOf } from './rule-trigger';
import { useTestRule, type RuleDraft, type RuleTest, type Triggers } from './rules.queries';

/** Tries the rule on the screen, saved or not, on a real ticket. Nothing is written. */
export function RuleTester({ draft, triggers }: { draft: RuleDraft; triggers: Triggers }) {
  const { t } = useTranslation();
  const [ticket, setTicket] = useState<Entry | null>(null);
  const [event, setEvent] = useState<Record<string, unknown>>({});
  const test = useTestRule();
  const asked = new Set(fieldsOf(draft.when));
  const fields = eventFieldsOf(triggers, draft.trigger).filter(({ name }) => asked.has(name));
  const setFact = (name: string, value: unknown) =>
    setEvent(({ [name]: _, ...rest }) => (value === null || value === '' ? rest : { ...rest, [name]: value }));
  return (
    <section className={classes.box} aria-label={t('automation.tester')}>
      <h3 className={classes.sideTitle}>{t('automation.tester')}</h3>
      <p className={classes.hint}>{t('automation.testerHint')}</p>
      <div className={classes.parts}>
        <EntityPicker
          label={t('automation.testTicket')}
          search={ticketsByWordsQuery}
          value={ticket}
          onChange={setTicket}
          clearable
          clearButtonProps={{ 'aria-label': t('directory.clear') }}
        />
        {fields.map(({ name, label, options, type }) =>
          options ? (
            <Select
              key={name}
              label={label}
              placeholder={t('automation.unknown')}
              clearable
              clearButtonProps={{ 'aria-label': t('directory.clear') }}
              data={options}
              value={(event[name] as string | undefined) ?? null}
              onChange={(value) => setFact(name, value)}
            />
          ) : type === 'text' ? (
            <TextInput
              key={name}
              label={label}
              placeholder={t('automation.unknown')}
              value={(event[name] as string | undefined) ?? ''}
              onChange={(change) => setFact(name, change.currentTarget.value)}
            />
          ) : null,
        )}
        <Button
          variant="default"
          disabled={!ticket || draft.actions.length === 0}
          loading={test.isPending}
          onClick={() => ticket && test.mutate({ draft, ticketId: ticket.id, event })}
        >
          {t('automation.test')}
        </Button>
      </div>
      {test.error && (
        <Alert color="red" mt="sm" role="alert">
          {test.error.message}
        </Alert>
      )}
      {test.data && <Outcome test={test.data} />}
    </section>
  );
}

function Outcome({ test }: { test: RuleTest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const verdict = test.matched === null ? 'maybe' : test.matched ? 'yes' : 'no';
  return (
    <div className={classes.outcome} role="status">
      <p className={classes.verdict} data-verdict={verdict}>
        {t(`automation.verdict.${verdict}`)}
      </p>
      {test.dueAt && <p className={classes.hint}>{t('automation.dueAt', { at: format.dateTime(test.dueAt) })}</p>}
      <ConditionLines lines={test.condition} />
      {test.lines.length > 0 && <ChangeLines title={t('automation.wouldDo')} lines={test.lines} />}
      {test.problems.length > 0 && (
        <Alert color="yellow" title={t('automation.wouldFail')}>
          {test.problems.map(({ message, action, code }) => (
            <div key={`${action}:${code}:${message}`}>{action === null ? message : `${action + 1}. ${message}`}</div>
          ))}
        </Alert>
      )}
      {test.lines.length === 0 && test.problems.length === 0 && (
        <p className={classes.hint}>{t('automation.nothingChanges')}</p>
      )}
    </div>
  );
}

/** Names of the fields a condition asks for. */
function fieldsOf(condition: unknown): string[] {
  if (typeof condition !== 'object' || condition === null) return [];
  const { field, all, any, not } = condition as { field?: string; all?: unknown[]; any?: unknown[]; not?: unknown };
  return [...(field ? [field] : []), ...[...(all ?? []), ...(any ?? []), ...(not ? [not] : [])].flatMap(fieldsOf)];
}
