import { useHolds } from '@/api';
import { conditionFieldsQuery } from '@/pickers/condition-fields.queries';
import { conditionProblemsOf } from '@/pickers/ticket-condition';
import { nameReference, pickReference } from '@/pickers/reference-picker';
import { ActionsEditor } from '@/ticket-actions/actions-editor';
import { Alert, Button, Switch, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ApiProblem } from '@opora/client';
import { ConditionBuilder, type Condition, type ConditionField } from '@opora/ui/conditions';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import classes from './automation.module.css';
import { RuleTabs } from './automation-tabs';
import { DeleteRule } from './delete-rule';
import { RuleTester } from './rule-tester';
import { eventFieldsOf, newTrigger, type RuleTrigger } from './rule-trigger';
import { ruleQuery, triggersQuery, useSaveRule, type Rule, type RuleDraft, type Triggers } from './rules.queries';
import { TriggerEditor } from './trigger-editor';
import { VersionsDrawer } from './versions-drawer';

/** One rule as a sentence to be filled in, and at its side what it would do to a real ticket. */
export function RulePage() {
  const { t, i18n } = useTranslation();
  const { id = 'new' } = useParams();
  const rule = useQuery({ ...ruleQuery(id), enabled: id !== 'new' });
  const triggers = useQuery(triggersQuery(i18n.language));
  const fields = useQuery(conditionFieldsQuery(i18n.language));
  const error = rule.error ?? triggers.error ?? fields.error;
  if (!triggers.data || !fields.data || (id !== 'new' && !rule.data))
    return (
      <Page title={t('automation.title')} toolbar={<RuleTabs id={id} />}>
        {error ? <ErrorState error={error} onRetry={() => void rule.refetch()} /> : <Loading lines={12} />}
      </Page>
    );
  return (
    <RuleEditor
      key={`${id}:${rule.data?.version ?? 0}`}
      rule={rule.data ?? null}
      triggers={triggers.data}
      fields={fields.data}
    />
  );
}

const PLACES = ['/name', '/trigger', '/when', '/actions', '/description', '/note'];

function RuleEditor({ rule, triggers, fields }: { rule: Rule | null; triggers: Triggers; fields: ConditionField[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isOpen = useHolds('automation.manage');
  const [draft, setDraft] = useState(() => draftOf(rule));
  const [problem, setProblem] = useState<Error | null>(null);
  const [hasVersions, versions] = useDisclosure(false);
  const save = useSaveRule(rule);
  // What has been changed since the refusal is no longer called wrong.
  const [touched, setTouched] = useState<string[]>([]);
  const set = (change: Partial<RuleDraft>) => {
    setDraft((present) => ({ ...present, ...change }));
    setTouched((places) => [...new Set([...places, ...Object.keys(change)])]);
  };
  const refused = problem instanceof ApiProblem ? problem.errors : [];
  const errors = refused.filter(({ pointer }) => !touched.includes(pointer.split('/')[1] ?? ''));
  const isPlaced = (pointer: string) => PLACES.some((place) => pointer === place || pointer.startsWith(`${place}/`));
  const whole = refused.length
    ? errors.filter(({ pointer }) => !isPlaced(pointer)).map(({ message }) => message)
    : problem
      ? [problem.message]
      : [];
  const submit = () => {
    setProblem(null);
    setTouched([]);
    save.mutate(draft, {
      onSuccess: ({ id }) => {
        notifyDone(t('automation.saved'));
        if (!rule) void navigate(`/rules/${id}`, { replace: true });
      },
      onError: setProblem,
    });
  };
  return (
    <Page
      title={rule ? `№${rule.number} ${rule.name}` : t('automation.add')}
      actions={
        <>
          {rule && (
            <Button variant="subtle" onClick={versions.open}>
              {t('automation.versions', { version: rule.version })}
            </Button>
          )}
          {isOpen && rule && <DeleteRule rule={rule} />}
          {isOpen && (
            <Button loading={save.isPending} onClick={submit}>
              {t('ui.save')}
            </Button>
          )}
        </>
      }
      toolbar={<RuleTabs id={rule?.id ?? 'new'} />}
    >
      {whole.length > 0 && (
        <Alert color="red" role="alert" mb="md">
          {whole.join(' ')}
        </Alert>
      )}
      {rule?.findings.map(({ ruleId, message }) => (
        <Alert key={ruleId} color="yellow" mb="sm">
          {message}
        </Alert>
      ))}
      <div className={classes.page}>
        <div className={classes.column}>
          <Naming draft={draft} isNew={!rule} isOpen={isOpen} errors={errors} set={set} />
          <fieldset className={classes.box} disabled={!isOpen}>
            <legend className={classes.legend}>{t('automation.when')}</legend>
            <TriggerEditor
              value={draft.trigger}
              triggers={triggers}
              isOpen={isOpen}
              errors={errors}
              onChange={(trigger) => set({ trigger })}
            />
          </fieldset>
          <fieldset className={classes.box}>
            <legend className={classes.legend}>{t('automation.if')}</legend>
            <ConditionBuilder
              fields={[...fields, ...eventFieldsOf(triggers, draft.trigger)]}
              value={draft.when}
              isDisabled={!isOpen}
              problems={conditionProblemsOf(errors, '/when')}
              pickReference={pickReference}
              nameReference={nameReference}
              onChange={(when) => set({ when })}
            />
          </fieldset>
          <fieldset className={classes.box}>
            <legend className={classes.legend}>{t('automation.then')}</legend>
            <ActionsEditor
              place="rule"
              value={draft.actions}
              isDisabled={!isOpen}
              problems={errors}
              onChange={(actions) => set({ actions })}
            />
          </fieldset>
          <Further draft={draft} isNew={!rule} isOpen={isOpen} set={set} />
        </div>
        {isOpen && (
          <div className={classes.side}>
            <RuleTester draft={draft} triggers={triggers} />
          </div>
        )}
      </div>
      {rule && hasVersions && <VersionsDrawer rule={rule} isManager={isOpen} onClose={versions.close} />}
    </Page>
  );
}

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

function draftOf(rule: Rule | null): RuleDraft {
  return {
    name: rule?.name ?? '',
    description: rule?.description ?? '',
    isActive: rule?.isActive ?? true,
    trigger: (rule?.trigger as RuleTrigger | undefined) ?? newTrigger('event', zone()),
    when: (rule?.when as Condition | undefined) ?? { all: [] },
    actions: rule?.actions ?? [],
    stopsOthers: rule?.stopsOthers ?? false,
    note: '',
  };
}

type PartProps = { draft: RuleDraft; isNew: boolean; isOpen: boolean; set: (change: Partial<RuleDraft>) => void };

function Naming({ draft, isNew, isOpen, errors, set }: PartProps & { errors: { pointer: string; message: string }[] }) {
  const { t } = useTranslation();
  return (
    <div className={classes.naming}>
      <TextInput
        label={t('automation.name')}
        required
        maxLength={200}
        disabled={!isOpen}
        data-autofocus={isNew || undefined}
        value={draft.name}
        error={errors.find(({ pointer }) => pointer === '/name')?.message}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Switch
        label={t('automation.isActive')}
        disabled={!isOpen}
        checked={draft.isActive}
        onChange={(event) => set({ isActive: event.currentTarget.checked })}
      />
    </div>
  );
}

function Further({ draft, isNew, isOpen, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <Switch
        label={t('automation.stopsOthers')}
        description={t('automation.stopsOthersHint')}
        disabled={!isOpen}
        checked={draft.stopsOthers}
        onChange={(event) => set({ stopsOthers: event.currentTarget.checked })}
      />
      <Textarea
        label={t('automation.description')}
        autosize
        minRows={2}
        maxLength={2000}
        disabled={!isOpen}
        value={draft.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      {!isNew && isOpen && (
        <TextInput
          label={t('automation.note')}
          description={t('automation.noteHint')}
          maxLength={500}
          value={draft.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
      )}
    </>
  );
}
