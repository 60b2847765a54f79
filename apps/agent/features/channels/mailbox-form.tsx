import { CardForm } from '@/directory/form-drawer';
import { flatProblem } from '@/directory/flat-problem';
import { TeamPicker } from '@/pickers/directory-pickers';
import { teamsQuery } from '@/pickers/directory.queries';
import { Select, Switch, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { notifyDone } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountFields } from './account-fields';
import { typesToOpenQuery } from './channels.queries';
import classes from './channels.module.css';
import { draftOf, inputOf } from './mailbox-draft';
import { useSaveMailbox, type Mailbox } from './mailboxes.queries';

/** Address, servers, and what becomes of new mail. */
export function MailboxForm({ mailbox, onClose }: { mailbox: Mailbox | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSaveMailbox(mailbox?.id ?? null);
  const fields = useFields(draftOf(mailbox));
  const { values, errors, set } = fields;
  const submit = () => {
    setProblem(null);
    save.mutate(inputOf(values), {
      onSuccess: () => {
        notifyDone(t('ui.saved'));
        onClose();
      },
      onError: (error) => !fields.applyProblem(flatProblem(error)) && setProblem(error),
    });
  };
  return (
    <CardForm
      problem={problem}
      submit={mailbox ? t('ui.save') : t('channels.mailboxes.create')}
      isBusy={save.isPending}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label={t('channels.field.name')}
        description={t('channels.mailboxes.nameHint')}
        required
        maxLength={100}
        data-autofocus={mailbox ? undefined : true}
        {...fields.text('name')}
      />
      <TextInput
        label={t('channels.field.address')}
        type="email"
        required
        maxLength={254}
        {...fields.text('address')}
      />
      {(['imap', 'smtp'] as const).map((way) => {
        const has = way === 'imap' ? 'hasImap' : 'hasSmtp';
        return (
          <fieldset key={way} className={classes.server}>
            <legend className={classes.legend}>{t(`channels.mailboxes.${way}`)}</legend>
            <Switch
              label={t(`channels.mailboxes.${way}On`)}
              description={t(`channels.mailboxes.${way}Off`)}
              checked={values[has]}
              onChange={(event) => set(has, event.currentTarget.checked)}
            />
            {values[has] && (
              <AccountFields
                way={way}
                draft={values[way]}
                errors={errors}
                isKept={mailbox?.[way] != null}
                onChange={(draft) => set(way, draft)}
              />
            )}
          </fieldset>
        );
      })}
      <Opens
        teamId={values.defaultTeamId}
        typeId={values.defaultTypeId}
        errors={errors}
        onTeam={(id) => set('defaultTeamId', id)}
        onType={(id) => set('defaultTypeId', id)}
      />
      <Switch
        label={t('channels.field.isActive')}
        description={t('channels.mailboxes.activeHint')}
        checked={values.isActive}
        onChange={(event) => set('isActive', event.currentTarget.checked)}
      />
      <Switch
        label={t('channels.field.isDefault')}
        description={t('channels.mailboxes.defaultHint')}
        checked={values.isDefault}
        onChange={(event) => set('isDefault', event.currentTarget.checked)}
      />
    </CardForm>
  );
}

type OpensProps = {
  teamId: string | null;
  typeId: string | null;
  errors: Partial<Record<string, string>>;
  onTeam: (id: string | null) => void;
  onType: (id: string | null) => void;
};

/** Team and type of the tickets that this mailbox opens. */
function Opens({ teamId, typeId, errors, onTeam, onType }: OpensProps) {
  const { t } = useTranslation();
  const { data: teams } = useQuery(teamsQuery());
  const { data: types } = useQuery(typesToOpenQuery());
  const team = teams?.find(({ id }) => id === teamId);
  const clear = { 'aria-label': t('directory.clear') };
  return (
    <div className={classes.pair}>
      <TeamPicker
        label={t('channels.field.defaultTeamId')}
        placeholder={t('channels.mailboxes.noTeam')}
        clearable
        clearButtonProps={clear}
        value={teamId ? { id: teamId, name: team?.name ?? '' } : null}
        error={errors.defaultTeamId}
        onChange={(chosen) => onTeam(chosen?.id ?? null)}
      />
      <Select
        label={t('channels.field.defaultTypeId')}
        placeholder={t('channels.mailboxes.noType')}
        clearable
        clearButtonProps={clear}
        data={(types ?? []).map(({ id, label }) => ({ value: id, label }))}
        value={typeId}
        error={errors.defaultTypeId}
        onChange={onType}
      />
    </div>
  );
}
