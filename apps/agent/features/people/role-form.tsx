import { useHolds } from '@/api';
import { CardForm } from '@/directory/form-drawer';
import { MultiSelect, Radio, Stack, TextInput } from '@mantine/core';
import { ApiProblem } from '@opora/client';
import { useFields } from '@opora/ui/form';
import { notifyDone } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { PermissionPicker } from './permission-picker';
import classes from './roles.module.css';
import { categoriesQuery, useSaveRole, type PermissionGroup, type RoleScope } from './roles.queries';

export type RoleDraft = {
  nameRu: string;
  nameEn: string;
  permissions: string[];
  scope: RoleScope;
  categoryIds: string[];
};

const SCOPES: RoleScope[] = ['all', 'teams', 'own', 'categories'];

type Props = { id: string | null; draft: RoleDraft; groups: PermissionGroup[]; isOpen: boolean };

/** Names, reach and permissions of a role. */
export function RoleForm({ id, draft, groups, isOpen }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const fields = useFields(draft);
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSaveRole(id);
  const { values, errors, set } = fields;
  const toList = () => void navigate('/people/roles');
  const submit = () => {
    setProblem(null);
    const { nameRu, nameEn, permissions, scope, categoryIds } = values;
    save.mutate(
      { name: { ru: nameRu, en: nameEn }, permissions, scope, categoryIds: scope === 'categories' ? categoryIds : [] },
      {
        onSuccess: () => {
          notifyDone(t('ui.saved'));
          toList();
        },
        onError: (error) => !fields.applyProblem(withFlatNames(error)) && setProblem(error),
      },
    );
  };
  const body = (
    <>
      <div className={classes.names}>
        <TextInput
          label={t('people.field.nameRu')}
          required
          maxLength={100}
          disabled={!isOpen}
          data-autofocus={id ? undefined : true}
          {...fields.text('nameRu')}
        />
        <TextInput
          label={t('people.field.nameEn')}
          required
          maxLength={100}
          disabled={!isOpen}
          {...fields.text('nameEn')}
        />
      </div>
      <Radio.Group
        label={t('people.scope.label')}
        description={t('people.scope.hint')}
        value={values.scope}
        error={errors.scope}
        onChange={(scope) => set('scope', scope as RoleScope)}
      >
        <Stack gap={6} mt={8}>
          {SCOPES.map((scope) => (
            <Radio
              key={scope}
              value={scope}
              disabled={!isOpen}
              label={t(`people.scope.${scope}.name`)}
              description={t(`people.scope.${scope}.hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {values.scope === 'categories' && (
        <Categories
          value={values.categoryIds}
          error={errors.categoryIds}
          isOpen={isOpen}
          onChange={(ids) => set('categoryIds', ids)}
        />
      )}
      <PermissionPicker
        groups={groups}
        value={values.permissions}
        error={errors.permissions}
        isOpen={isOpen}
        onChange={(codes) => set('permissions', codes)}
      />
    </>
  );
  // Everything in it is shut: the keyboard scrolls the page from here.
  if (!isOpen) {
    return (
      <div className={classes.form} role="group" tabIndex={0} aria-label={t('people.roles.one')}>
        {body}
      </div>
    );
  }
  return (
    <div className={classes.form}>
      <CardForm
        problem={problem}
        submit={id ? t('ui.save') : t('people.roles.create')}
        isBusy={save.isPending}
        onSubmit={submit}
        onCancel={toList}
      >
        {body}
      </CardForm>
    </div>
  );
}

type CategoriesProps = {
  value: string[];
  error: string | undefined;
  isOpen: boolean;
  onChange: (ids: string[]) => void;
};

function Categories({ value, error, isOpen, onChange }: CategoriesProps) {
  const { t } = useTranslation();
  const mayAsk = useHolds('clients.read');
  const { data } = useQuery({ ...categoriesQuery(), enabled: mayAsk });
  return (
    <MultiSelect
      label={t('people.field.categoryIds')}
      searchable
      required
      disabled={!isOpen}
      data={(data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}

/** `/name/ru` of the refusal belongs to the field `nameRu`. */
function withFlatNames(error: Error) {
  if (!(error instanceof ApiProblem)) return error;
  const pointers: Record<string, string> = { '/name/ru': '/nameRu', '/name/en': '/nameEn' };
  return { errors: error.errors.map((each) => ({ ...each, pointer: pointers[each.pointer] ?? each.pointer })) };
}
