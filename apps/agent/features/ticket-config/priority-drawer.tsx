import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { flatProblem } from '@/directory/flat-problem';
import { Alert, NumberInput, Switch } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { EmptyState } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ArchiveSetting } from './archive-setting';
import { CodeInput } from './code-input';
import { NameInputs } from './name-inputs';
import classes from './ticket-config.module.css';
import { useArchivePriority, useSavePriority, type Priority } from './ticket-config.queries';
import { TintSelect, type Tint } from './tint';
import { useLocal } from './use-local';

type Props = { priority: Priority | null | undefined; last: number; isManager: boolean; onClose: () => void };

/** A priority's card, or the form of a new one; `undefined` is one that is not there. */
export function PriorityDrawer({ priority, last, isManager, onClose }: Props) {
  const { t } = useTranslation();
  const local = useLocal();
  return (
    <SideDrawer title={priority ? local(priority.name) : t('ticketConfig.priorities.add')} onClose={onClose}>
      {priority === undefined ? (
        <EmptyState title={t('ticketConfig.gone')} />
      ) : (
        <div className={classes.card}>
          {priority?.archivedAt && <Alert color="gray">{t('ticketConfig.priorities.isArchived')}</Alert>}
          <PriorityForm priority={priority} last={last} isOpen={isManager && !priority?.archivedAt} onClose={onClose} />
          {priority && isManager && !priority.isDefault && <ArchivePriority priority={priority} />}
        </div>
      )}
    </SideDrawer>
  );
}

function PriorityForm({
  priority,
  last,
  isOpen,
  onClose,
}: {
  priority: Priority | null;
  last: number;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSavePriority(priority?.id ?? null);
  const fields = useFields({
    code: priority?.code ?? '',
    nameRu: priority?.name.ru ?? '',
    nameEn: priority?.name.en ?? '',
    color: (priority?.color ?? 'blue') as Tint,
    position: priority?.position ?? last + 1,
    isDefault: priority?.isDefault ?? false,
  });
  const { values, errors, set } = fields;
  const submit = () => {
    setProblem(null);
    const { nameRu, nameEn, isDefault, ...rest } = values;
    save.mutate(
      { ...rest, name: { ru: nameRu, en: nameEn }, ...(isDefault ? { isDefault } : {}) },
      {
        onSuccess: () => {
          notifyDone(t('ui.saved'));
          onClose();
        },
        onError: (error) => !fields.applyProblem(flatProblem(error)) && setProblem(error),
      },
    );
  };
  return (
    <CardForm
      problem={problem}
      submit={priority ? t('ui.save') : t('ticketConfig.create')}
      isBusy={save.isPending}
      isDisabled={!isOpen}
      onSubmit={submit}
      onCancel={onClose}
    >
      <NameInputs fields={fields} of="name" isOpen={isOpen} isFirst={!priority} />
      <CodeInput isNew={!priority} {...fields.text('code')} />
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
      {priority && (
        <Switch
          label={t('ticketConfig.priorities.default')}
          description={t('ticketConfig.priorities.defaultHint')}
          disabled={!isOpen || priority.isDefault}
          checked={values.isDefault}
          onChange={(event) => set('isDefault', event.currentTarget.checked)}
        />
      )}
    </CardForm>
  );
}

function ArchivePriority({ priority }: { priority: Priority }) {
  const { t } = useTranslation();
  const local = useLocal();
  return (
    <ArchiveSetting
      name={local(priority.name)}
      isArchived={priority.archivedAt !== null}
      hint={t('ticketConfig.priorities.archiveHint')}
      archive={useArchivePriority(priority.id)}
    />
  );
}
