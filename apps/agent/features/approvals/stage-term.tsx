import { DurationInput } from '@/timing/duration-input';
import { ActionIcon, Button, NativeSelect, Switch } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './approvals.module.css';
import { ApproverInput } from './approver-input';
import { newApprover, READERS, type RouteStage } from './route-draft';
import { calendarsQuery } from './route-settings.queries';
import type { StageProps } from './stage-editor';

const HOUR = 3600;
const TIMES = ['none', 'plain', 'working'] as const;

/** How long there is for a decision, when it is reminded of, who is told when it is late. */
export function StageTerm({ stage, errorAt, set }: StageProps) {
  const { t } = useTranslation();
  const { term, remindBefore, escalate } = stage;
  const { data: calendars = [] } = useQuery({ ...calendarsQuery(), enabled: term?.time === 'working' });
  const setTime = (time: (typeof TIMES)[number]) =>
    set({
      term:
        time === 'none' ? null : { seconds: term?.seconds ?? 24 * HOUR, calendarId: term?.calendarId ?? null, time },
    });
  return (
    <>
      <div className={classes.pair}>
        <NativeSelect
          label={t('approvals.routes.term')}
          value={term?.time ?? 'none'}
          onChange={({ currentTarget }) => setTime(currentTarget.value as (typeof TIMES)[number])}
          data={TIMES.map((value) => ({ value, label: t(`approvals.routes.times.${value}`) }))}
        />
        {term && (
          <DurationInput
            label={t('approvals.routes.length')}
            seconds={term.seconds}
            error={errorAt('/term/seconds')}
            onChange={(seconds) => set({ term: { ...term, seconds } })}
          />
        )}
        {term?.time === 'working' && (
          <NativeSelect
            label={t('approvals.routes.calendar')}
            value={term.calendarId ?? ''}
            error={errorAt('/term/calendarId')}
            onChange={({ currentTarget }) => set({ term: { ...term, calendarId: currentTarget.value || null } })}
            data={[
              { value: '', label: t('approvals.routes.chooseCalendar') },
              ...calendars.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </div>
      {term && (
        <>
          <Reminders value={remindBefore} errorAt={errorAt} onChange={(next) => set({ remindBefore: next })} />
          <Switch
            label={t('approvals.routes.escalates')}
            checked={escalate !== null}
            onChange={({ currentTarget }) =>
              set({ escalate: currentTarget.checked ? { afterSeconds: 0, to: newApprover('managers') } : null })
            }
          />
          {escalate && <Escalation escalate={escalate} errorAt={errorAt} set={set} />}
        </>
      )}
    </>
  );
}

type EscalationProps = Omit<StageProps, 'stage'> & { escalate: NonNullable<RouteStage['escalate']> };

function Escalation({ escalate, errorAt, set }: EscalationProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.pair}>
      <DurationInput
        label={t('approvals.routes.escalateAfter')}
        seconds={escalate.afterSeconds}
        error={errorAt('/escalate/afterSeconds')}
        onChange={(afterSeconds) => set({ escalate: { ...escalate, afterSeconds } })}
      />
      <ApproverInput
        label={t('approvals.routes.escalateTo')}
        isLabelShown
        kinds={READERS}
        value={escalate.to}
        error={errorAt('/escalate/to')}
        onChange={(to) => set({ escalate: { ...escalate, to } })}
      />
    </div>
  );
}

type RemindersProps = { value: number[]; errorAt: StageProps['errorAt']; onChange: (seconds: number[]) => void };

function Reminders({ value, errorAt, onChange }: RemindersProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.reminders}>
      {value.map((seconds, index) => (
        <div key={index} className={classes.approverRow}>
          <DurationInput
            label={t('approvals.routes.remind', { n: index + 1 })}
            seconds={seconds}
            error={errorAt(`/remindBefore/${index}`)}
            onChange={(next) => onChange(value.map((each, at) => (at === index ? next : each)))}
          />
          <ActionIcon
            mt={24}
            aria-label={t('approvals.routes.drop', { name: t('approvals.routes.remind', { n: index + 1 }) })}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {value.length < 3 && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} />}
          onClick={() => onChange([...value, HOUR * (value.length + 1)])}
        >
          {t('approvals.routes.addReminder')}
        </Button>
      )}
    </div>
  );
}
