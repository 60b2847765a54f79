import { useHolds } from '@/api';
import { CardForm, SideDrawer, Deeds } from '@/directory/form-drawer';
import { Alert, Button, MultiSelect, NumberInput, Select, Switch } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { EmptyState } from '@opora/ui/page';
import { IconCopy, IconEyeOff, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { GuardsEditor } from './guards-editor';
import { NameInputs } from './name-inputs';
import { newId, ownCopyOf, withoutTransition, withTransition } from './process-draft';
import type { Transition, Whole } from './processes.queries';
import classes from './ticket-config.module.css';
import { rolesQuery, typesQuery } from './ticket-config.queries';
import { useLocal } from './use-local';
import type { DraftEdit } from './use-process-draft';

type Props = {
  whole: Whole;
  id: string | null;
  fromId: string | undefined;
  toId: string | undefined;
  draft: DraftEdit;
  isManager: boolean;
  onOpen: (id: string) => void;
  onClose: () => void;
};

/** A way from one status to another, or the form of a new one; one of the base is hidden or replaced by one's own. */
export function TransitionDrawer({ whole, id, fromId, toId, draft, isManager, onOpen, onClose }: Props) {
  const { t } = useTranslation();
  const local = useLocal();
  const transition = id === null ? null : whole.transitions.find((each) => each.id === id);
  const nameOf = (statusId: string) => {
    const status = whole.statuses.find((each) => each.id === statusId);
    return status ? local(status.name) : '';
  };
  const title = transition
    ? `${nameOf(transition.fromId)} → ${nameOf(transition.toId)}`
    : t('ticketConfig.processes.addTransition');
  const isOwn = !transition?.isInherited;
  const replace = (inherited: Transition) => {
    let copy = '';
    draft.save(
      (definition) => {
        const own = ownCopyOf(definition, inherited);
        copy = own.id;
        return own.definition;
      },
      { onSaved: () => onOpen(copy) },
    );
  };
  return (
    <SideDrawer title={title} onClose={onClose} size={520}>
      {transition === undefined ? (
        <EmptyState title={t('ticketConfig.gone')} />
      ) : (
        <div className={classes.card}>
          {!isOwn && <Alert color="gray">{t('ticketConfig.variant.inheritedWay')}</Alert>}
          <TransitionForm
            whole={whole}
            transition={transition}
            fromId={fromId}
            toId={toId}
            draft={draft}
            isOpen={isManager && isOwn}
            onClose={onClose}
          />
          {transition && isManager && (
            <Deeds>
              {!isOwn && (
                <Button
                  variant="default"
                  loading={draft.isSaving}
                  leftSection={<IconCopy size={15} />}
                  onClick={() => replace(transition)}
                >
                  {t('ticketConfig.variant.replaceWay')}
                </Button>
              )}
              <Button
                variant="default"
                color={isOwn ? 'red' : undefined}
                loading={draft.isSaving}
                leftSection={isOwn ? <IconTrash size={15} /> : <IconEyeOff size={15} />}
                onClick={() =>
                  draft.save((definition) => withoutTransition(definition, transition), { onSaved: onClose })
                }
              >
                {t(isOwn ? 'ticketConfig.processes.removeTransition' : 'ticketConfig.variant.hideWay')}
              </Button>
            </Deeds>
          )}
        </div>
      )}
    </SideDrawer>
  );
}

type FormProps = {
  whole: Whole;
  transition: Transition | null;
  fromId: string | undefined;
  toId: string | undefined;
  draft: DraftEdit;
  isOpen: boolean;
  onClose: () => void;
};

function initial({ transition, fromId, toId }: Pick<FormProps, 'transition' | 'fromId' | 'toId'>) {
  return {
    fromId: transition?.fromId ?? fromId ?? '',
    toId: transition?.toId ?? toId ?? '',
    nameRu: transition?.name?.ru ?? '',
    nameEn: transition?.name?.en ?? '',
    typeIds: transition?.typeIds ?? [],
    roleCodes: transition?.roleCodes ?? [],
    requiresComment: transition?.requiresComment ?? false,
    availableForClient: transition?.availableForClient ?? false,
    position: transition?.position ?? 0,
    guards: transition?.guards ?? [],
  };
}

function TransitionForm({ whole, transition, fromId, toId, draft, isOpen, onClose }: FormProps) {
  const { t } = useTranslation();
  const local = useLocal();
  const fields = useFields(initial({ transition, fromId, toId }));
  const { values, errors, set } = fields;
  const submit = () => {
    const { nameRu, nameEn, typeIds, roleCodes, ...rest } = values;
    const id = transition?.id ?? newId();
    const part: Transition = {
      ...rest,
      id,
      isInherited: false,
      name: nameRu || nameEn ? { ru: nameRu || nameEn, en: nameEn || nameRu } : null,
      typeIds: typeIds.length > 0 ? typeIds : null,
      roleCodes: roleCodes.length > 0 ? roleCodes : null,
    };
    draft.save((definition) => withTransition(definition, part), {
      part: { list: 'transitions', id },
      fields,
      onSaved: onClose,
    });
  };
  const ends = (['fromId', 'toId'] as const).map((end) => (
    <Select
      key={end}
      label={t(`ticketConfig.field.${end}`)}
      required
      searchable
      disabled={!isOpen || transition !== null}
      data-autofocus={(!transition && end === (fromId ? 'toId' : 'fromId')) || undefined}
      data={whole.statuses.map(({ id, name }) => ({ value: id, label: local(name) }))}
      value={values[end] || null}
      error={errors[end]}
      onChange={(id) => set(end, id ?? '')}
    />
  ));
  return (
    <CardForm
      problem={draft.problem}
      submit={transition ? t('ui.save') : t('ticketConfig.create')}
      isBusy={draft.isSaving}
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
      <GuardsEditor
        value={values.guards}
        error={errors.guards}
        isOpen={isOpen}
        onChange={(guards) => set('guards', guards)}
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
