import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { flatProblem } from '@/directory/flat-problem';
import { Alert, NumberInput, Select, Stack, Switch } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ArchiveSetting } from './archive-setting';
import { CodeInput } from './code-input';
import { FormFields } from './form-fields';
import { formRows, formOf } from './form-rows';
import { NameInputs } from './name-inputs';
import { ownFieldsQuery, type OwnField } from './own-fields.queries';
import classes from './ticket-config.module.css';
import { processesQuery, useArchiveType, useSaveType, type TicketType } from './ticket-config.queries';
import { useLocal } from './use-local';

type Props = { type: TicketType | null | undefined; isManager: boolean; onClose: () => void };

/** A type's card, or the form of a new one; `undefined` is a type that is not there. */
export function TypeDrawer({ type, isManager, onClose }: Props) {
  const { t } = useTranslation();
  const local = useLocal();
  return (
    <SideDrawer title={type ? local(type.name) : t('ticketConfig.types.add')} size={620} onClose={onClose}>
      {type === undefined ? (
        <EmptyState title={t('ticketConfig.gone')} />
      ) : (
        <div className={classes.card}>
          {type?.archivedAt && <Alert color="gray">{t('ticketConfig.types.isArchived')}</Alert>}
          <TypeForm type={type} isOpen={isManager && !type?.archivedAt} onClose={onClose} />
          {type && isManager && !type.isDefault && <ArchiveType type={type} />}
        </div>
      )}
    </SideDrawer>
  );
}

const OPEN_RULES = {
  blockCloseWhileChildrenOpen: false,
  closeWhenAllChildrenClosed: false,
  closeChildrenWithParent: false,
};
const RULES = Object.keys(OPEN_RULES) as (keyof typeof OPEN_RULES)[];

const NEW = {
  processId: null as string | null,
  position: 0,
  isInner: false,
  availableForClient: true,
  isDefault: false,
};

function initial(type: TicketType | null, own: OwnField[]) {
  const { processId, position, isInner, availableForClient, isDefault } = type ?? NEW;
  return {
    code: type?.code ?? '',
    nameRu: type?.name.ru ?? '',
    nameEn: type?.name.en ?? '',
    processId,
    position,
    isInner,
    availableForClient,
    isDefault,
    form: formRows(
      type?.form,
      own.map(({ code }) => code),
    ),
    closeRules: type?.closeRules ?? OPEN_RULES,
  };
}

type FormProps = { type: TicketType | null; isOpen: boolean; onClose: () => void };

/** The form is drawn when it is known which own fields it may ask. */
function TypeForm(props: FormProps) {
  const { i18n } = useTranslation();
  const { data, error, refetch } = useQuery(ownFieldsQuery(i18n.language));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return data ? <LoadedForm {...props} own={data} /> : <Loading lines={8} />;
}

function LoadedForm({ type, isOpen, onClose, own }: FormProps & { own: OwnField[] }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSaveType(type?.id ?? null);
  const fields = useFields(initial(type, own));
  const { values, errors, set } = fields;
  const submit = () => {
    setProblem(null);
    const { nameRu, nameEn, processId, isDefault, form, ...rest } = values;
    save.mutate(
      {
        ...rest,
        name: { ru: nameRu, en: nameEn },
        form: formOf(form),
        ...(processId ? { processId } : {}),
        ...(isDefault ? { isDefault } : {}),
      },
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
      submit={type ? t('ui.save') : t('ticketConfig.create')}
      isBusy={save.isPending}
      isDisabled={!isOpen}
      onSubmit={submit}
      onCancel={onClose}
    >
      <NameInputs fields={fields} of="name" isOpen={isOpen} isFirst={!type} />
      <div className={classes.pair}>
        <CodeInput isNew={!type} {...fields.text('code')} />
        <ProcessSelect isOpen={isOpen} {...fields.pick('processId')} />
      </div>
      <NumberInput
        label={t('ticketConfig.field.position')}
        description={t('ticketConfig.positionHint')}
        min={0}
        max={1000}
        w={180}
        disabled={!isOpen}
        value={values.position}
        error={errors.position}
        onChange={(position) => set('position', Number(position))}
      />
      <Switch
        label={t('ticketConfig.field.isInner')}
        description={t('ticketConfig.types.innerHint')}
        disabled={!isOpen}
        checked={values.isInner}
        onChange={(event) => set('isInner', event.currentTarget.checked)}
      />
      <Switch
        label={t('ticketConfig.field.availableForClient')}
        description={t('ticketConfig.types.portalHint')}
        disabled={!isOpen || values.isInner}
        checked={values.availableForClient && !values.isInner}
        onChange={(event) => set('availableForClient', event.currentTarget.checked)}
      />
      <Switch
        label={t('ticketConfig.types.default')}
        description={t('ticketConfig.types.defaultHint')}
        disabled={!isOpen || type?.isDefault}
        checked={values.isDefault}
        onChange={(event) => set('isDefault', event.currentTarget.checked)}
      />
      <fieldset className={classes.form} disabled={!isOpen}>
        <legend className={classes.legend}>{t('ticketConfig.closeRules.title')}</legend>
        <Stack gap={8}>
          {RULES.map((rule) => (
            <Switch
              key={rule}
              label={t(`ticketConfig.closeRules.${rule}`)}
              disabled={!isOpen}
              checked={values.closeRules[rule]}
              onChange={(event) => set('closeRules', { ...values.closeRules, [rule]: event.currentTarget.checked })}
            />
          ))}
        </Stack>
      </fieldset>
      <FormFields
        own={new Map(own.map((field) => [field.code, field]))}
        rows={values.form}
        error={errors.form}
        isOpen={isOpen}
        hasPortal={values.availableForClient && !values.isInner}
        onChange={(form) => set('form', form)}
      />
    </CardForm>
  );
}

type ProcessProps = {
  isOpen: boolean;
  value: string | null;
  error: string | undefined;
  onChange: (id: string | null) => void;
};

function ProcessSelect({ isOpen, value, error, onChange }: ProcessProps) {
  const { t } = useTranslation();
  const local = useLocal();
  const { data } = useInfiniteQuery(processesQuery());
  const processes = data?.pages[0]?.data ?? [];
  return (
    <Select
      label={t('ticketConfig.field.processId')}
      description={t('ticketConfig.types.processHint')}
      disabled={!isOpen}
      allowDeselect={false}
      data={processes.map((process) => ({ value: process.id, label: local(process.name) }))}
      value={value ?? processes.find(({ isDefault }) => isDefault)?.id ?? null}
      error={error}
      onChange={onChange}
    />
  );
}

function ArchiveType({ type }: { type: TicketType }) {
  const { t } = useTranslation();
  const local = useLocal();
  return (
    <ArchiveSetting
      name={local(type.name)}
      isArchived={type.archivedAt !== null}
      hint={t('ticketConfig.types.archiveHint')}
      archive={useArchiveType(type.id)}
    />
  );
}
