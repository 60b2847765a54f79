import { RemoveButton } from '@/directory/remove-button';
import { useHolds, useMe } from '@/api';
import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { PersonPicker } from '@/pickers/directory-pickers';
import { Select, Textarea, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { ErrorState, Loading } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, todayOf } from './absence-days';
import { AbsenceTickets } from './absence-tickets';
import classes from './absences.module.css';
import { backOn, daysInWords, reasonInWords, standInWords, toneOf } from './absence-words';
import { absenceQuery, useDeleteAbsence, useSaveAbsence, type Absence, type AbsenceReason } from './absences.queries';

const REASONS = ['vacation', 'sick', 'trip', 'other'] as const;

/** An absence: to tell of it, to change it, and what lies with the person meanwhile. */
export function AbsenceDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ ...absenceQuery(id ?? ''), enabled: id !== null });
  const mayAssign = useHolds('tickets.assign');
  return (
    <SideDrawer title={data ? data.employee.name : t('people.absences.one')} onClose={onClose}>
      {id === null && <AbsenceForm absence={null} onClose={onClose} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {id !== null && !data && !error && <Loading lines={8} />}
      {data && (
        <div className={classes.card}>
          {data.canEdit ? (
            <AbsenceForm key={data.version} absence={data} onClose={onClose} />
          ) : (
            <AbsenceFacts absence={data} />
          )}
          {mayAssign && <AbsenceTickets absence={data} />}
        </div>
      )}
    </SideDrawer>
  );
}

/** For whoever may look only. */
function AbsenceFacts({ absence }: { absence: Absence }) {
  const { t, i18n } = useTranslation();
  return (
    <div className={classes.facts}>
      <div>
        {reasonInWords(absence, t)}, {daysInWords(absence, i18n.language)}
      </div>
      <div className={classes.standIn} data-tone={toneOf(absence)}>
        {standInWords(absence, t)}
      </div>
    </div>
  );
}

type Person = { id: string; name: string };

function AbsenceForm({ absence, onClose }: { absence: Absence | null; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const managesOthers = useHolds('people.manage_absences');
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSaveAbsence(absence);
  const today = todayOf();
  const fields = useFields({
    employeeId: absence?.employee ?? ({ id: me.id, name: me.name } as Person | null),
    from: absence?.firstDay ?? today,
    to: absence?.lastDay ?? addDays(today, 13),
    reason: absence?.reason ?? ('vacation' as AbsenceReason),
    substituteId: absence?.substitute ?? (null as Person | null),
    note: absence?.note ?? '',
  });
  const { values, errors, set } = fields;
  const submit = () => {
    setProblem(null);
    // The last day is still away; one that stays is not sent.
    const to = absence && values.to === absence.lastDay ? absence.lastDay : backOn({ lastDay: values.to });
    const { employeeId, substituteId, from, reason, note } = values;
    save.mutate(
      { employeeId: employeeId?.id ?? '', substituteId: substituteId?.id ?? null, from, to, reason, note },
      {
        onSuccess: () => {
          notifyDone(t('ui.saved'));
          onClose();
        },
        onError: (error) => !fields.applyProblem(error) && setProblem(error),
      },
    );
  };
  return (
    <CardForm
      problem={problem}
      submit={absence ? t('ui.save') : t('people.absences.create')}
      isBusy={save.isPending}
      isDisabled={!values.employeeId || !values.from || !values.to}
      onSubmit={submit}
      onCancel={onClose}
      extra={absence && <RemoveAbsence absence={absence} onClose={onClose} />}
    >
      <PersonPicker
        label={t('people.absences.field.employeeId')}
        required
        disabled={absence !== null || !managesOthers}
        value={values.employeeId}
        error={errors.employeeId}
        onChange={(person) => set('employeeId', person && { id: person.id, name: person.name })}
      />
      <div className={classes.pair}>
        <TextInput type="date" required label={t('people.absences.field.from')} {...fields.text('from')} />
        <TextInput
          type="date"
          required
          label={t('people.absences.field.to')}
          min={values.from}
          {...fields.text('to')}
        />
      </div>
      <Select
        label={t('people.absences.field.reason')}
        description={t('people.absences.reasonHint')}
        allowDeselect={false}
        data={REASONS.map((value) => ({ value, label: t(`people.absences.reason.${value}`) }))}
        value={values.reason}
        error={errors.reason}
        onChange={(reason) => reason && set('reason', reason as AbsenceReason)}
      />
      <PersonPicker
        label={t('people.absences.field.substituteId')}
        description={t('people.absences.substituteHint')}
        clearable
        value={values.substituteId}
        error={errors.substituteId}
        onChange={(person) => set('substituteId', person && { id: person.id, name: person.name })}
      />
      {absence && toneOf(absence) !== 'covered' && (
        <div className={classes.standIn} data-tone={toneOf(absence)}>
          {standInWords(absence, t)}
        </div>
      )}
      <Textarea label={t('people.absences.field.note')} autosize minRows={2} maxLength={500} {...fields.text('note')} />
    </CardForm>
  );
}

function RemoveAbsence({ absence, onClose }: { absence: Absence; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <div>
      <RemoveButton
        leftSection={<IconTrash size={15} />}
        label={t('people.absences.remove')}
        title={t('people.absences.removeTitle', { name: absence.employee.name })}
        hint={t('people.absences.removeHint')}
        done={t('people.absences.removed')}
        remove={useDeleteAbsence(absence.id)}
        onDone={onClose}
      />
    </div>
  );
}
