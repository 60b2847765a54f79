import { DurationInput } from '@/timing/duration-input';
import { useSpans } from '@/timing/spans';
import { Button, Switch } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyMetric } from './policies.queries';
import classes from './policies.module.css';
import { MetricSettings } from './metric-settings';
import { newMetric, placeOf, type PolicyDraft } from './policy-draft';
import { warningOf } from './warnings';

type Held = PolicyDraft['metrics'][number];
type Props = {
  metrics: Held[];
  isOpen: boolean;
  errorAt: (place: string) => string | undefined;
  onChange: (metrics: Held[]) => void;
};

/** Six promises, any of them; each with its own pauses, warnings, calendar. */
export function MetricsEditor({ metrics, isOpen, errorAt, onChange }: Props) {
  const { t } = useTranslation();
  const set = (index: number, change: Partial<Held>) =>
    onChange(metrics.map((each, at) => (at === index ? { ...each, ...change } : each)));
  return (
    <fieldset className={classes.box}>
      <legend className={classes.legend}>{t('slaConfig.metrics.title')}</legend>
      {errorAt('/metrics') && !metrics.some((each, at) => each.isOn && errorAt(`/metrics/${placeOf(metrics, at)}`)) && (
        <div role="alert" style={{ color: 'var(--o-red)', fontSize: 12 }}>
          {errorAt('/metrics')}
        </div>
      )}
      {metrics.map((each, index) => (
        <Metric
          key={`${each.metric}${index}`}
          held={each}
          isOpen={isOpen}
          errorAt={(field) => (each.isOn ? errorAt(`/metrics/${placeOf(metrics, index)}${field}`) : undefined)}
          onChange={(change) => set(index, change)}
        />
      ))}
      {isOpen && metrics.some(({ metric, isOn }) => metric === 'dwell' && isOn) && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} />}
          onClick={() => onChange([...metrics, { ...newMetric('dwell'), isOn: true }])}
        >
          {t('slaConfig.metrics.addDwell')}
        </Button>
      )}
    </fieldset>
  );
}

type MetricProps = {
  held: Held;
  isOpen: boolean;
  errorAt: (field: string) => string | undefined;
  onChange: (change: Partial<Held>) => void;
};

function Metric({ held, isOpen, errorAt, onChange }: MetricProps) {
  const { t } = useTranslation();
  const [isUnfolded, setUnfolded] = useState(false);
  const name = t(`timing.metric.${held.metric}`);
  const hasInnerError = Boolean(errorAt('')) && !errorAt('/seconds');
  return (
    <div className={classes.metric}>
      <div className={classes.metricHead}>
        <Switch
          className={classes.metricName}
          label={name}
          description={t(`slaConfig.metrics.means.${held.metric}`)}
          disabled={!isOpen}
          checked={held.isOn}
          onChange={(event) => onChange({ isOn: event.currentTarget.checked })}
        />
        {held.isOn && (
          <DurationInput
            label={name}
            isLabelHidden
            isDisabled={!isOpen}
            seconds={held.seconds}
            error={errorAt('/seconds')}
            onChange={(seconds) => onChange({ seconds })}
          />
        )}
      </div>
      {held.isOn && (
        <>
          <button
            type="button"
            className={classes.fold}
            aria-expanded={isUnfolded || hasInnerError}
            onClick={() => setUnfolded(!isUnfolded)}
          >
            {isUnfolded ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
            <Summary metric={held} />
          </button>
          {(isUnfolded || hasInnerError) && (
            <MetricSettings metric={held} isOpen={isOpen} errorAt={errorAt} onChange={onChange} />
          )}
        </>
      )}
    </div>
  );
}

/** The settings of a promise in one line. */
function Summary({ metric }: { metric: PolicyMetric }) {
  const { t } = useTranslation();
  const spans = useSpans();
  const warned = metric.warnings.map((warning) => {
    const { kind, value } = warningOf(warning);
    return kind === 'percent' ? `${value} %` : t('slaConfig.metrics.before', { span: spans.exact(value) });
  });
  const pauses = metric.pauseCategories.length + metric.pauseStatusIds.length;
  return (
    <span>
      {[
        warned.length > 0 ? t('slaConfig.metrics.warns', { at: warned.join(', ') }) : t('slaConfig.metrics.silent'),
        pauses > 0 ? t('slaConfig.metrics.pauses', { count: pauses }) : t('slaConfig.metrics.noPauses'),
      ].join(' · ')}
    </span>
  );
}
