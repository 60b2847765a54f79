import { RemoveButton } from '@/directory/remove-button';
import { useHolds } from '@/api';
import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { PersonPicker, TeamPicker } from '@/pickers/directory-pickers';
import { conditionProblemsOf, TicketConditionBuilder } from '@/pickers/ticket-condition';
import { Select, Switch, TextInput } from '@mantine/core';
import { ApiProblem } from '@opora/client';
import type { Condition } from '@opora/ui/conditions';
import { useFields } from '@opora/ui/form';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { calendarsQuery, useDeleteRow, useSaveRow, type RoutingRow } from './routing.queries';
import classes from './routing.module.css';

type Named = { id: string; name: string };
const HOURS = ['any', 'inside', 'outside'] as const;
/** What a ticket does not have yet when it is routed, or what depends on who fills in a form. */
const NOT_ASKED = ['teamId', 'teamLine', 'assigneeId', 'channel'];

/** One row of the table: when it fits and who gets the ticket then. */
export function RoutingRowDrawer({ row, onClose }: { row: RoutingRow | null; onClose: () => void }) {
  const { t } = useTranslation();
  const isOpen = useHolds('automation.manage');
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSaveRow(row);
  const fields = useFields({
    name: row?.name ?? '',
    isActive: row?.isActive ?? true,
    when: (row?.when as Condition | undefined) ?? { all: [] },
    hours: row?.hours ?? ('any' as RoutingRow['hours']),
    calendarId: row?.calendar?.id ?? (null as string | null),
    teamId: row?.team ?? (null as Named | null),
    assigneeId: row?.assignee ?? (null as Named | null),
  });
  const { values, errors, set } = fields;
  const refusals = problem instanceof ApiProblem ? problem.errors : [];
  const conditionProblems = conditionProblemsOf(refusals, '/when');
  const submit = () => {
    setProblem(null);
    const { teamId, assigneeId, ...rest } = values;
    save.mutate(
      {
        ...rest,
        calendarId: rest.hours === 'any' ? null : rest.calendarId,
        teamId: teamId?.id ?? '',
        assigneeId: assigneeId?.id ?? null,
      },
      {
        onSuccess: ({ findings }) => {
          if (findings.length)
            notifyProblem(t('routing.savedBut'), new Error(findings.map(({ message }) => message).join(' ')));
          else notifyDone(t('ui.saved'));
          onClose();
        },
        onError: (error) => {
          fields.applyProblem(error);
          setProblem(error);
        },
      },
    );
  };
  return (
    <SideDrawer title={row ? row.name : t('routing.add')} onClose={onClose} size={640}>
      <CardForm
        problem={
          problem && (refusals.length === 0 || errors.when) ? (errors.when ? new Error(errors.when) : problem) : null
        }
        submit={row ? t('ui.save') : t('routing.create')}
        isBusy={save.isPending}
        isDisabled={!isOpen || !values.teamId}
        onSubmit={submit}
        onCancel={onClose}
        extra={row && isOpen && <RemoveRow row={row} onClose={onClose} />}
      >
        <TextInput
          label={t('routing.field.name')}
          required
          maxLength={200}
          disabled={!isOpen}
          data-autofocus={row ? undefined : true}
          {...fields.text('name')}
        />
        <fieldset className={classes.box}>
          <legend className={classes.legend}>{t('routing.field.when')}</legend>
          <TicketConditionBuilder
            value={values.when}
            isDisabled={!isOpen}
            without={NOT_ASKED}
            problems={conditionProblems}
            onChange={(when) => set('when', when)}
          />
          <Hours
            hours={values.hours}
            calendarId={values.calendarId}
            error={errors.calendarId}
            isOpen={isOpen}
            onChange={(hours, calendarId) => {
              set('hours', hours);
              set('calendarId', calendarId);
            }}
          />
        </fieldset>
        <fieldset className={classes.box}>
          <legend className={classes.legend}>{t('routing.field.then')}</legend>
          <div className={classes.pair}>
            <TeamPicker
              label={t('routing.field.teamId')}
              required
              disabled={!isOpen}
              value={values.teamId}
              error={errors.teamId}
              onChange={(team) => set('teamId', team && { id: team.id, name: team.name })}
            />
            <PersonPicker
              label={t('routing.field.assigneeId')}
              placeholder={t('routing.nobody')}
              clearable
              disabled={!isOpen}
              value={values.assigneeId}
              error={errors.assigneeId}
              onChange={(person) => set('assigneeId', person && { id: person.id, name: person.name })}
            />
          </div>
          <p className={classes.hint}>{t('routing.personHint')}</p>
        </fieldset>
        <Switch
          label={t('routing.field.isActive')}
          disabled={!isOpen}
          checked={values.isActive}
          onChange={(event) => set('isActive', event.currentTarget.checked)}
        />
      </CardForm>
    </SideDrawer>
  );
}

type HoursProps = {
  hours: RoutingRow['hours'];
  calendarId: string | null;
  error: string | undefined;
  isOpen: boolean;
  onChange: (hours: RoutingRow['hours'], calendarId: string | null) => void;
};

function Hours({ hours, calendarId, error, isOpen, onChange }: HoursProps) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(calendarsQuery());
  return (
    <div className={classes.pair}>
      <Select
        label={t('routing.field.hours')}
        allowDeselect={false}
        disabled={!isOpen}
        data={HOURS.map((value) => ({ value, label: t(`routing.hoursMode.${value}`) }))}
        value={hours}
        onChange={(next) => onChange(next as RoutingRow['hours'], calendarId ?? data[0]?.id ?? null)}
      />
      {hours !== 'any' && (
        <Select
          label={t('routing.field.calendarId')}
          required
          allowDeselect={false}
          searchable
          disabled={!isOpen}
          data={data.map(({ id, name }) => ({ value: id, label: name }))}
          value={calendarId}
          error={error}
          onChange={(next) => onChange(hours, next)}
        />
      )}
    </div>
  );
}

function RemoveRow({ row, onClose }: { row: RoutingRow; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <div>
      <RemoveButton
        leftSection={<IconTrash size={15} />}
        label={t('routing.remove')}
        title={t('routing.removeTitle', { name: row.name })}
        hint={t('routing.removeHint')}
        done={t('routing.removed')}
        remove={useDeleteRow(row.id)}
        onDone={onClose}
      />
    </div>
  );
}
