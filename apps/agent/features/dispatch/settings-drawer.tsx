import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { DurationInput } from '@/timing/duration-input';
import { NumberInput, Select } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { ErrorState, Loading } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import type { Schemas } from '@opora/client';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { calendarsQuery, dispatchSettingsQuery, useSaveSettings } from './skills.queries';

/** How travel is estimated and how long a day is. */
export function SettingsDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const settings = useQuery(dispatchSettingsQuery());
  return (
    <SideDrawer title={t('dispatch.settings.title')} onClose={onClose}>
      {settings.error ? (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      ) : settings.data ? (
        <SettingsForm settings={settings.data} onClose={onClose} />
      ) : (
        <Loading lines={5} height={30} />
      )}
    </SideDrawer>
  );
}

type Props = { settings: Schemas['DispatchSettingsView']; onClose: () => void };

function SettingsForm({ settings, onClose }: Props) {
  const { t } = useTranslation();
  const save = useSaveSettings();
  const calendars = useQuery(calendarsQuery());
  const { roadFactor, speedKmh, calendarId, daySeconds, visitSeconds } = settings;
  const fields = useFields({ roadFactor, speedKmh, calendarId, daySeconds, visitSeconds });
  const { values, errors, set } = fields;
  const submit = () =>
    save.mutate(values, {
      onSuccess: () => {
        notifyDone(t('dispatch.settings.saved'));
        onClose();
      },
      onError: (error) => void fields.applyProblem(error),
    });
  return (
    <CardForm
      problem={Object.values(errors).some(Boolean) ? null : save.error}
      submit={t('dispatch.save')}
      isBusy={save.isPending}
      onSubmit={submit}
      onCancel={onClose}
    >
      <NumberInput
        label={t('dispatch.settings.roadFactor')}
        description={t('dispatch.settings.roadFactorHint')}
        min={1}
        max={5}
        step={0.1}
        decimalScale={2}
        value={values.roadFactor}
        error={errors.roadFactor}
        onChange={(value) => set('roadFactor', Number(value))}
      />
      <NumberInput
        label={t('dispatch.settings.speed')}
        min={1}
        max={200}
        allowDecimal={false}
        value={values.speedKmh}
        error={errors.speedKmh}
        onChange={(value) => set('speedKmh', Number(value))}
      />
      <Select
        label={t('dispatch.settings.calendar')}
        description={t('dispatch.settings.calendarHint')}
        clearable
        data={(calendars.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        {...fields.pick('calendarId')}
      />
      <DurationInput
        label={t('dispatch.settings.day')}
        seconds={values.daySeconds}
        error={errors.daySeconds}
        onChange={(seconds) => set('daySeconds', seconds)}
      />
      <DurationInput
        label={t('dispatch.settings.visit')}
        seconds={values.visitSeconds}
        error={errors.visitSeconds}
        onChange={(seconds) => set('visitSeconds', seconds)}
      />
    </CardForm>
  );
}
