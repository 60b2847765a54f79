import { useHolds } from '@/api';
import { Alert, Button, Checkbox, MultiSelect, Select, TextInput } from '@mantine/core';
import { ApiProblem, type FieldProblem } from '@opora/client';
import { Page } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import classes from './checklists.module.css';
import { draftOf, inputOf, newDraft } from './item-draft';
import { TemplateItems } from './template-items';
import { typeNamesQuery, useArchiveTemplate, useSaveTemplate, type Template } from './templates.queries';

type Axis = 'people' | 'objects';
const AXES: Axis[] = ['people', 'objects'];

/** Name, types and items of a template; Ctrl+S or the button keeps it. */
export function TemplateForm({ template, isOpen }: { template: Template | null; isOpen: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const save = useSaveTemplate(template);
  const [name, setName] = useState(template?.name ?? '');
  const [typeIds, setTypeIds] = useState(template?.types.map(({ id }) => id) ?? []);
  const [isAutomatic, setAutomatic] = useState(template?.isAutomatic ?? false);
  const [axis, setAxis] = useState<Axis | null>(template?.axis ?? null);
  const [items, setItems] = useState(() => (template ? template.items.map(draftOf) : [newDraft()]));
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const filled = items.filter(({ title }) => title.trim() !== '');
  const at = (pointer: string) => problems.find((problem) => problem.pointer.startsWith(pointer))?.message;
  const submit = () => {
    setProblems([]);
    setItems(filled.length ? filled : [newDraft()]);
    save.mutate(
      { name, typeIds, isAutomatic, axis, items: filled.map(inputOf) },
      {
        onSuccess: ({ id }) => {
          notifyDone(t('ui.saved'));
          if (!template) void navigate(`/checklists/${id}`, { replace: true });
        },
        onError: (error) => {
          const told = error instanceof ApiProblem ? error.errors : [];
          setProblems(told);
          if (!told.length) notifyProblem(t('ui.failed'), error);
        },
      },
    );
  };
  return (
    <Page
      title={template?.name ?? t('checklists.templates.add')}
      actions={
        <>
          <Button component={Link} to="/checklists" variant="default">
            {t('checklists.templates.back')}
          </Button>
          {template && <ArchiveButton template={template} />}
          {isOpen && (
            <Button loading={save.isPending} onClick={submit}>
              {t('ui.save')}
            </Button>
          )}
        </>
      }
    >
      <fieldset
        className={classes.template}
        disabled={!isOpen}
        onKeyDown={(event) => {
          if (event.code !== 'KeyS' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          submit();
        }}
      >
        {template?.archivedAt && <Alert color="gray">{t('checklists.templates.isArchived')}</Alert>}
        {problems.length > 0 && (
          <Alert color="red" role="alert">
            {t('checklists.refused', { count: problems.length })}
          </Alert>
        )}
        <div className={classes.templateHead}>
          <TextInput
            required
            autoFocus={!template}
            label={t('checklists.field.name')}
            maxLength={200}
            value={name}
            error={at('/name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Types value={typeIds} error={at('/typeIds')} onChange={setTypeIds} />
          <Select
            label={t('checklists.field.axis')}
            clearable
            placeholder={t('checklists.axis.none')}
            data={AXES.map((value) => ({ value, label: t(`checklists.axis.${value}`) }))}
            value={axis}
            onChange={(value) => setAxis(value as Axis | null)}
          />
        </div>
        <Checkbox
          label={t('checklists.field.isAutomatic')}
          checked={isAutomatic}
          onChange={(event) => setAutomatic(event.currentTarget.checked)}
        />
        <TemplateItems items={items} problems={problems} isOpen={isOpen} onChange={setItems} />
      </fieldset>
    </Page>
  );
}

type TypesProps = { value: string[]; error: string | undefined; onChange: (ids: string[]) => void };

function Types({ value, error, onChange }: TypesProps) {
  const { t, i18n } = useTranslation();
  const { data } = useQuery(typeNamesQuery());
  const nameOf = (name: unknown): string =>
    typeof name === 'string' ? name : String((name as Record<string, string>)[i18n.language] ?? '');
  return (
    <MultiSelect
      searchable
      clearable
      label={t('checklists.field.types')}
      placeholder={value.length ? '' : t('checklists.templates.anyType')}
      data={(data ?? []).map(({ id, name }) => ({ value: id, label: nameOf(name) }))}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}

function ArchiveButton({ template: { id, archivedAt } }: { template: Template }) {
  const { t } = useTranslation();
  const archive = useArchiveTemplate(id);
  if (!useHolds('checklists.manage')) return null;
  return (
    <Button
      variant="default"
      loading={archive.isPending}
      onClick={() => archive.mutate(archivedAt === null, { onError: (error) => notifyProblem(t('ui.failed'), error) })}
    >
      {t(archivedAt ? 'checklists.templates.restore' : 'checklists.templates.archive')}
    </Button>
  );
}
