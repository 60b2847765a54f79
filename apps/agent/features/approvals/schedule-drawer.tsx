import { flatProblem } from '@/directory/flat-problem';
import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { PersonPicker } from '@/pickers/directory-pickers';
import { EntityPicker } from '@/pickers/entity-picker';
import { Button, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalQuery } from './approvals.queries';
import classes from './approvals.module.css';
import type { Named } from './people-input';
import { MONTH_DAYS, ruleOf, rruleOf, WEEKDAYS, withEvery, type ScheduleRule } from './schedule-rule';
import { useDeleteSchedule, useSaveSchedule, type Schedule } from './schedules.queries';
import { approvalKindsQuery, approvalSettingsQuery, referencesQuery } from './start.queries';
import { CURRENCIES } from './use-money';

const EVERY = ['month', 'quarter', 'week', 'own'] as const;
const today = (): string => new Date().toLocaleDateString('sv');

/** What begins by itself, how often and in whose name. */
export function ScheduleDrawer({ schedule, onClose }: { schedule: Schedule | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveSchedule(schedule?.id ?? null);
  const [problem, setProblem] = useState<Error | null>(null);
  const { data: kinds = [] } = useQuery(approvalKindsQuery());
  const { data: settings } = useQuery(approvalSettingsQuery());
  const request = schedule?.request;
  const fields = useFields({
    name: schedule?.name ?? '',
    isActive: schedule?.isActive ?? true,
    rrule: ruleOf(schedule?.rrule ?? 'FREQ=MONTHLY;BYMONTHDAY=1'),
    startsOn: schedule?.startsOn ?? today(),
    time: schedule?.time ?? '09:00',
    initiatorId: (schedule?.initiator ?? null) as Named | null,
    requestKindId: request?.kindId ?? '',
    requestTitle: request?.title ?? '',
    requestText: request?.text ?? '',
    requestAmount: request?.amount ?? '',
    requestCurrency: (request?.currency ?? '') as string,
    requestBasedOnId: (request?.basedOnId ? { id: request.basedOnId, name: '' } : null) as Named | null,
  });
  const { values, errors, set } = fields;
  const base = values.requestBasedOnId;
  const { data: found } = useQuery({ ...approvalQuery(base?.id ?? ''), enabled: base?.name === '' });
  const named = base && { ...base, name: base.name || (found ? `${found.number} ${found.title}` : '…') };
  const currency = values.requestCurrency || settings?.currency || 'RUB';
  const submit = () => {
    setProblem(null);
    save.mutate(
      {
        name: values.name,
        isActive: values.isActive,
        rrule: rruleOf(values.rrule),
        startsOn: values.startsOn,
        time: values.time,
        initiatorId: values.initiatorId?.id ?? '',
        request: {
          kindId: request?.routeId ? null : values.requestKindId || null,
          routeId: request?.routeId ?? null,
          title: values.requestTitle,
          text: values.requestText,
          amount: values.requestAmount.replace(/\s/g, '').replace(',', '.') || null,
          currency: currency as (typeof CURRENCIES)[number],
          basedOnId: values.requestBasedOnId?.id ?? null,
        },
      },
      {
        onSuccess: () => {
          notifyDone(t('ui.saved'));
          onClose();
        },
        onError: (error) => !fields.applyProblem(flatProblem(error)) && setProblem(error),
      },
    );
  };
  return (
    <SideDrawer title={schedule?.name ?? t('approvals.schedules.add')} onClose={onClose} size={560}>
      <CardForm
        problem={problem}
        submit={t('ui.save')}
        isBusy={save.isPending}
        isDisabled={!values.initiatorId}
        onSubmit={submit}
        onCancel={onClose}
        extra={schedule && <DeleteButton id={schedule.id} onClose={onClose} />}
      >
        <TextInput
          label={t('approvals.schedules.name')}
          required
          maxLength={200}
          data-autofocus
          {...fields.text('name')}
        />
        <NativeSelect
          label={t('approvals.kind')}
          required={!request?.routeId}
          disabled={!!request?.routeId}
          value={values.requestKindId}
          error={errors.requestKindId}
          onChange={({ currentTarget }) => set('requestKindId', currentTarget.value)}
          data={[
            { value: '', label: t('approvals.chooseKind') },
            ...kinds
              .filter(({ id, isActive }) => isActive || id === request?.kindId)
              .map(({ id, label }) => ({ value: id, label })),
          ]}
        />
        <TextInput
          label={t('approvals.subject')}
          description={t('approvals.schedules.titleHint')}
          required
          maxLength={300}
          {...fields.text('requestTitle')}
        />
        <div className={classes.pair}>
          <TextInput label={t('approvals.amount')} inputMode="decimal" {...fields.text('requestAmount')} />
          <NativeSelect
            label={t('approvals.currency')}
            value={currency}
            onChange={({ currentTarget }) => set('requestCurrency', currentTarget.value)}
            data={CURRENCIES.map((value) => ({ value, label: t(`approvals.currencies.${value}`) }))}
          />
        </div>
        <RuleFields rule={values.rrule} error={errors.rrule} onChange={(rule) => set('rrule', rule)} />
        <div className={classes.pair}>
          <TextInput type="date" label={t('approvals.schedules.startsOn')} required {...fields.text('startsOn')} />
          <TextInput type="time" label={t('approvals.schedules.time')} required {...fields.text('time')} />
        </div>
        <PersonPicker
          label={t('approvals.schedules.initiator')}
          required
          value={values.initiatorId}
          error={errors.initiatorId}
          onChange={(person) => set('initiatorId', person)}
        />
        <EntityPicker
          label={t('approvals.basedOn')}
          clearable
          value={named}
          error={errors.requestBasedOnId}
          onChange={(picked) => set('requestBasedOnId', picked)}
          search={referencesQuery}
        />
        <Textarea label={t('approvals.text')} autosize minRows={2} maxLength={10_000} {...fields.text('requestText')} />
        <Switch
          label={t('approvals.schedules.isActive')}
          checked={values.isActive}
          onChange={({ currentTarget }) => set('isActive', currentTarget.checked)}
        />
      </CardForm>
    </SideDrawer>
  );
}

type RuleProps = { rule: ScheduleRule; error: string | undefined; onChange: (rule: ScheduleRule) => void };

function RuleFields({ rule, error, onChange }: RuleProps) {
  const { t } = useTranslation();
  const days =
    rule.every === 'week'
      ? WEEKDAYS.map((value) => ({ value, label: t(`approvals.schedules.weekday.${value}`) }))
      : MONTH_DAYS.map((value) => ({ value, label: value === '-1' ? t('approvals.schedules.lastDay') : value }));
  return (
    <div className={classes.pair}>
      <NativeSelect
        label={t('approvals.schedules.every')}
        value={rule.every}
        onChange={({ currentTarget }) => onChange(withEvery(rule, currentTarget.value as ScheduleRule['every']))}
        data={EVERY.map((value) => ({ value, label: t(`approvals.schedules.frequency.${value}`) }))}
      />
      {rule.every === 'own' ? (
        <TextInput
          label={t('approvals.schedules.own')}
          required
          maxLength={500}
          value={rule.own}
          error={error}
          onChange={({ currentTarget }) => onChange({ ...rule, own: currentTarget.value })}
        />
      ) : (
        <NativeSelect
          label={t('approvals.schedules.day')}
          value={rule.day}
          error={error}
          onChange={({ currentTarget }) => onChange({ ...rule, day: currentTarget.value })}
          data={days}
        />
      )}
    </div>
  );
}

function DeleteButton({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useDeleteSchedule(id);
  return (
    <Button
      variant="subtle"
      color="red"
      size="xs"
      loading={remove.isPending}
      onClick={() =>
        remove.mutate(undefined, {
          onSuccess: onClose,
          onError: (error) => notifyProblem(t('ui.failed'), error),
        })
      }
    >
      {t('approvals.schedules.remove')}
    </Button>
  );
}
