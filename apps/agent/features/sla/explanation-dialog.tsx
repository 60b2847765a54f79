import { useNarrow } from '@/directory/use-narrow';
import { saveText } from '@/timing/save-text';
import { ExplanationView } from '@/timing/explanation-view';
import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { useFormat } from '@opora/ui/format';
import { ErrorState, Loading } from '@opora/ui/page';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { notifyProblem } from '@opora/ui/theme';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explanationCsv, explanationQuery, ticketSlaQuery } from './sla.queries';
import type { Metric, RunRef } from './sla.types';

type Props = { number: string; run: RunRef; onClose: () => void };

/** «Почему срок 14:37»: the deadline step by step, and the same as a table for a dispute. */
export function ExplanationDialog({ number, run: first, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNarrow = useNarrow();
  const [run, setRun] = useState(first);
  const { data, error, refetch } = useQuery(explanationQuery(number, run));
  const { data: sla } = useQuery(ticketSlaQuery(number));
  const metrics = [...new Set([first.metric, ...(sla?.clocks.map(({ metric }) => metric) ?? [])])];
  const due = data?.dueAt;
  const csv = useMutation({
    mutationFn: () => explanationCsv(number, run),
    onSuccess: (text) => saveText(`${number}-${run.metric}.csv`, text, 'text/csv'),
    onError: (problem) => notifyProblem(t('ui.failed'), problem),
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      size={820}
      fullScreen={isNarrow}
      title={due ? t('sla.why.title', { at: format.dateTime(due) }) : t('sla.why.plain')}
    >
      <Group justify="space-between" mb="md" gap="xs">
        <MetricChoice metrics={metrics} value={run.metric} onChange={(metric) => setRun({ metric })} />
        <Button
          variant="default"
          leftSection={<IconDownload size={15} />}
          loading={csv.isPending}
          disabled={!data}
          onClick={() => csv.mutate()}
        >
          {t('sla.why.csv')}
        </Button>
      </Group>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <ExplanationView explanation={data} />
      ) : (
        <Loading lines={8} />
      )}
    </Dialog>
  );
}

type ChoiceProps = { metrics: Metric[]; value: Metric; onChange: (metric: Metric) => void };

function MetricChoice({ metrics, value, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const data = metrics.map((metric) => ({ value: metric, label: t(`timing.metric.${metric}`) }));
  if (metrics.length === 1) return <strong>{data[0]?.label}</strong>;
  const label = t('sla.why.metric');
  if (isNarrow || metrics.length > 4)
    return (
      <Select
        size="xs"
        aria-label={label}
        allowDeselect={false}
        data={data}
        value={value}
        onChange={(metric) => onChange(metric as Metric)}
      />
    );
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      data={data}
      value={value}
      onChange={(metric) => onChange(metric as Metric)}
    />
  );
}
