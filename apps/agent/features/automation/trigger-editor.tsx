import { TimeZoneSelect } from '@/directory/time-zone-select';
import { MultiSelect, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './automation.module.css';
import {
  newTrigger,
  secondsOf,
  USUAL_TIMES,
  waitOf,
  type EventTrigger,
  type RuleTrigger,
  type ScheduleTrigger,
  type TimeTrigger,
  type Wait,
} from './rule-trigger';
import type { Triggers } from './rules.queries';

type Errors = { pointer: string; message: string }[];
type Props<Trigger> = {
  value: Trigger;
  triggers: Triggers;
  isOpen: boolean;
  errors: Errors;
  onChange: (trigger: RuleTrigger) => void;
};

const errorAt = (errors: Errors, name: string) =>
  errors.find(({ pointer }) => pointer === `/trigger/${name}` || pointer.startsWith(`/trigger/${name}/`))?.message;

/** «When»: an event, a time after a moment, a schedule. */
export function TriggerEditor(props: Props<RuleTrigger>) {
  const { t } = useTranslation();
  const { value, isOpen, errors, onChange } = props;
  const change = (kind: string) => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    onChange(newTrigger(kind as RuleTrigger['kind'], timeZone));
  };
  return (
    <div className={classes.parts}>
      <SegmentedControl
        aria-label={t('automation.triggerKind')}
        fullWidth
        disabled={!isOpen}
        data={(['event', 'after', 'schedule'] as const).map((kind) => ({
          value: kind,
          label: t(`automation.kind.${kind}`),
        }))}
        value={value.kind}
        onChange={change}
      />
      {value.kind === 'event' && <EventEditor {...props} value={value} />}
      {value.kind === 'after' && <TimeEditor {...props} value={value} />}
      {value.kind === 'schedule' && <ScheduleEditor {...props} value={value} />}
      {errors
        .filter(({ pointer }) => pointer === '/trigger' || pointer === '/trigger/kind')
        .map(({ message }) => (
          <p key={message} className={classes.error}>
            {message}
          </p>
        ))}
    </div>
  );
}

function EventEditor({ value, triggers, isOpen, errors, onChange }: Props<EventTrigger>) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t('automation.event')}
        allowDeselect={false}
        disabled={!isOpen}
        data={triggers.events.map(({ name, label }) => ({ value: name, label }))}
        value={value.event}
        error={errorAt(errors, 'event')}
        onChange={(event) => event && onChange({ kind: 'event', event })}
      />
      {value.event === 'ticket.changed' && (
        <MultiSelect
          label={t('automation.fields')}
          placeholder={value.fields?.length ? undefined : t('automation.anyField')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('directory.clear') }}
          disabled={!isOpen}
          data={triggers.fields}
          value={value.fields ?? []}
          error={errorAt(errors, 'fields')}
          onChange={(fields) => onChange({ ...value, fields })}
        />
      )}
    </>
  );
}

function TimeEditor({ value, triggers, isOpen, errors, onChange }: Props<TimeTrigger>) {
  const { t } = useTranslation();
  const isBefore = value.seconds < 0;
  const wait = waitOf(value.seconds);
  const setWait = (next: Wait, before = isBefore) =>
    onChange({ ...value, seconds: secondsOf(next) * (before ? -1 : 1), ...(before && { calendarId: null }) });
  const isComing = triggers.coming.includes(value.moment);
  return (
    <>
      <div className={classes.wait}>
        <NumberInput
          label={t('automation.waitLabel')}
          min={1}
          max={5_000_000}
          allowDecimal={false}
          disabled={!isOpen}
          value={wait.count}
          error={errorAt(errors, 'seconds')}
          onChange={(count) => setWait({ ...wait, count: Math.max(1, Number(count) || 1) })}
        />
        <Select
          label={t('automation.unitLabel')}
          allowDeselect={false}
          disabled={!isOpen}
          data={(['minute', 'hour', 'day'] as const).map((unit) => ({
            value: unit,
            label: t(`automation.unit.${unit}`),
          }))}
          value={wait.unit}
          onChange={(unit) => unit && setWait({ ...wait, unit: unit as Wait['unit'] })}
        />
        {isComing && (
          <Select
            label={t('automation.sideLabel')}
            allowDeselect={false}
            disabled={!isOpen}
            data={(['after', 'before'] as const).map((side) => ({ value: side, label: t(`automation.side.${side}`) }))}
            value={isBefore ? 'before' : 'after'}
            onChange={(side) => setWait(wait, side === 'before')}
          />
        )}
      </div>
      <Select
        label={t('automation.momentLabel')}
        allowDeselect={false}
        disabled={!isOpen}
        data={triggers.moments}
        value={value.moment}
        error={errorAt(errors, 'moment')}
        onChange={(moment) =>
          moment &&
          onChange({
            ...value,
            moment,
            seconds: triggers.coming.includes(moment) ? value.seconds : Math.abs(value.seconds),
          })
        }
      />
      {!isBefore && (
        <Select
          label={t('automation.calendarLabel')}
          placeholder={t('automation.plainTime')}
          clearable
          clearButtonProps={{ 'aria-label': t('directory.clear') }}
          disabled={!isOpen}
          data={triggers.calendars.map(({ id, name }) => ({ value: id, label: name }))}
          value={value.calendarId ?? null}
          error={errorAt(errors, 'calendarId')}
          onChange={(calendarId) => onChange({ ...value, calendarId })}
        />
      )}
      <p className={classes.hint}>{t('automation.timeHint')}</p>
    </>
  );
}

function ScheduleEditor({ value, isOpen, errors, onChange }: Props<ScheduleTrigger>) {
  const { t } = useTranslation();
  const isUsual = (USUAL_TIMES as readonly string[]).includes(value.rrule);
  const own = 'own';
  return (
    <>
      <Select
        label={t('automation.rruleLabel')}
        allowDeselect={false}
        disabled={!isOpen}
        data={[
          ...USUAL_TIMES.map((rrule, index) => ({ value: rrule, label: t(`automation.times.${index}`) })),
          { value: own, label: t('automation.ownTimes') },
        ]}
        value={isUsual ? value.rrule : own}
        onChange={(rrule) =>
          rrule && onChange({ ...value, rrule: rrule === own ? 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO' : rrule })
        }
      />
      {!isUsual && (
        <TextInput
          label={t('automation.rrule')}
          description={t('automation.rruleHint')}
          disabled={!isOpen}
          maxLength={500}
          value={value.rrule}
          onChange={(event) => onChange({ ...value, rrule: event.currentTarget.value })}
        />
      )}
      {errorAt(errors, 'rrule') && <p className={classes.error}>{errorAt(errors, 'rrule')}</p>}
      <div className={classes.wait}>
        <TextInput
          type="time"
          label={t('automation.timeLabel')}
          disabled={!isOpen}
          value={value.time}
          error={errorAt(errors, 'time')}
          onChange={(event) => onChange({ ...value, time: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('automation.startsOn')}
          disabled={!isOpen}
          value={value.startsOn}
          error={errorAt(errors, 'startsOn')}
          onChange={(event) => onChange({ ...value, startsOn: event.currentTarget.value })}
        />
      </div>
      <TimeZoneSelect
        label={t('automation.zoneLabel')}
        disabled={!isOpen}
        value={value.timeZone}
        error={errorAt(errors, 'timeZone')}
        onChange={(timeZone) => timeZone && onChange({ ...value, timeZone })}
      />
    </>
  );
}
