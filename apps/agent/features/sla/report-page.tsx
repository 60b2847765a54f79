import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { ApiProblem } from '@opora/client';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { IconChartBar, IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PRESETS, presetOf } from './report-period';
import { ReportTable } from './report-table';
import { ReportTickets } from './report-tickets';
import classes from './report.module.css';
import { SlaTabs } from './sla-tabs';
import { OUTCOMES, REPORT_BY, type ReportRow } from './sla.types';
import { reportQuery, type ReportParams } from './watch.queries';

const METRICS = ['resolution', 'reaction', 'assignment', 'next_update', 'arrival', 'dwell'] as const;

/** Share of kept promises by line, client, engineer, type or month; every figure opens into its tickets. */
export function ReportPage() {
  const { t } = useTranslation();
  const address = useListAddress();
  const params = paramsOf(address.get);
  const { data, error, isPlaceholderData, refetch } = useQuery(reportQuery(params));
  const refusal = error instanceof ApiProblem && error.status === 422 ? error : null;
  const key = address.get('key');
  const outcome = OUTCOMES.find((each) => each === address.get('outcome'));
  const isOpen = address.get('open') === '1';
  const open = (row: ReportRow | null, chosen: string | null) =>
    address.set({ open: '1', key: row ? (row.key ?? 'none') : null, outcome: chosen });
  const rows = data?.data ?? [];
  const name = rows.find((row) => (row.key ?? 'none') === key)?.name ?? t('sla.report.all');
  return (
    <Page isWide title={t('sla.report.title')} toolbar={<SlaTabs />}>
      <Filters params={params} set={address.set} refusal={refusal} />
      <div className={classes.body} aria-busy={isPlaceholderData}>
        {error && !refusal && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Loading lines={8} />}
        {data && rows.length === 0 && (
          <EmptyState
            icon={<IconChartBar size={36} stroke={1.3} />}
            title={t('sla.report.empty')}
            hint={t('sla.report.emptyHint')}
          />
        )}
        {data && rows.length > 0 && <ReportTable rows={rows} whole={data.total} by={params.by} onOpen={open} />}
      </div>
      {isOpen && (
        <ReportTickets
          title={outcome ? `${name}: ${t(`sla.report.${outcome}`)}` : name}
          params={{ ...params, ...(key ? { key } : {}), ...(outcome ? { outcome } : {}) }}
          onClose={() => address.set({ open: null, key: null, outcome: null })}
        />
      )}
    </Page>
  );
}

function paramsOf(get: (key: string) => string | undefined): ReportParams {
  const month = presetOf('month', new Date());
  const q = get('q');
  return {
    from: get('from') ?? month.from,
    to: get('to') ?? month.to,
    by: REPORT_BY.find((each) => each === get('by')) ?? 'line',
    metric: METRICS.find((each) => each === get('metric')) ?? 'resolution',
    ...(q ? { q } : {}),
  };
}

type FiltersProps = {
  params: ReportParams;
  set: ReturnType<typeof useListAddress>['set'];
  refusal: ApiProblem | null;
};

function Filters({ params, set, refusal }: FiltersProps) {
  const { t } = useTranslation();
  const [q, setQ] = useState(params.q ?? '');
  const later = useDebouncedCallback((next: string) => set({ q: next.trim() }), 400);
  const said = (pointer: string) => refusal?.errors.find((each) => each.pointer.endsWith(pointer))?.message;
  return (
    <FilterBar>
      <Group gap={4}>
        {PRESETS.map((preset) => {
          const period = presetOf(preset, new Date());
          const isChosen = period.from === params.from && period.to === params.to;
          return (
            <Button
              key={preset}
              size="compact-xs"
              variant={isChosen ? 'light' : 'subtle'}
              aria-pressed={isChosen}
              onClick={() => set(period)}
            >
              {t(`sla.report.preset.${preset}`)}
            </Button>
          );
        })}
      </Group>
      {(['from', 'to'] as const).map((edge) => (
        <TextInput
          key={edge}
          type="date"
          size="xs"
          aria-label={t(`sla.report.${edge}`)}
          value={params[edge]}
          error={said(edge)}
          onChange={(event) => event.currentTarget.value && set({ [edge]: event.currentTarget.value })}
        />
      ))}
      <Select
        size="xs"
        w={150}
        aria-label={t('sla.report.by')}
        allowDeselect={false}
        data={REPORT_BY.map((value) => ({ value, label: t(`sla.report.byWhat.${value}`) }))}
        value={params.by}
        onChange={(by) => set({ by })}
      />
      <Select
        size="xs"
        w={170}
        aria-label={t('sla.excuses.metric')}
        allowDeselect={false}
        data={METRICS.map((value) => ({ value, label: t(`timing.metric.${value}`) }))}
        value={params.metric}
        onChange={(metric) => set({ metric })}
      />
      <TextInput
        size="xs"
        className={classes.filter}
        leftSection={<IconFilter size={14} />}
        aria-label={t('sla.report.filter')}
        placeholder={t('sla.report.filterHint')}
        value={q}
        maxLength={500}
        error={said('q') ?? (refusal && !said('from') && !said('to') ? refusal.message : undefined)}
        onChange={(event) => {
          setQ(event.currentTarget.value);
          later(event.currentTarget.value);
        }}
      />
    </FilterBar>
  );
}
