import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { flatProblem } from '@/directory/flat-problem';
import { NumberInput, Select, Switch } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { EmptyState } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeInput } from './code-input';
import { NameInputs } from './name-inputs';
import { useRemoveStatus, useSaveStatus, type Process, type Status } from './processes.queries';
import { RemoveButton } from './remove-button';
import classes from './ticket-config.module.css';
import { TintSelect, type Tint } from './tint';
import { useLocal } from './use-local';

const CATEGORIES: Status['category'][] = ['new', 'in_work', 'waiting_client', 'waiting_partner', 'done', 'closed'];

type Props = { process: Process; id: string | null; isManager: boolean; onClose: () => void };

/** A status of a process, or the form of a new one. */
export function StatusDrawer({ process, id, isManager, onClose }: Props) {
  const { t } = useTranslation();
  const local = useLocal();
  const status = id === null ? null : process.statuses.find((each) => each.id === id);
  const remove = useRemoveStatus(process.id);
  return (
    <SideDrawer title={status ? local(status.name) : t('ticketConfig.processes.addStatus')} onClose={onClose}>
      {status === undefined ? (
        <EmptyState title={t('ticketConfig.gone')} />
      ) : (
        <div className={classes.card}>
          <StatusForm process={process} status={status} isOpen={isManager} onClose={onClose} />
          {status && isManager && (
            <RemoveButton
              id={status.id}
              title={t('ticketConfig.processes.removeStatusAsk', { name: local(status.name) })}
              hint={t('ticketConfig.processes.removeStatusHint')}
              label={t('ticketConfig.processes.removeStatus')}
              remove={remove}
              onRemoved={onClose}
            />
          )}
        </div>
      )}
    </SideDrawer>
  );
}

type FormProps = { process: Process; status: Status | null; isOpen: boolean; onClose: () => void };

function StatusForm({ process, status, isOpen, onClose }: FormProps) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSaveStatus(process.id, status?.id ?? null);
  const fields = useFields({
    code: status?.code ?? '',
    nameRu: status?.name.ru ?? '',
    nameEn: status?.name.en ?? '',
    clientNameRu: status?.clientName.ru ?? '',
    clientNameEn: status?.clientName.en ?? '',
    color: (status?.color ?? 'blue') as Tint,
    category: status?.category ?? ('in_work' as Status['category']),
    position: status?.position ?? Math.max(0, ...process.statuses.map(({ position }) => position)) + 1,
    isFinal: status?.isFinal ?? false,
  });
  const { values, errors, set } = fields;
  const submit = () => {
    setProblem(null);
    const { nameRu, nameEn, clientNameRu, clientNameEn, ...rest } = values;
    const clientName = { ru: clientNameRu || nameRu, en: clientNameEn || nameEn };
    save.mutate(
      { ...rest, name: { ru: nameRu, en: nameEn }, clientName },
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
    <CardForm
      problem={problem}
      submit={status ? t('ui.save') : t('ticketConfig.create')}
      isBusy={save.isPending}
      isDisabled={!isOpen}
      onSubmit={submit}
      onCancel={onClose}
    >
      <NameInputs fields={fields} of="name" isOpen={isOpen} isFirst={!status} />
      <NameInputs fields={fields} of="clientName" isOpen={isOpen} isRequired={false} />
      <CodeInput isNew={!status} {...fields.text('code')} />
      <Select
        label={t('ticketConfig.field.category')}
        description={t('ticketConfig.categoryHint')}
        required
        disabled={!isOpen}
        allowDeselect={false}
        data={CATEGORIES.map((value) => ({ value, label: t(`ticketConfig.category.${value}`) }))}
        value={values.category}
        error={errors.category}
        onChange={(category) => category && set('category', category as Status['category'])}
      />
      <div className={classes.pair}>
        <TintSelect
          label={t('ticketConfig.field.color')}
          disabled={!isOpen}
          value={values.color}
          error={errors.color}
          onChange={(color) => set('color', color)}
        />
        <NumberInput
          label={t('ticketConfig.field.position')}
          min={0}
          max={1000}
          disabled={!isOpen}
          value={values.position}
          error={errors.position}
          onChange={(position) => set('position', Number(position))}
        />
      </div>
      <Switch
        label={t('ticketConfig.field.isFinal')}
        description={t('ticketConfig.isFinalHint')}
        disabled={!isOpen}
        checked={values.isFinal}
        onChange={(event) => set('isFinal', event.currentTarget.checked)}
      />
    </CardForm>
  );
}
