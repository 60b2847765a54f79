import { useHolds } from '@/api';
import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { flatProblem } from '@/directory/flat-problem';
import { MultiSelect, NumberInput, Select, Switch } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { EmptyState } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NameInputs } from './name-inputs';
import { useRemoveTransition, useSaveTransition, type Process, type Transition } from './processes.queries';
import { RemoveButton } from './remove-button';
import classes from './ticket-config.module.css';
import { rolesQuery, typesQuery } from './ticket-config.queries';
import { useLocal } from './use-local';

type Props = {
  process: Process;
  id: string | null;
  fromId: string | undefined;
  isManager: boolean;
  onClose: () => void;
};

/** A way from one status to another, or the form of a new one. */
export function TransitionDrawer({ process, id, fromId, isManager, onClose }: Props) {
  const { t } = useTranslation();
  const local = useLocal();
  const transition = id === null ? null : process.transitions.find((each) => each.id === id);
  const remove = useRemoveTransition(process.id);
  const nameOf = (statusId: string) => {
    const status = process.statuses.find((each) => each.id === statusId);
    return status ? local(status.name) : '';
  };
  const title = transition
    ? `${nameOf(transition.fromId)} → ${nameOf(transition.toId)}`
    : t('ticketConfig.processes.addTransition');
  return (
    <SideDrawer title={title} onClose={onClose}>
      {transition === undefined ? (
        <EmptyState title={t('ticketConfig.gone')} />
      ) : (
        <div className={classes.card}>
          <TransitionForm
            process={process}
            transition={transition}
            fromId={fromId}
            isOpen={isManager}
            onClose={onClose}
          />
          {transition && isManager && (
            <RemoveButton
              id={transition.id}
              title={t('ticketConfig.processes.removeTransitionAsk', { name: title })}
              hint={t('ticketConfig.processes.removeTransitionHint')}
              label={t('ticketConfig.processes.removeTransition')}
              remove={remove}
              onRemoved={onClose}
            />
          )}
        </div>
      )}
    </SideDrawer>
  );
}

type FormProps = {
  process: Process;
  transition: Transition | null;
  fromId: string | undefined;
  isOpen: boolean;
  onClose: () => void;
};

function initial(transition: Transition | null, fromId: string | undefined) {
  return {
    fromId: transition?.fromId ?? fromId ?? '',
    toId: transition?.toId ?? '',
    nameRu: transition?.name?.ru ?? '',
    nameEn: transition?.name?.en ?? '',
    typeIds: transition?.typeIds ?? [],
    roleCodes: transition?.roleCodes ?? [],
    requiresComment: transition?.requiresComment ?? false,
    availableForClient: transition?.availableForClient ?? false,
    position: transition?.position ?? 0,
  };
}

function TransitionForm({ process, transition, fromId, isOpen, onClose }: FormProps) {
  const { t } = useTranslation();
  const local = useLocal();
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSaveTransition(process.id, transition?.id ?? null);
  const fields = useFields(initial(transition, fromId));
  const { values, errors, set } = fields;
  const submit = () => {
    setProblem(null);
    const { nameRu, nameEn, typeIds, roleCodes, ...rest } = values;
    save.mutate(
      {
        ...rest,
        name: nameRu || nameEn ? { ru: nameRu, en: nameEn } : null,
        typeIds: typeIds.length > 0 ? typeIds : null,
        roleCodes: roleCodes.length > 0 ? roleCodes : null,
      },
      {
        onSuccess: () => {
          notifyDone(t('ticketConfig.saved'));
          onClose();
        },
        onError: (error) => !fields.applyProblem(flatProblem(error)) && setProblem(error),
      },
    );
  };
  const ends = (['fromId', 'toId'] as const).map((end) => (
    <Select
      key={end}
      label={t(`ticketConfig.field.${end}`)}
      required
      searchable
      disabled={!isOpen || transition !== null}
      data-autofocus={(!transition && end === (fromId ? 'toId' : 'fromId')) || undefined}
      data={process.statuses.map(({ id, name }) => ({ value: id, label: local(name) }))}
      value={values[end] || null}
      error={errors[end]}
      onChange={(id) => set(end, id ?? '')}
    />
  ));
  return (
    <CardForm
      problem={problem}
      submit={transition ? t('ui.save') : t('ticketConfig.create')}
      isBusy={save.isPending}
      isDisabled={!isOpen}
      onSubmit={submit}
      onCancel={onClose}
    >
      <div className={classes.pair}>{ends}</div>
      <NameInputs
        fields={fields}
        of="name"
        isRequired={false}
        isOpen={isOpen}
        hint={t('ticketConfig.processes.buttonHint')}
      />
      <Limits
        typeIds={values.typeIds}
        roleCodes={values.roleCodes}
        errors={errors}
        isOpen={isOpen}
        onTypes={(ids) => set('typeIds', ids)}
        onRoles={(codes) => set('roleCodes', codes)}
      />
      <Switch
        label={t('ticketConfig.field.requiresComment')}
        description={t('ticketConfig.processes.commentHint')}
        disabled={!isOpen}
        checked={values.requiresComment}
        onChange={(event) => set('requiresComment', event.currentTarget.checked)}
      />
      <Switch
        label={t('ticketConfig.field.transitionForClient')}
        description={t('ticketConfig.processes.clientHint')}
        disabled={!isOpen}
        checked={values.availableForClient}
        onChange={(event) => set('availableForClient', event.currentTarget.checked)}
      />
      <NumberInput
        label={t('ticketConfig.field.position')}
        description={t('ticketConfig.processes.positionHint')}
        min={0}
        max={1000}
        w={180}
        disabled={!isOpen}
        value={values.position}
        error={errors.position}
        onChange={(position) => set('position', Number(position))}
      />
    </CardForm>
  );
}

type LimitProps = {
  typeIds: string[];
  roleCodes: string[];
  errors: Partial<Record<string, string>>;
  isOpen: boolean;
  onTypes: (ids: string[]) => void;
  onRoles: (codes: string[]) => void;
};

/** Whose tickets and which people the transition is for; nothing chosen means all. */
function Limits({ typeIds, roleCodes, errors, isOpen, onTypes, onRoles }: LimitProps) {
  const { t } = useTranslation();
  const local = useLocal();
  const seesRoles = useHolds('people.read');
  const { data: types } = useInfiniteQuery(typesQuery());
  const { data: roles } = useQuery({ ...rolesQuery(), enabled: seesRoles });
  const roleOptions = (roles ?? []).map((role) => ({ value: role.code ?? role.id, label: local(role.name) }));
  const unknown = roleCodes
    .filter((code) => !roleOptions.some(({ value }) => value === code))
    .map((code) => ({ value: code, label: code }));
  const common = {
    clearable: true,
    searchable: true,
    disabled: !isOpen,
    clearButtonProps: { 'aria-label': t('directory.clear') },
  };
  return (
    <>
      <MultiSelect
        {...common}
        label={t('ticketConfig.field.typeIds')}
        placeholder={typeIds.length === 0 ? t('ticketConfig.processes.allTypes') : undefined}
        data={(types?.pages[0]?.data ?? []).map(({ id, name }) => ({ value: id, label: local(name) }))}
        value={typeIds}
        error={errors.typeIds}
        onChange={onTypes}
      />
      <MultiSelect
        {...common}
        label={t('ticketConfig.field.roleCodes')}
        placeholder={roleCodes.length === 0 ? t('ticketConfig.processes.allRoles') : undefined}
        data={[...roleOptions, ...unknown]}
        value={roleCodes}
        error={errors.roleCodes}
        onChange={onRoles}
      />
    </>
  );
}
