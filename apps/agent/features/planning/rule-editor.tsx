import { TimeZoneSelect } from '@/directory/time-zone-select';
import { Button, Checkbox, Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './planning.module.css';
import { NTHS, type RuleDraft, type RuleKind, WEEKDAYS, type Weekday } from './rule-draft';

type Props = {
  rule: RuleDraft;
  isOpen: boolean;
  errorAt: (place: string) => string | undefined;
  onChange: (rule: RuleDraft) => void;
};
type Preset = { key: string; kind: RuleKind; change?: Partial<RuleDraft> };

const PRESETS: Preset[] = [
  { key: 'daily', kind: 'daily', change: { interval: 1 } },
  { key: 'weekly', kind: 'weekly', change: { interval: 1 } },
  { key: 'monthDay', kind: 'monthDay', change: { interval: 1 } },
  { key: 'monthWeekday', kind: 'monthWeekday', change: { interval: 1 } },
  { key: 'quarterly', kind: 'monthDay', change: { interval: 3 } },
  { key: 'yearly', kind: 'yearly', change: { interval: 1 } },
  { key: 'afterDone', kind: 'afterDone' },
  { key: 'own', kind: 'own' },
];
const isPressed = ({ key, kind }: Preset, rule: RuleDraft): boolean => {
  if (kind !== rule.kind) return false;
  return kind !== 'monthDay' || (key === 'quarterly') === (rule.interval === 3);
};

/** When tickets are made: by one of the usual forms, or by a rule of one's own. */
export function RuleEditor({ rule, isOpen, errorAt, onChange }: Props) {
  const { t } = useTranslation();
  const set = (change: Partial<RuleDraft>) => onChange({ ...rule, ...change });
  return (
    <>
      <div role="group" aria-label={t('planning.rule.kind')} className={classes.presets}>
        {PRESETS.map((preset) => (
          <Button
            key={preset.key}
            size="compact-sm"
            variant={isPressed(preset, rule) ? 'filled' : 'default'}
            aria-pressed={isPressed(preset, rule)}
            disabled={!isOpen}
            onClick={() => set({ kind: preset.kind, ...preset.change })}
          >
            {t(`planning.preset.${preset.key}`)}
          </Button>
        ))}
      </div>
      <Details rule={rule} isOpen={isOpen} errorAt={errorAt} onChange={onChange} />
      <div className={classes.row}>
        <TextInput
          type="date"
          label={t(rule.kind === 'afterDone' ? 'planning.rule.firstDate' : 'planning.rule.from')}
          required
          disabled={!isOpen}
          value={rule.date}
          error={errorAt('/rule/dtstart')}
          onChange={(event) => set({ date: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t('planning.rule.time')}
          required
          disabled={!isOpen}
          value={rule.time}
          onChange={(event) => set({ time: event.currentTarget.value })}
        />
        <TimeZoneSelect
          label={t('planning.rule.timeZone')}
          clearable={false}
          disabled={!isOpen}
          value={rule.timeZone}
          error={errorAt('/rule/timeZone')}
          onChange={(zone) => zone && set({ timeZone: zone })}
        />
      </div>
    </>
  );
}

function Details({ rule, isOpen, errorAt, onChange }: Props) {
  const { t } = useTranslation();
  const set = (change: Partial<RuleDraft>) => onChange({ ...rule, ...change });
  const every = (unit: string) => (
    <NumberInput
      label={t('planning.rule.interval')}
      suffix={` ${t(`planning.unit.${unit}`)}`}
      min={1}
      max={1000}
      clampBehavior="strict"
      allowDecimal={false}
      disabled={!isOpen}
      value={rule.interval}
      error={errorAt('/rule/rrule')}
      onChange={(value) => set({ interval: Number(value) || 1 })}
    />
  );
  switch (rule.kind) {
    case 'daily':
      return <div className={classes.row}>{every('day')}</div>;
    case 'yearly':
      return <div className={classes.row}>{every('year')}</div>;
    case 'weekly':
      return (
        <div className={classes.row}>
          {every('week')}
          <Checkbox.Group
            label={t('planning.rule.days')}
            value={rule.days}
            error={rule.days.length ? undefined : t('planning.rule.daysRequired')}
            onChange={(days) => set({ days: days as Weekday[] })}
          >
            <Group gap="sm" mt={8}>
              {WEEKDAYS.map((day) => (
                <Checkbox key={day} value={day} disabled={!isOpen} label={t(`planning.weekdayShort.${day}`)} />
              ))}
            </Group>
          </Checkbox.Group>
        </div>
      );
    case 'monthDay':
      return (
        <div className={classes.row}>
          {every('month')}
          <Select
            label={t('planning.rule.monthDay')}
            allowDeselect={false}
            disabled={!isOpen}
            data={[...Array.from({ length: 31 }, (_, index) => index + 1), -1].map((day) => ({
              value: String(day),
              label: day === -1 ? t('planning.rule.lastDay') : String(day),
            }))}
            value={String(rule.monthDay)}
            onChange={(day) => set({ monthDay: Number(day) })}
          />
        </div>
      );
    case 'monthWeekday':
      return <NthWeekday rule={rule} isOpen={isOpen} set={set} every={every('month')} />;
    case 'afterDone':
      return (
        <div className={classes.row}>
          <NumberInput
            label={t('planning.rule.afterDays')}
            description={t('planning.rule.afterHint')}
            suffix={` ${t('planning.unit.day')}`}
            min={1}
            max={3660}
            allowDecimal={false}
            disabled={!isOpen}
            value={rule.afterDays}
            error={errorAt('/rule/afterDone')}
            onChange={(value) => set({ afterDays: Number(value) || 1 })}
          />
        </div>
      );
    case 'own':
      return (
        <Textarea
          label={t('planning.rule.own')}
          description={t('planning.rule.ownHint')}
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          disabled={!isOpen}
          classNames={{ input: classes.code }}
          value={rule.own}
          error={errorAt('/rule/rrule')}
          onChange={(event) => set({ own: event.currentTarget.value })}
        />
      );
  }
}

type NthProps = { rule: RuleDraft; isOpen: boolean; set: (change: Partial<RuleDraft>) => void; every: React.ReactNode };

function NthWeekday({ rule, isOpen, set, every }: NthProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.row}>
      {every}
      <Select
        label={t('planning.rule.nth')}
        allowDeselect={false}
        disabled={!isOpen}
        data={NTHS.map((nth) => ({ value: String(nth), label: t(`planning.nth.m.${nth === -1 ? 'last' : nth}`) }))}
        value={String(rule.nth)}
        onChange={(nth) => set({ nth: Number(nth) })}
      />
      <Select
        label={t('planning.rule.weekday')}
        allowDeselect={false}
        disabled={!isOpen}
        data={WEEKDAYS.map((day) => ({ value: day, label: t(`planning.weekdayName.${day}`) }))}
        value={rule.weekday}
        onChange={(day) => set({ weekday: day as Weekday })}
      />
    </div>
  );
}
