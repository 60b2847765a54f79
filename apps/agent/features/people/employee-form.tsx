import { CardForm } from '@/directory/form-drawer';
import { TimeZoneSelect } from '@/directory/time-zone-select';
import { PersonPicker } from '@/pickers/directory-pickers';
import { MultiSelect, SegmentedControl, Switch, Text, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import type { Locale } from '@opora/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveEmployee, type Employee } from './employees.queries';
import classes from './people.module.css';
import { useRoleName } from './role-words';
import { rolesQuery } from './roles.queries';
import { allTeamsQuery } from './teams.queries';

type Props = {
  person: Employee | null;
  onSaved: (employee: Employee, issuedPassword?: string) => void;
  onCancel: () => void;
};

const NEW = {
  name: '',
  email: '',
  phone: null,
  phoneExtension: null,
  locale: 'ru' as Locale,
  timeZone: null,
  isActive: true,
  position: '',
  manager: null,
  roles: [],
  teams: [],
};

const valuesOf = ({
  name,
  email,
  phone,
  phoneExtension,
  locale,
  timeZone,
  isActive,
  position,
  manager,
  roles,
  teams,
}: Employee | typeof NEW) => ({
  name,
  email,
  phone: phone ?? '',
  phoneExtension: phoneExtension ?? '',
  locale,
  timeZone,
  isActive,
  position,
  managerId: manager,
  roleIds: roles.map(({ id }: { id: string }) => id),
  teamIds: teams.map(({ id }: { id: string }) => id),
});

/** Fields of an employee. A new one gets a password that must be replaced. */
export function EmployeeForm({ person, onSaved, onCancel }: Props) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const fields = useFields(valuesOf(person ?? NEW));
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSaveEmployee(person?.id ?? null);
  const { data: roles = [] } = useQuery(rolesQuery());
  const { data: teams = [] } = useQuery(allTeamsQuery());

  const submit = () => {
    setProblem(null);
    const { phone, phoneExtension, isActive, managerId, ...values } = fields.values;
    save.mutate(
      {
        ...values,
        phone: phone.trim() || null,
        phoneExtension: phoneExtension.trim() || null,
        managerId: managerId?.id ?? null,
        ...(person ? { isActive } : {}),
      },
      {
        onSuccess: ({ employee, issuedPassword }) => onSaved(employee, issuedPassword),
        onError: (error) => !fields.applyProblem(error) && setProblem(error),
      },
    );
  };
  return (
    <CardForm
      problem={problem}
      submit={person ? t('ui.save') : t('people.employees.create')}
      isBusy={save.isPending}
      onSubmit={submit}
      onCancel={onCancel}
    >
      <TextInput
        label={t('people.field.name')}
        required
        maxLength={200}
        data-autofocus={person ? undefined : true}
        {...fields.text('name')}
      />
      <TextInput
        label={t('people.field.email')}
        description={t('people.emailHint')}
        type="email"
        inputMode="email"
        required
        maxLength={254}
        {...fields.text('email')}
      />
      <div className={classes.pair}>
        <TextInput label={t('people.field.phone')} inputMode="tel" {...fields.text('phone')} />
        <TextInput
          label={t('people.field.phoneExtension')}
          inputMode="numeric"
          maxLength={10}
          {...fields.text('phoneExtension')}
        />
      </div>
      <div className={classes.pair}>
        <TextInput label={t('people.field.position')} maxLength={200} {...fields.text('position')} />
        <PersonPicker
          label={t('people.field.managerId')}
          placeholder={t('people.noManager')}
          clearable
          value={fields.values.managerId}
          error={fields.errors.managerId}
          onChange={(manager) => fields.set('managerId', manager)}
        />
      </div>
      <MultiSelect
        label={t('people.field.roleIds')}
        description={fields.values.roleIds.length === 0 ? t('people.noRoleHint') : undefined}
        searchable
        data={roles.map((role) => ({ value: role.id, label: nameOf(role) }))}
        {...fields.pick('roleIds')}
      />
      <MultiSelect
        label={t('people.field.teamIds')}
        searchable
        data={teams.map((team) => ({
          value: team.id,
          label: t('people.teamOnLine', { name: team.name, line: team.line }),
        }))}
        {...fields.pick('teamIds')}
      />
      <div className={classes.pair}>
        <div>
          <Text size="sm" fw={500} mb={2}>
            {t('people.field.locale')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-label={t('people.field.locale')}
            data={[
              { value: 'ru', label: t('people.locale.ru') },
              { value: 'en', label: t('people.locale.en') },
            ]}
            value={fields.values.locale}
            onChange={(locale) => fields.set('locale', locale as Locale)}
          />
        </div>
        <TimeZoneSelect
          label={t('people.field.timeZone')}
          placeholder={t('people.zoneOfHouse')}
          {...fields.pick('timeZone')}
        />
      </div>
      {person && (
        <Switch
          label={t('people.field.isActive')}
          description={t('people.isActiveHint')}
          checked={fields.values.isActive}
          error={fields.errors.isActive}
          onChange={(event) => fields.set('isActive', event.currentTarget.checked)}
        />
      )}
    </CardForm>
  );
}
