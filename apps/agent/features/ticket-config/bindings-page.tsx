import { api, useHolds } from '@/api';
import { CompanyPicker } from '@/pickers/directory-pickers';
import { ActionIcon, Alert, Button, Group, Select, Text } from '@mantine/core';
import { ApiProblem, unwrap, type FieldProblem, type Schemas } from '@opora/client';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './bindings.module.css';
import { categoriesQuery, processesQuery, typesQuery } from './ticket-config.queries';
import { TicketConfigTabs } from './ticket-config-tabs';
import { useLocal } from './use-local';

type Named = { id: string; name: string };
type Binding = Schemas['ProcessBindingView'];
type Row = { key: number; type: string | null; company: Named | null; category: string | null; process: string | null };

const bindingsQuery = () =>
  queryOptions({
    queryKey: ['process-bindings'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/process-bindings', { signal }))).data,
  });

/** Which tickets go by which process: the first row that fits, else the process of their type. */
export function BindingsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(bindingsQuery());
  return (
    <Page title={t('ticketConfig.bindings.title')} toolbar={<TicketConfigTabs />}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} height={18} />}
      {data && <BindingsForm key={JSON.stringify(data)} bindings={data} />}
    </Page>
  );
}

let last = 0;
const rowOf = ({ type, company, category, process }: Binding): Row => ({
  key: ++last,
  type: type?.id ?? null,
  company,
  category: category?.id ?? null,
  process: process.id,
});

function BindingsForm({ bindings }: { bindings: Binding[] }) {
  const { t } = useTranslation();
  const isManager = useHolds('tickets.configure');
  const queries = useQueryClient();
  const [rows, setRows] = useState(() => bindings.map(rowOf));
  const [told, setTold] = useState<FieldProblem[]>([]);
  const [isChanged, setChanged] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.http.PUT('/process-bindings', {
          body: {
            bindings: rows.map(({ type, company, category, process }) => ({
              typeId: type,
              companyId: company?.id ?? null,
              categoryId: category,
              processId: process ?? '',
            })),
          },
        }),
      ),
    onSuccess: ({ data }) => {
      queries.setQueryData(bindingsQuery().queryKey, data);
      notifyDone(t('ui.saved'));
    },
    onError: (error) => setTold(error instanceof ApiProblem ? error.errors : []),
  });
  const change = (next: Row[]) => {
    setRows(next);
    setTold([]);
    setChanged(true);
  };
  const move = (at: number, by: -1 | 1) => {
    const next = [...rows];
    const [row] = next.splice(at, 1);
    if (row) next.splice(at + by, 0, row);
    change(next);
  };
  const add = () => change([...rows, { key: ++last, type: null, company: null, category: null, process: null }]);
  return (
    <div className={classes.page}>
      <Text size="sm" c="dimmed">
        {t('ticketConfig.bindings.hint')}
      </Text>
      {rows.length === 0 && <Text size="sm">{t('ticketConfig.bindings.empty')}</Text>}
      <ol className={classes.rows}>
        {rows.map((row, at) => (
          <li key={row.key} className={classes.row}>
            <BindingRow
              row={row}
              isOpen={isManager}
              errorOf={(field) => told.find(({ pointer }) => pointer.startsWith(`/bindings/${at}${field}`))?.message}
              onChange={(next) => change(rows.map((each) => (each.key === row.key ? next : each)))}
            />
            {isManager && (
              <Group gap={0} wrap="nowrap">
                <ActionIcon
                  aria-label={t('ticketConfig.bindings.up', { n: at + 1 })}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                >
                  <IconArrowUp size={14} />
                </ActionIcon>
                <ActionIcon
                  aria-label={t('ticketConfig.bindings.down', { n: at + 1 })}
                  disabled={at === rows.length - 1}
                  onClick={() => move(at, 1)}
                >
                  <IconArrowDown size={14} />
                </ActionIcon>
                <ActionIcon
                  aria-label={t('ticketConfig.bindings.remove', { n: at + 1 })}
                  onClick={() => change(rows.filter(({ key }) => key !== row.key))}
                >
                  <IconX size={14} />
                </ActionIcon>
              </Group>
            )}
          </li>
        ))}
      </ol>
      {save.error && told.length === 0 && (
        <Alert color="red" variant="light" role="alert">
          {save.error.message}
        </Alert>
      )}
      {isManager && (
        <Group>
          <Button variant="default" leftSection={<IconPlus size={15} />} onClick={add}>
            {t('ticketConfig.bindings.add')}
          </Button>
          <Button loading={save.isPending} disabled={!isChanged} onClick={() => save.mutate()}>
            {t('ui.save')}
          </Button>
        </Group>
      )}
    </div>
  );
}

type RowProps = {
  row: Row;
  isOpen: boolean;
  errorOf: (field: string) => string | undefined;
  onChange: (row: Row) => void;
};

function BindingRow({ row, isOpen, errorOf, onChange }: RowProps) {
  const { t } = useTranslation();
  const local = useLocal();
  const { data: types } = useInfiniteQuery(typesQuery());
  const { data: processes } = useInfiniteQuery(processesQuery());
  const { data: categories } = useQuery(categoriesQuery());
  const any = {
    clearable: true,
    disabled: !isOpen,
    size: 'xs' as const,
    clearButtonProps: { 'aria-label': t('directory.clear') },
  };
  const whole = errorOf('') && !['/typeId', '/companyId', '/categoryId', '/processId'].some((field) => errorOf(field));
  return (
    <>
      <Select
        {...any}
        aria-label={t('ticketConfig.field.type')}
        placeholder={t('ticketConfig.bindings.anyType')}
        data={(types?.pages[0]?.data ?? []).map(({ id, name }) => ({ value: id, label: local(name) }))}
        value={row.type}
        error={errorOf('/typeId')}
        onChange={(type) => onChange({ ...row, type })}
      />
      <CompanyPicker
        {...any}
        aria-label={t('ticketConfig.bindings.company')}
        placeholder={t('ticketConfig.bindings.anyCompany')}
        value={row.company}
        error={errorOf('/companyId')}
        onChange={(company) => onChange({ ...row, company })}
      />
      <Select
        {...any}
        aria-label={t('ticketConfig.bindings.category')}
        placeholder={t('ticketConfig.bindings.anyCategory')}
        data={(categories ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={row.category}
        error={errorOf('/categoryId')}
        onChange={(category) => onChange({ ...row, category })}
      />
      <Select
        size="xs"
        aria-label={t('ticketConfig.field.process')}
        placeholder={t('ticketConfig.bindings.process')}
        disabled={!isOpen}
        allowDeselect={false}
        data={(processes?.pages[0]?.data ?? []).map(({ id, name }) => ({ value: id, label: local(name) }))}
        value={row.process}
        error={errorOf('/processId') ?? (whole ? errorOf('') : undefined)}
        onChange={(process) => onChange({ ...row, process })}
      />
    </>
  );
}
