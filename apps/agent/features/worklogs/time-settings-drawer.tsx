import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { NumberInput, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { Loading } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsQuery, useSaveSettings, type TimeSettings } from './worklogs.queries';

/** The edit window, the closed period and the timer's step. */
export function TimeSettingsDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { data } = useQuery(settingsQuery());
  return (
    <SideDrawer title={t('worklogs.settings.title')} onClose={onClose}>
      {data ? <SettingsForm settings={data} onClose={onClose} /> : <Loading />}
    </SideDrawer>
  );
}

function SettingsForm({ settings, onClose }: { settings: TimeSettings; onClose: () => void }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSaveSettings();
  const fields = useFields({
    lockedUntil: settings.lockedUntil ?? '',
    editWindowHours: settings.editWindowHours as number | string | null,
    timerStepMinutes: settings.timerStepMinutes as number | string,
  });
  const { values, errors, set } = fields;
  const submit = () => {
    setProblem(null);
    save.mutate(
      {
        lockedUntil: values.lockedUntil || null,
        editWindowHours:
          values.editWindowHours === '' || values.editWindowHours === null ? null : Number(values.editWindowHours),
        timerStepMinutes: Number(values.timerStepMinutes) || 1,
      },
      {
        onSuccess: () => {
          notifyDone(t('worklogs.settings.saved'));
          onClose();
        },
        onError: (error) => !fields.applyProblem(error) && setProblem(error),
      },
    );
  };
  return (
    <CardForm problem={problem} submit={t('ui.save')} isBusy={save.isPending} onSubmit={submit} onCancel={onClose}>
      <TextInput
        type="date"
        data-autofocus
        label={t('worklogs.settings.lockedUntil')}
        description={t('worklogs.settings.lockedUntilHint')}
        {...fields.text('lockedUntil')}
      />
      <NumberInput
        label={t('worklogs.settings.editWindowHours')}
        description={t('worklogs.settings.editWindowHoursHint')}
        min={0}
        max={8760}
        allowDecimal={false}
        value={values.editWindowHours ?? ''}
        error={errors.editWindowHours}
        onChange={(value) => set('editWindowHours', value)}
      />
      <NumberInput
        label={t('worklogs.settings.timerStepMinutes')}
        description={t('worklogs.settings.timerStepMinutesHint')}
        min={1}
        max={60}
        allowDecimal={false}
        value={values.timerStepMinutes}
        error={errors.timerStepMinutes}
        onChange={(value) => set('timerStepMinutes', value)}
      />
    </CardForm>
  );
}
