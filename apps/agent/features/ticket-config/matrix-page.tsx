import { api, useHolds } from '@/api';
import { ActionIcon, Alert, Button, Group, Select, Switch, Text, TextInput } from '@mantine/core';
import { ApiProblem, unwrap, type FieldProblem, type Schemas } from '@opora/client';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { IconPlus, IconX } from '@tabler/icons-react';
import { queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './bindings.module.css';
import { prioritiesQuery } from './ticket-config.queries';
import { TicketConfigTabs } from './ticket-config-tabs';
import { Swatch } from './tint';
import { useLocal } from './use-local';

type Level = { code: string; name: { ru: string; en: string } };
type Cell = { impact: string; urgency: string; priorityId: string };
type Matrix = Schemas['PutPriorityMatrix'];
type Axis = 'impacts' | 'urgencies';

const matrixQuery = () =>
  queryOptions({
    queryKey: ['priority-matrix', 'edit'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/priority-matrix', { signal })),
  });

/** Priority out of impact and urgency, for those who weigh it so. */
export function MatrixPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ ...matrixQuery(), staleTime: 0 });
  return (
    <Page title={t('ticketConfig.matrix.title')} toolbar={<TicketConfigTabs />}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} height={18} />}
      {data && <MatrixForm key={JSON.stringify(data)} matrix={data} />}
    </Page>
  );
}

function MatrixForm({ matrix }: { matrix: Matrix }) {
  const { t } = useTranslation();
  const isManager = useHolds('tickets.configure');
  const queries = useQueryClient();
  const [values, setValues] = useState<Matrix>(() => ({
    ...matrix,
    impacts: matrix.impacts.map(({ code, name }) => ({ code, name })),
    urgencies: matrix.urgencies.map(({ code, name }) => ({ code, name })),
  }));
  const [told, setTold] = useState<FieldProblem[]>([]);
  const save = useMutation({
    mutationFn: () => unwrap(api.http.PUT('/priority-matrix', { body: { ...values, cells: livingCells(values) } })),
    onSuccess: (saved) => {
      void queries.invalidateQueries({ queryKey: ['priority-matrix'] });
      queries.setQueryData(matrixQuery().queryKey, saved);
      notifyDone(t('ui.saved'));
    },
    onError: (error) => setTold(error instanceof ApiProblem ? error.errors : []),
  });
  const change = (part: Partial<Matrix>) => {
    setTold([]);
    setValues((present) => ({ ...present, ...part }));
  };
  return (
    <div className={classes.page}>
      <Switch
        label={t('ticketConfig.matrix.isOn')}
        description={t('ticketConfig.matrix.hint')}
        disabled={!isManager}
        checked={values.isOn}
        onChange={(event) => change({ isOn: event.currentTarget.checked })}
      />
      <div className={classes.levels}>
        {(['impacts', 'urgencies'] as const).map((axis) => (
          <Levels
            key={axis}
            axis={axis}
            levels={values[axis]}
            known={matrix[axis].map(({ code }) => code)}
            isOpen={isManager}
            errorOf={(place) => told.find(({ pointer }) => pointer === `/${axis}${place}`)?.message}
            onChange={(levels) => change({ [axis]: levels })}
          />
        ))}
      </div>
      <Cells
        values={values}
        isOpen={isManager}
        error={told.find(({ pointer }) => pointer.startsWith('/cells'))?.message}
        onChange={(cells) => change({ cells })}
      />
      {save.error && told.length === 0 && (
        <Alert color="red" variant="light" role="alert">
          {save.error.message}
        </Alert>
      )}
      {isManager && (
        <Group>
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            {t('ui.save')}
          </Button>
        </Group>
      )}
    </div>
  );
}

const livingCells = ({ impacts, urgencies, cells }: Matrix) =>
  cells.filter(
    ({ impact, urgency }) =>
      impacts.some(({ code }) => code === impact) && urgencies.some(({ code }) => code === urgency),
  );

type LevelsProps = {
  axis: Axis;
  levels: Level[];
  known: string[];
  isOpen: boolean;
  errorOf: (place: string) => string | undefined;
  onChange: (levels: Level[]) => void;
};

function Levels({ axis, levels, known, isOpen, errorOf, onChange }: LevelsProps) {
  const { t } = useTranslation();
  const put = (at: number, level: Level) => onChange(levels.map((each, index) => (index === at ? level : each)));
  return (
    <section>
      <h2 className={classes.legend}>{t(`ticketConfig.matrix.${axis}`)}</h2>
      {errorOf('') && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {errorOf('')}
        </Text>
      )}
      {levels.map((level, at) => (
        <div key={at} className={classes.level}>
          {(['ru', 'en'] as const).map((language) => (
            <TextInput
              key={language}
              size="xs"
              aria-label={t(`ticketConfig.matrix.name.${language}`, { n: at + 1 })}
              placeholder={t(`ticketConfig.matrix.placeholder.${language}`)}
              disabled={!isOpen}
              value={level.name[language]}
              error={errorOf(`/${at}/name/${language}`)}
              onChange={(event) =>
                put(at, { ...level, name: { ...level.name, [language]: event.currentTarget.value } })
              }
            />
          ))}
          <TextInput
            size="xs"
            aria-label={t('ticketConfig.field.code')}
            placeholder={t('ticketConfig.field.code')}
            spellCheck={false}
            disabled={!isOpen}
            readOnly={known.includes(level.code)}
            variant={known.includes(level.code) ? 'filled' : 'default'}
            value={level.code}
            error={errorOf(`/${at}/code`)}
            onChange={(event) => put(at, { ...level, code: event.currentTarget.value })}
          />
          {isOpen && (
            <ActionIcon
              aria-label={t('ticketConfig.matrix.remove', { n: at + 1 })}
              onClick={() => onChange(levels.filter((_, index) => index !== at))}
            >
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      {isOpen && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} />}
          onClick={() => onChange([...levels, { code: freeCode(levels), name: { ru: '', en: '' } }])}
        >
          {t('ticketConfig.matrix.add')}
        </Button>
      )}
    </section>
  );
}

const freeCode = (levels: Level[]): string => {
  const taken = new Set(levels.map(({ code }) => code));
  return Array.from({ length: 20 }, (_, index) => `level_${index + 1}`).find((code) => !taken.has(code)) ?? '';
};

type CellsProps = { values: Matrix; isOpen: boolean; error: string | undefined; onChange: (cells: Cell[]) => void };

/** Rows are impacts, columns urgencies; an empty cell leaves the priority alone. */
function Cells({ values: { impacts, urgencies, cells }, isOpen, error, onChange }: CellsProps) {
  const { t } = useTranslation();
  const local = useLocal();
  const { data } = useInfiniteQuery(prioritiesQuery());
  const priorities = (data?.pages[0]?.data ?? []).filter(({ archivedAt }) => archivedAt === null);
  if (impacts.length === 0 || urgencies.length === 0) return null;
  const of = (impact: string, urgency: string) =>
    cells.find((cell) => cell.impact === impact && cell.urgency === urgency)?.priorityId ?? null;
  const put = (impact: string, urgency: string, priorityId: string | null) => {
    const rest = cells.filter((cell) => cell.impact !== impact || cell.urgency !== urgency);
    onChange(priorityId ? [...rest, { impact, urgency, priorityId }] : rest);
  };
  return (
    <div className={classes.scroll}>
      {error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('ticketConfig.matrix.corner')}</th>
            {urgencies.map(({ code, name }) => (
              <th key={code} scope="col">
                {local(name) || code}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {impacts.map(({ code: impact, name }) => (
            <tr key={impact}>
              <th scope="row">{local(name) || impact}</th>
              {urgencies.map(({ code: urgency, name: column }) => {
                const chosen = priorities.find(({ id }) => id === of(impact, urgency));
                return (
                  <td key={urgency}>
                    <Select
                      size="xs"
                      aria-label={`${local(name)} × ${local(column)}`}
                      clearable
                      clearButtonProps={{ 'aria-label': t('directory.clear') }}
                      disabled={!isOpen}
                      data={priorities.map((priority) => ({ value: priority.id, label: local(priority.name) }))}
                      leftSection={chosen && <Swatch tint={chosen.color} />}
                      value={chosen?.id ?? null}
                      onChange={(priorityId) => put(impact, urgency, priorityId)}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
