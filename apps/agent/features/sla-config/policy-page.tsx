import { useHolds } from '@/api';
import { conditionProblemsOf, TicketConditionBuilder } from '@/pickers/ticket-condition';
import { Alert, Button, Select, Switch, TextInput } from '@mantine/core';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { calendarsQuery, type WorkCalendar } from './calendars.queries';
import { ConfigTabs } from './config-tabs';
import { DeletePolicy } from './delete-policy';
import { MetricsEditor } from './metrics-editor';
import { OnChangeEditor } from './on-change-editor';
import { usePlaceErrors } from './place-errors';
import { policyQuery, useSavePolicy, type Policy } from './policies.queries';
import classes from './policies.module.css';
import { draftOf, inputOf, type PolicyDraft } from './policy-draft';
import { PolicyImpact } from './policy-impact';
import { PolicyTester } from './policy-tester';

/** One policy: whom it is for, what it promises, and at its side what that would come to. */
export function PolicyPage() {
  const { t } = useTranslation();
  const { id = 'new' } = useParams();
  const policy = useQuery({ ...policyQuery(id), enabled: id !== 'new' });
  const calendars = useInfiniteQuery(calendarsQuery());
  const error = policy.error ?? calendars.error;
  const rows = calendars.data?.pages[0]?.data;
  const isReady = rows !== undefined && (id === 'new' || policy.data !== undefined);
  if (!isReady || rows.length === 0)
    return (
      <Page title={t('slaConfig.policies.title')} toolbar={<ConfigTabs />}>
        {error && (
          <ErrorState error={error} onRetry={() => void Promise.all([policy.refetch(), calendars.refetch()])} />
        )}
        {!error && !isReady && <Loading lines={12} />}
        {isReady && (
          <EmptyState
            title={t('slaConfig.policies.noCalendars')}
            hint={t('slaConfig.policies.noCalendarsHint')}
            action={
              <Button component={Link} to="/sla-config/calendars/new">
                {t('slaConfig.calendars.add')}
              </Button>
            }
          />
        )}
      </Page>
    );
  return <PolicyEditor key={`${id}:${policy.data?.version ?? 0}`} policy={policy.data ?? null} calendars={rows} />;
}

const PLACES = ['/name', '/calendarId', '/objectCalendarMode', '/metrics', '/onChange', '/when'];

function PolicyEditor({ policy, calendars }: { policy: Policy | null; calendars: WorkCalendar[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isOpen = useHolds('sla.manage');
  const [draft, setDraft] = useState(() => draftOf(policy, calendars[0]?.id ?? ''));
  const errors = usePlaceErrors(PLACES);
  const save = useSavePolicy(policy);
  const set = (change: Partial<PolicyDraft>) => setDraft((present) => ({ ...present, ...change }));
  const submit = () => {
    errors.clear();
    save.mutate(inputOf(draft), {
      onSuccess: ({ id }) => {
        notifyDone(t('ui.saved'));
        if (!policy) void navigate(`/sla-config/policies/${id}`, { replace: true });
      },
      onError: errors.tell,
    });
  };
  return (
    <Page
      title={policy?.name ?? t('slaConfig.policies.add')}
      actions={
        isOpen && (
          <>
            {policy && <DeletePolicy policy={policy} />}
            <Button loading={save.isPending} onClick={submit}>
              {t('ui.save')}
            </Button>
          </>
        )
      }
      toolbar={<ConfigTabs />}
    >
      {errors.whole && (
        <Alert color="red" role="alert" mb="md">
          {errors.whole}
        </Alert>
      )}
      <div className={classes.page}>
        <div className={classes.column}>
          <Naming draft={draft} isNew={!policy} isOpen={isOpen} error={errors.at('/name')} set={set} />
          <fieldset className={classes.box}>
            <legend className={classes.legend}>{t('slaConfig.policies.when')}</legend>
            <TicketConditionBuilder
              value={draft.when}
              isDisabled={!isOpen}
              problems={conditionProblemsOf(errors.errors, '/when')}
              onChange={(when) => set({ when })}
            />
          </fieldset>
          <Hours draft={draft} calendars={calendars} isOpen={isOpen} errorAt={errors.at} set={set} />
          <MetricsEditor
            metrics={draft.metrics}
            isOpen={isOpen}
            errorAt={errors.at}
            onChange={(metrics) => set({ metrics })}
          />
          {draft.onChange && (
            <OnChangeEditor
              value={draft.onChange}
              isOpen={isOpen}
              errorAt={errors.at}
              onChange={(onChange) => set({ onChange })}
            />
          )}
        </div>
        <div className={classes.side}>
          <PolicyTester draft={draft} calendars={calendars} />
          {policy && isOpen && <PolicyImpact policy={policy} draft={draft} />}
        </div>
      </div>
    </Page>
  );
}

type HoursProps = {
  draft: PolicyDraft;
  calendars: WorkCalendar[];
  isOpen: boolean;
  errorAt: (place: string) => string | undefined;
  set: (change: Partial<PolicyDraft>) => void;
};

function Hours({ draft, calendars, isOpen, errorAt, set }: HoursProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.pair}>
      <Select
        label={t('slaConfig.policies.calendar')}
        required
        searchable
        allowDeselect={false}
        disabled={!isOpen}
        data={calendars.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.calendarId}
        error={errorAt('/calendarId')}
        onChange={(calendarId) => calendarId && set({ calendarId })}
      />
      <Select
        label={t('slaConfig.policies.objectCalendar')}
        allowDeselect={false}
        disabled={!isOpen}
        data={(['ignore', 'intersect'] as const).map((value) => ({
          value,
          label: t(`slaConfig.policies.objectMode.${value}`),
        }))}
        value={draft.objectCalendarMode ?? 'ignore'}
        error={errorAt('/objectCalendarMode')}
        onChange={(mode) => set({ objectCalendarMode: mode as PolicyDraft['objectCalendarMode'] })}
      />
    </div>
  );
}

type NamingProps = {
  draft: PolicyDraft;
  isNew: boolean;
  isOpen: boolean;
  error: string | undefined;
  set: (change: Partial<PolicyDraft>) => void;
};

function Naming({ draft, isNew, isOpen, error, set }: NamingProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('slaConfig.field.name')}
        required
        maxLength={200}
        disabled={!isOpen}
        data-autofocus={isNew || undefined}
        value={draft.name}
        error={error}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Switch
        label={t('slaConfig.policies.isActive')}
        disabled={!isOpen}
        checked={draft.isActive ?? true}
        onChange={(event) => set({ isActive: event.currentTarget.checked })}
      />
    </>
  );
}
