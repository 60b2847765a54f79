import { useHolds, useMe } from '@/api';
import { Alert, Badge, Button, TextInput } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { ApiProblem } from '@opora/client';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { DatesPreview } from './dates-preview';
import { newPlan, planDraftOf, planInputOf, type PlanDraft } from './plan-draft';
import { PlanFields } from './plan-fields';
import { PlanObjects } from './plan-objects';
import { planQuery, useEndPlan, useSavePlan, useSetActive, type Plan } from './planning.queries';
import { PlanningTabs } from './planning-tabs';
import { PlanTiming } from './plan-timing';
import classes from './planning.module.css';

/** One plan: what its tickets are, when, for which objects; at its side the next dates. */
export function PlanPage() {
  const { t } = useTranslation();
  const { id = 'new' } = useParams();
  const plan = useQuery({ ...planQuery(id), enabled: id !== 'new' });
  if (id !== 'new' && !plan.data)
    return (
      <Page title={t('planning.plans.title')} toolbar={<PlanningTabs />}>
        {plan.error ? <ErrorState error={plan.error} onRetry={() => void plan.refetch()} /> : <Loading lines={12} />}
      </Page>
    );
  return <PlanEditor key={`${id}:${plan.data?.version ?? 0}`} plan={plan.data ?? null} />;
}

const today = () => {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
};
const errorOf = (problem: Error | null) => (place: string) => {
  const errors = problem instanceof ApiProblem ? problem.errors : [];
  const found = errors.filter(({ pointer }) => pointer === place || pointer.startsWith(`${place}/`));
  return found.length ? [...new Set(found.map(({ message }) => message))].join(' ') : undefined;
};

function PlanEditor({ plan }: { plan: Plan | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const isOpen = useHolds('planning.manage') && !plan?.archivedAt;
  const zone = me.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [draft, setDraft] = useState(() => (plan ? planDraftOf(plan) : newPlan(today(), zone)));
  const save = useSavePlan(plan);
  const set = (change: Partial<PlanDraft>) => setDraft((present) => ({ ...present, ...change }));
  const errorAt = errorOf(save.error);
  const submit = () =>
    save.mutate(planInputOf(draft), {
      onSuccess: ({ id }) => {
        notifyDone(t('planning.saved'));
        if (!plan) void navigate(`/planning/plans/${id}`, { replace: true });
      },
    });
  const fields = { draft, isOpen, errorAt, set };
  const hasPlace = save.error instanceof ApiProblem && save.error.errors.length > 0;
  return (
    <Page
      title={plan?.name ?? t('planning.plans.add')}
      actions={
        isOpen && (
          <>
            {plan && <PlanActions plan={plan} />}
            <Button loading={save.isPending} onClick={submit}>
              {t('ui.save')}
            </Button>
          </>
        )
      }
      toolbar={<PlanningTabs />}
    >
      {save.error && (
        <Alert color="red" role="alert" mb="md">
          {hasPlace ? t('planning.refused') : save.error.message}
        </Alert>
      )}
      {plan?.archivedAt && <Alert mb="md">{t('planning.ended')}</Alert>}
      {plan && !plan.isActive && !plan.archivedAt && (
        <Badge color="yellow" variant="light" mb="sm">
          {t('planning.state.paused')}
        </Badge>
      )}
      <div className={classes.page}>
        <div className={classes.column}>
          <TextInput
            label={t('planning.field.name')}
            required
            maxLength={200}
            disabled={!isOpen}
            data-autofocus={!plan || undefined}
            value={draft.name}
            error={errorAt('/name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <PlanTiming {...fields} />
          <PlanObjects {...fields} />
          <PlanFields {...fields} />
        </div>
        <div className={classes.side}>
          <DatesPreview draft={draft} id={plan && isOpen ? plan.id : null} />
        </div>
      </div>
    </Page>
  );
}

/** Pause, go on, end. */
function PlanActions({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const setActive = useSetActive(plan.id);
  const end = useEndPlan(plan.id);
  const onError = (error: Error) => notifyProblem(t('ui.failed'), error);
  return (
    <>
      <Button
        variant="default"
        loading={setActive.isPending}
        onClick={() => setActive.mutate(!plan.isActive, { onError })}
      >
        {t(plan.isActive ? 'planning.pause' : 'planning.resume')}
      </Button>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('planning.end')}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        title={t('planning.endTitle', { name: plan.name })}
        confirm={t('planning.end')}
        isDangerous
        isBusy={end.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => end.mutate(undefined, { onError, onSuccess: () => void navigate('/planning/plans') })}
      >
        {t('planning.endText')}
      </ConfirmDialog>
    </>
  );
}
