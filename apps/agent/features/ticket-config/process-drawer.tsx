import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { flatProblem } from '@/directory/flat-problem';
import { Select, Switch } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { notifyDone } from '@opora/ui/theme';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeInput } from './code-input';
import { NameInputs } from './name-inputs';
import { useCreateProcess, useUpdateProcess, type Process } from './processes.queries';
import { processesQuery } from './ticket-config.queries';
import { useLocal } from './use-local';

/** Name of a process, its first status and whether new types take it. */
export function ProcessDrawer({
  process,
  onClose,
  onSaved,
}: {
  process: Process | null;
  onClose: () => void;
  onSaved?: (id: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <SideDrawer title={t(process ? 'ticketConfig.processes.edit' : 'ticketConfig.processes.add')} onClose={onClose}>
      {process ? <EditForm process={process} onClose={onClose} /> : <CreateForm onClose={onClose} onSaved={onSaved} />}
    </SideDrawer>
  );
}

function CreateForm({ onClose, onSaved }: { onClose: () => void; onSaved?: ((id: string) => void) | undefined }) {
  const { t } = useTranslation();
  const local = useLocal();
  const [problem, setProblem] = useState<Error | null>(null);
  const create = useCreateProcess();
  const { data } = useInfiniteQuery(processesQuery());
  const fields = useFields({ code: '', nameRu: '', nameEn: '', copyOf: null as string | null });
  const submit = () => {
    setProblem(null);
    const { code, nameRu, nameEn, copyOf } = fields.values;
    create.mutate(
      { code, name: { ru: nameRu, en: nameEn }, ...(copyOf ? { copyOf } : {}) },
      {
        onSuccess: ({ id }) => {
          notifyDone(t('ticketConfig.saved'));
          onSaved?.(id);
        },
        onError: (error) => !fields.applyProblem(flatProblem(error)) && setProblem(error),
      },
    );
  };
  return (
    <CardForm
      problem={problem}
      submit={t('ticketConfig.create')}
      isBusy={create.isPending}
      onSubmit={submit}
      onCancel={onClose}
    >
      <NameInputs fields={fields} of="name" isOpen isFirst />
      <CodeInput isNew {...fields.text('code')} />
      <Select
        label={t('ticketConfig.processes.copyOf')}
        description={t('ticketConfig.processes.copyHint')}
        clearable
        clearButtonProps={{ 'aria-label': t('directory.clear') }}
        placeholder={t('ticketConfig.processes.copyDefault')}
        data={(data?.pages[0]?.data ?? []).map(({ id, name }) => ({ value: id, label: local(name) }))}
        {...fields.pick('copyOf')}
      />
    </CardForm>
  );
}

function EditForm({ process, onClose }: { process: Process; onClose: () => void }) {
  const { t } = useTranslation();
  const local = useLocal();
  const [problem, setProblem] = useState<Error | null>(null);
  const update = useUpdateProcess(process.id);
  const fields = useFields({
    nameRu: process.name.ru,
    nameEn: process.name.en,
    initialStatusId: process.initialStatusId,
    isDefault: process.isDefault,
  });
  const { values, errors, set } = fields;
  const submit = () => {
    setProblem(null);
    const { nameRu, nameEn, initialStatusId, isDefault } = values;
    update.mutate(
      { name: { ru: nameRu, en: nameEn }, initialStatusId, ...(isDefault ? { isDefault } : {}) },
      {
        onSuccess: () => {
          notifyDone(t('ticketConfig.saved'));
          onClose();
        },
        onError: (error) => !fields.applyProblem(flatProblem(error)) && setProblem(error),
      },
    );
  };
  return (
    <CardForm problem={problem} submit={t('ui.save')} isBusy={update.isPending} onSubmit={submit} onCancel={onClose}>
      <NameInputs fields={fields} of="name" isOpen isFirst />
      <Select
        label={t('ticketConfig.processes.initialStatus')}
        allowDeselect={false}
        data={process.statuses.map(({ id, name }) => ({ value: id, label: local(name) }))}
        value={values.initialStatusId}
        error={errors.initialStatusId}
        onChange={(id) => id && set('initialStatusId', id)}
      />
      <Switch
        label={t('ticketConfig.processes.default')}
        description={t('ticketConfig.processes.defaultHint')}
        disabled={process.isDefault}
        checked={values.isDefault}
        onChange={(event) => set('isDefault', event.currentTarget.checked)}
      />
    </CardForm>
  );
}
