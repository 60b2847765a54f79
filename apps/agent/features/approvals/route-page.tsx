import { useHolds } from '@/api';
import { OrderedList } from '@/directory/ordered-list';
import { Alert, Button, NativeSelect, TextInput } from '@mantine/core';
import { ApiProblem } from '@opora/client';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { ApprovalsTabs } from './approvals-tabs';
import classes from './approvals.module.css';
import {
  draftOf,
  inputOf,
  messageAt,
  newStage,
  type ApprovalRoute,
  type RouteDefinition,
  type RouteDraft,
} from './route-draft';
import { RouteRules } from './route-rules';
import { routeQuery, useArchiveRoute, useSaveRoute } from './route-settings.queries';
import { RouteVersions } from './route-versions';
import { StageEditor } from './stage-editor';
import { approvalKindsQuery } from './start.queries';
import { ThresholdInput } from './threshold-input';

/** One route: for which requests it is, and the stages they go through. */
export function RoutePage() {
  const { t } = useTranslation();
  const { id = 'new' } = useParams();
  const isNew = id === 'new';
  const { data: route, error, refetch } = useQuery({ ...routeQuery(id), enabled: !isNew });
  if (!isNew && !route)
    return (
      <Page title={t('approvals.routes.title')} toolbar={<ApprovalsTabs />}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading lines={12} />}
      </Page>
    );
  return <RouteEditor key={`${id}:${route?.version ?? 0}`} route={route ?? null} />;
}

function RouteEditor({ route }: { route: ApprovalRoute | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isOpen = useHolds('approvals.manage') && !route?.archivedAt;
  const [draft, setDraft] = useState(() => draftOf(route, route?.kind.id ?? ''));
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSaveRoute(route);
  const problems = problem instanceof ApiProblem ? problem.errors : [];
  const errorAt = (place: string) => messageAt(problems, place);
  const set = (change: Partial<RouteDraft>) => setDraft((present) => ({ ...present, ...change }));
  const submit = () => {
    setProblem(null);
    save.mutate(inputOf(draft), {
      onSuccess: ({ id }) => {
        notifyDone(t('ui.saved'));
        if (!route) void navigate(`/approvals/routes/${id}`, { replace: true });
      },
      onError: setProblem,
    });
  };
  return (
    <Page
      isWide
      title={route?.label ?? t('approvals.routes.add')}
      toolbar={<ApprovalsTabs />}
      actions={
        isOpen && (
          <>
            {route && <ArchiveButton route={route} />}
            <Button loading={save.isPending} onClick={submit}>
              {t('ui.save')}
            </Button>
          </>
        )
      }
    >
      <div className={classes.columns}>
        <fieldset className={classes.form} disabled={!isOpen}>
          {problem && (
            <Alert color="red" role="alert">
              {problems.length ? t('approvals.routes.lookBelow') : problem.message}
              {unplaced(problems).map((words) => (
                <div key={words}>{words}</div>
              ))}
            </Alert>
          )}
          <Naming draft={draft} errorAt={errorAt} set={set} />
          <Stages
            definition={draft.definition}
            isOpen={isOpen}
            errorAt={errorAt}
            set={(definition) => set({ definition })}
          />
          <RouteRules
            definition={draft.definition}
            errorAt={errorAt}
            set={(change) => set({ definition: { ...draft.definition, ...change } })}
          />
        </fieldset>
        {route && (
          <RouteVersions route={route} isOpen={isOpen} onTake={(version) => setDraft(draftOf(version, draft.kindId))} />
        )}
      </div>
    </Page>
  );
}

const PLACED =
  /^\/(name|kindId|over|upTo)\b|^\/definition\/(copies|executors|stages\/\d+\/(name|approvers|mode|k|term|remindBefore|escalate|documents))\b/;
/** Refusals that no field shows. */
const unplaced = (problems: ApiProblem['errors']): string[] =>
  problems.filter(({ pointer }) => !PLACED.test(pointer)).map(({ message }) => message);

function ArchiveButton({ route }: { route: ApprovalRoute }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const archive = useArchiveRoute();
  return (
    <Button
      variant="default"
      loading={archive.isPending}
      onClick={() =>
        archive.mutate(route, {
          onSuccess: () => void navigate('/approvals/routes'),
          onError: (error) => notifyProblem(t('ui.failed'), error),
        })
      }
    >
      {t('ui.archive')}
    </Button>
  );
}

type ErrorAt = (place: string) => string | undefined;
type NamingProps = { draft: RouteDraft; errorAt: ErrorAt; set: (change: Partial<RouteDraft>) => void };

function Naming({ draft: { name, kindId, over, upTo }, errorAt, set }: NamingProps) {
  const { t } = useTranslation();
  const { data: kinds = [] } = useQuery(approvalKindsQuery());
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          label={t('approvals.routes.nameRu')}
          required
          maxLength={200}
          value={name.ru}
          error={errorAt('/name')}
          onChange={({ currentTarget }) => set({ name: { ...name, ru: currentTarget.value } })}
        />
        <TextInput
          label={t('approvals.routes.nameEn')}
          maxLength={200}
          value={name.en}
          onChange={({ currentTarget }) => set({ name: { ...name, en: currentTarget.value } })}
        />
        <NativeSelect
          label={t('approvals.kind')}
          required
          value={kindId}
          error={errorAt('/kindId')}
          onChange={({ currentTarget }) => set({ kindId: currentTarget.value })}
          data={[
            { value: '', label: t('approvals.chooseKind') },
            ...kinds
              .filter(({ id, isActive }) => isActive || id === kindId)
              .map(({ id, label }) => ({ value: id, label })),
          ]}
        />
      </div>
      <div className={classes.pair}>
        <ThresholdInput
          label={t('approvals.routes.over')}
          value={over}
          error={errorAt('/over')}
          onChange={(next) => set({ over: next })}
        />
        <ThresholdInput
          label={t('approvals.routes.upTo')}
          value={upTo}
          error={errorAt('/upTo')}
          onChange={(next) => set({ upTo: next })}
        />
      </div>
    </>
  );
}

type StagesProps = {
  definition: RouteDefinition;
  isOpen: boolean;
  errorAt: ErrorAt;
  set: (definition: RouteDefinition) => void;
};

function Stages({ definition, isOpen, errorAt, set }: StagesProps) {
  const { t } = useTranslation();
  const { stages } = definition;
  const change = (next: RouteDefinition['stages']) => set({ ...definition, stages: next });
  return (
    <section aria-label={t('approvals.stages')}>
      <h2 className={classes.groupTitle}>{t('approvals.stages')}</h2>
      <OrderedList
        items={stages}
        isOpen={isOpen && stages.length > 1}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name.ru}
        onOrder={change}
      >
        {(stage) => (
          <StageEditor
            stage={stage}
            isOnly={stages.length === 1}
            errorAt={(place) => errorAt(`/definition/stages/${stages.indexOf(stage)}${place}`)}
            set={(next) => change(stages.map((each) => (each === stage ? { ...each, ...next } : each)))}
            onDrop={() => change(stages.filter((each) => each !== stage))}
          />
        )}
      </OrderedList>
      {stages.length < 20 && (
        <Button
          variant="default"
          size="xs"
          mt="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => change([...stages, newStage(stages)])}
        >
          {t('approvals.routes.addStage')}
        </Button>
      )}
    </section>
  );
}
