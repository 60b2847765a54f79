import { conditionFieldsQuery } from '@/pickers/condition-fields.queries';
import { Checkbox, MultiSelect, Select } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { calendarsQuery } from './calendars.queries';
import { EscalationInput } from './escalation-input';
import type { PolicyMetric } from './policies.queries';
import classes from './policies.module.css';
import { WarningsInput } from './warnings-input';

type Props = {
  metric: PolicyMetric;
  isOpen: boolean;
  errorAt: (field: string) => string | undefined;
  onChange: (change: Partial<PolicyMetric>) => void;
};

const REACTIONS = ['taken', 'answered', 'either'] as const;

/** What a promise leaves out, when it warns and whom, by which hours it counts. */
export function MetricSettings({ metric, isOpen, errorAt, onChange }: Props) {
  const { t } = useTranslation();
  const { data: calendars } = useInfiniteQuery(calendarsQuery());
  const optionsOf = useOptions();
  const common = { size: 'xs' as const, disabled: !isOpen };
  return (
    <div className={classes.metricBody}>
      {metric.metric === 'dwell' && (
        <MultiSelect
          {...common}
          searchable
          required
          label={t('slaConfig.metrics.statuses')}
          data={optionsOf('statusId')}
          value={metric.statusIds}
          error={errorAt('/statusIds')}
          onChange={(statusIds) => onChange({ statusIds })}
        />
      )}
      {metric.metric === 'reaction' && (
        <Select
          {...common}
          label={t('slaConfig.metrics.reactionOn')}
          allowDeselect={false}
          data={REACTIONS.map((value) => ({ value, label: t(`slaConfig.metrics.reaction.${value}`) }))}
          value={metric.reactionOn}
          error={errorAt('/reactionOn')}
          onChange={(reactionOn) => onChange({ reactionOn: reactionOn as PolicyMetric['reactionOn'] })}
        />
      )}
      <WarningsInput
        warnings={metric.warnings}
        isOpen={isOpen}
        error={errorAt('/warnings')}
        onChange={(warnings) => onChange({ warnings })}
      />
      <EscalationInput
        escalateTo={metric.escalateTo}
        isOpen={isOpen}
        error={errorAt('/escalateTo')}
        onChange={(escalateTo) => onChange({ escalateTo })}
      />
      <PauseSettings metric={metric} isOpen={isOpen} errorAt={errorAt} onChange={onChange} />
      <Select
        {...common}
        clearable
        label={t('slaConfig.metrics.calendar')}
        placeholder={t('slaConfig.metrics.policyCalendar')}
        data={(calendars?.pages[0]?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={metric.calendarId}
        error={errorAt('/calendarId')}
        onChange={(calendarId) => onChange({ calendarId })}
      />
    </div>
  );
}

/** When the clock stands. A limit of a status knows no other pause than being put aside. */
function PauseSettings({ metric, isOpen, errorAt, onChange }: Props) {
  const { t } = useTranslation();
  const optionsOf = useOptions();
  const common = { size: 'xs' as const, disabled: !isOpen };
  return (
    <>
      {metric.metric !== 'dwell' && (
        <>
          <MultiSelect
            {...common}
            label={t('slaConfig.metrics.pauseCategories')}
            data={optionsOf('statusCategory')}
            value={metric.pauseCategories}
            error={errorAt('/pauseCategories')}
            onChange={(pauseCategories) =>
              onChange({ pauseCategories: pauseCategories as PolicyMetric['pauseCategories'] })
            }
          />
          <MultiSelect
            {...common}
            searchable
            label={t('slaConfig.metrics.pauseStatuses')}
            data={optionsOf('statusId')}
            value={metric.pauseStatusIds}
            error={errorAt('/pauseStatusIds')}
            onChange={(pauseStatusIds) => onChange({ pauseStatusIds })}
          />
        </>
      )}
      <Checkbox
        size="xs"
        disabled={!isOpen}
        label={t('slaConfig.metrics.pausesWhenPutAside')}
        checked={metric.pausesWhenPutAside}
        onChange={(event) => onChange({ pausesWhenPutAside: event.currentTarget.checked })}
      />
    </>
  );
}

/** What a field of tickets may be, named in the language of the screen. */
function useOptions() {
  const { i18n } = useTranslation();
  const { data } = useQuery(conditionFieldsQuery(i18n.language));
  return (name: string) => data?.find((field) => field.name === name)?.options ?? [];
}
