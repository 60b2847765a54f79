import { RemoveButton } from '@/directory/remove-button';
import { ActionsEditor } from '@/ticket-actions/actions-editor';
import type { StoredAction } from '@/ticket-actions/ticket-actions.queries';
import { Alert, Button, SimpleGrid, TextInput } from '@mantine/core';
import { ApiProblem, type FieldProblem } from '@opora/client';
import { useFields } from '@opora/ui/form';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import classes from './macros.module.css';
import { macroQuery, useDeleteMacro, useSaveMacro, type Macro, type Scope } from './macros.queries';
import { ScopeFields } from './scope-fields';

/** The editor of one macro, or of a new one. */
export function MacroPage() {
  const { t } = useTranslation();
  const { id = 'new' } = useParams();
  const { data, error, refetch } = useQuery({ ...macroQuery(id), enabled: id !== 'new' });
  if (id === 'new') return <MacroForm key="new" macro={null} />;
  if (data) return <MacroForm key={`${id}:${data.version}`} macro={data} />;
  return (
    <Page title={t('macros.one')}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading lines={8} />}
    </Page>
  );
}

function MacroForm({ macro }: { macro: Macro | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const save = useSaveMacro(macro);
  const fields = useFields({
    name: macro?.name ?? '',
    description: macro?.description ?? '',
    scope: (macro?.scope ?? 'personal') as Scope,
    teamIds: macro?.teamIds ?? [],
  });
  const [actions, setActions] = useState<StoredAction[]>(macro?.actions ?? []);
  const [problems, setProblems] = useState<readonly FieldProblem[]>(macro?.problems ?? []);
  const mayEdit = macro?.mayEdit ?? true;
  const { name, description, scope, teamIds } = fields.values;
  const submit = () => {
    if (save.isPending || !mayEdit) return;
    save.mutate(
      { name: name.trim(), description, scope, teamIds: scope === 'team' ? teamIds : [], actions },
      {
        onSuccess: (saved) => {
          notifyDone(t('ui.saved'));
          setProblems([]);
          if (!macro) void navigate(`/macros/list/${saved.id}`, { replace: true });
        },
        onError: (error) => {
          fields.applyProblem(error);
          const told = error instanceof ApiProblem ? error.errors : [];
          setProblems(told);
          if (!told.length) notifyProblem(t('ui.failed'), error);
        },
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.code !== 'KeyS' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  };
  const isStale = macro !== null && macro.problems.length > 0;
  return (
    <Page
      title={macro?.name ?? t('macros.list.add')}
      actions={
        <>
          <Button component={Link} to="/macros/list" variant="default">
            {t('macros.back')}
          </Button>
          {macro?.mayEdit && <DeleteButton macro={macro} />}
          {mayEdit && (
            <Button loading={save.isPending} disabled={name.trim() === '' || actions.length === 0} onClick={submit}>
              {t('ui.save')}
            </Button>
          )}
        </>
      }
    >
      <div className={classes.form} onKeyDown={onKeyDown}>
        {isStale && (
          <Alert color="orange" variant="light" role="alert">
            {t('macros.list.brokenWhy')}
          </Alert>
        )}
        <fieldset className={classes.plain} disabled={!mayEdit}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              required
              autoFocus={!macro}
              label={t('macros.field.name')}
              maxLength={120}
              {...fields.text('name')}
            />
            <TextInput label={t('macros.field.description')} maxLength={500} {...fields.text('description')} />
            <ScopeFields
              scope={scope}
              teamIds={teamIds}
              errors={fields.errors}
              isDisabled={!mayEdit}
              onScope={(next) => fields.set('scope', next)}
              onTeams={(next) => fields.set('teamIds', next)}
            />
          </SimpleGrid>
        </fieldset>
        <h2 className={classes.subtitle}>{t('macros.field.actions')}</h2>
        <ActionsEditor place="macro" value={actions} onChange={setActions} problems={problems} isDisabled={!mayEdit} />
      </div>
    </Page>
  );
}

function DeleteButton({ macro: { id, name } }: { macro: Macro }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <RemoveButton
      variant="default"
      label={t('macros.delete')}
      title={t('macros.deleteTitle', { name })}
      remove={useDeleteMacro(id)}
      onDone={() => void navigate('/macros/list')}
    />
  );
}
