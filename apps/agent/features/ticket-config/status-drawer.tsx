import { CardForm, SideDrawer, Deeds } from '@/directory/form-drawer';
import { Alert, Button, NumberInput, Select, Switch } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { EmptyState } from '@opora/ui/page';
import { IconEyeOff, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CodeInput } from './code-input';
import { NameInputs } from './name-inputs';
import { newId, withoutStatus, withStatus } from './process-draft';
import type { Status, Whole } from './processes.queries';
import classes from './ticket-config.module.css';
import { TintSelect, type Tint } from './tint';
import type { DraftEdit } from './use-process-draft';
import { useLocal } from './use-local';

const CATEGORIES: Status['category'][] = ['new', 'in_work', 'waiting_client', 'waiting_partner', 'done', 'closed'];

type Props = { whole: Whole; id: string | null; draft: DraftEdit; isManager: boolean; onClose: () => void };

/** A status's card, or the form of a new one; one of the base is only looked at and hidden. */
export function StatusDrawer({ whole, id, draft, isManager, onClose }: Props) {
  const { t } = useTranslation();
  const local = useLocal();
  const status = id === null ? null : whole.statuses.find((each) => each.id === id);
  return (
    <SideDrawer title={status ? local(status.name) : t('ticketConfig.processes.addStatus')} onClose={onClose}>
      {status === undefined ? (
        <EmptyState title={t('ticketConfig.gone')} />
      ) : (
        <div className={classes.card}>
          {status?.isInherited && <Alert color="gray">{t('ticketConfig.variant.inheritedStatus')}</Alert>}
          <StatusForm
            whole={whole}
            status={status}
            draft={draft}
            isOpen={isManager && !status?.isInherited}
            onClose={onClose}
          />
          {status && isManager && status.id !== whole.initialStatusId && (
            <Deeds>
              <Button
                variant="default"
                color={status.isInherited ? undefined : 'red'}
                loading={draft.isSaving}
                leftSection={status.isInherited ? <IconEyeOff size={15} /> : <IconTrash size={15} />}
                onClick={() => draft.save((definition) => withoutStatus(definition, status), { onSaved: onClose })}
              >
                {t(status.isInherited ? 'ticketConfig.variant.hideStatus' : 'ticketConfig.processes.removeStatus')}
              </Button>
            </Deeds>
          )}
        </div>
      )}
    </SideDrawer>
  );
}

type FormProps = { whole: Whole; status: Status | null; draft: DraftEdit; isOpen: boolean; onClose: () => void };

function StatusForm({ whole, status, draft, isOpen, onClose }: FormProps) {
  const { t } = useTranslation();
  const fields = useFields({
    code: status?.code ?? '',
    nameRu: status?.name.ru ?? '',
    nameEn: status?.name.en ?? '',
    clientNameRu: status?.clientName.ru ?? '',
    clientNameEn: status?.clientName.en ?? '',
    color: (status?.color ?? 'blue') as Tint,
    category: status?.category ?? ('in_work' as Status['category']),
    position: status?.position ?? Math.max(0, ...whole.statuses.map(({ position }) => position)) + 1,
    isFinal: status?.isFinal ?? false,
    isInitial: status !== null && status.id === whole.initialStatusId,
  });
  const { values, errors, set } = fields;
  const submit = () => {
    const { nameRu, nameEn, clientNameRu, clientNameEn, isInitial, ...rest } = values;
    const id = status?.id ?? newId();
    const part: Status = {
      ...{ label: '', x: status?.x ?? null, y: status?.y ?? null, isInherited: false },
      ...rest,
      id,
      name: { ru: nameRu, en: nameEn },
      clientName: { ru: clientNameRu || nameRu, en: clientNameEn || nameEn },
    };
    draft.save(
      (definition) => ({
        ...withStatus(definition, part),
        ...(isInitial ? { initialStatusId: id } : {}),
      }),
      { part: { list: 'statuses', id }, fields, onSaved: onClose },
    );
  };
  return (
    <CardForm
      problem={draft.problem}
      submit={status ? t('ui.save') : t('ticketConfig.create')}
      isBusy={draft.isSaving}
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
      <Switch
        label={t('ticketConfig.processes.initialStatus')}
        disabled={!isOpen || status?.id === whole.initialStatusId}
        checked={values.isInitial}
        onChange={(event) => set('isInitial', event.currentTarget.checked)}
      />
    </CardForm>
  );
}
