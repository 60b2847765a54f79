import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { flatProblem } from '@/directory/flat-problem';
import { SegmentedControl, Select } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { notifyDone } from '@opora/ui/theme';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeInput } from './code-input';
import { NameInputs } from './name-inputs';
import { definitionOf } from './process-draft';
import { useCreateProcess, type Process, type ProcessRow } from './processes.queries';
import { processesQuery } from './ticket-config.queries';
import { useLocal } from './use-local';
import { useProcessDraft } from './use-process-draft';

/** Name of a process, and what a new one starts from. */
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

type Kind = 'copy' | 'variant';

function CreateForm({ onClose, onSaved }: { onClose: () => void; onSaved?: ((id: string) => void) | undefined }) {
  const { t } = useTranslation();
  const local = useLocal();
  const [problem, setProblem] = useState<Error | null>(null);
  const create = useCreateProcess();
  const { data } = useInfiniteQuery(processesQuery());
  const processes = (data?.pages[0]?.data ?? []) as ProcessRow[];
  const standing = processes.filter(({ baseId }) => baseId === null);
  const fields = useFields({
    code: '',
    nameRu: '',
    nameEn: '',
    kind: 'copy' as Kind,
    copyOf: null as string | null,
    baseId: null as string | null,
  });
  const { kind } = fields.values;
  const submit = () => {
    setProblem(null);
    const { code, nameRu, nameEn, copyOf, baseId } = fields.values;
    const origin =
      kind === 'variant' ? { baseId: baseId ?? standing.find(({ isDefault }) => isDefault)?.id } : { copyOf };
    const given = Object.entries(origin).filter(([, id]) => id != null);
    create.mutate(
      { code, name: { ru: nameRu, en: nameEn }, ...Object.fromEntries(given) },
      {
        onSuccess: ({ id }) => {
          notifyDone(t('ui.saved'));
          onSaved?.(id);
        },
        onError: (error) => !fields.applyProblem(flatProblem(error)) && setProblem(error),
      },
    );
  };
  const clear = { clearable: true, clearButtonProps: { 'aria-label': t('directory.clear') } };
  const options = (rows: ProcessRow[]) => rows.map(({ id, name }) => ({ value: id, label: local(name) }));
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
      <SegmentedControl
        aria-label={t('ticketConfig.processes.kind')}
        value={kind}
        onChange={(next) => fields.set('kind', next as Kind)}
        data={(['copy', 'variant'] as const).map((value) => ({
          value,
          label: t(`ticketConfig.processes.kinds.${value}`),
        }))}
      />
      {kind === 'copy' ? (
        <Select
          label={t('ticketConfig.processes.copyOf')}
          description={t('ticketConfig.processes.copyHint')}
          placeholder={t('ticketConfig.processes.copyDefault')}
          {...clear}
          data={options(processes)}
          {...fields.pick('copyOf')}
        />
      ) : (
        <Select
          label={t('ticketConfig.variant.base')}
          description={t('ticketConfig.variant.baseHint')}
          placeholder={t('ticketConfig.processes.copyDefault')}
          {...clear}
          data={options(standing)}
          {...fields.pick('baseId')}
        />
      )}
    </CardForm>
  );
}

function EditForm({ process, onClose }: { process: Process; onClose: () => void }) {
  const { t } = useTranslation();
  const draft = useProcessDraft(process);
  const { name } = definitionOf(process);
  const fields = useFields({ nameRu: name.ru, nameEn: name.en });
  const submit = () => {
    const { nameRu, nameEn } = fields.values;
    draft.save((definition) => ({ ...definition, name: { ru: nameRu, en: nameEn } }), {
      onSaved: () => {
        notifyDone(t('ticketConfig.draft.kept'));
        onClose();
      },
    });
  };
  return (
    <CardForm
      problem={draft.problem}
      submit={t('ui.save')}
      isBusy={draft.isSaving}
      onSubmit={submit}
      onCancel={onClose}
    >
      <NameInputs fields={fields} of="name" isOpen isFirst hint={t('ticketConfig.draft.nameHint')} />
    </CardForm>
  );
}
