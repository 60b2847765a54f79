import { ArchiveButton } from '@/directory/archive-button';
import { useHolds } from '@/api';
import { CardForm, SideDrawer, Deeds } from '@/directory/form-drawer';
import { PersonPicker } from '@/pickers/directory-pickers';
import { Alert, CloseButton, NumberInput, Switch, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { ErrorState, Loading } from '@opora/ui/page';
import { notifyDone } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './people.module.css';
import { teamQuery, useArchiveTeam, useSaveTeam, type Team } from './teams.queries';

/** A team's card, or the form of a new one. */
export function TeamDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: team, error, refetch, isPending } = useQuery({ ...teamQuery(id ?? ''), enabled: id !== null });
  const isManager = useHolds('people.manage');
  return (
    <SideDrawer title={id ? (team?.name ?? t('people.teams.one')) : t('people.teams.add')} onClose={onClose}>
      {id === null && <TeamForm team={null} onClose={onClose} isManager={isManager} />}
      {id !== null && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {id !== null && isPending && <Loading lines={8} />}
      {team && (
        <div className={classes.card}>
          {team.archivedAt && <Alert color="gray">{t('people.teams.isArchived')}</Alert>}
          <TeamForm key={team.id} team={team} onClose={onClose} isManager={isManager && !team.archivedAt} />
          {isManager && <ArchiveTeam team={team} />}
        </div>
      )}
    </SideDrawer>
  );
}

type Person = { id: string; name: string };

function TeamForm({ team, onClose, isManager }: { team: Team | null; onClose: () => void; isManager: boolean }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useSaveTeam(team?.id ?? null);
  const fields = useFields({
    name: team?.name ?? '',
    line: team?.line ?? 1,
    leadId: team?.lead ?? (null as Person | null),
    memberIds: team?.members ?? ([] as Person[]),
    forbidsClientReplies: team?.forbidsClientReplies ?? false,
    hidesClientContacts: team?.hidesClientContacts ?? false,
  });
  const { values, errors, set } = fields;
  const submit = () => {
    setProblem(null);
    save.mutate(
      { ...values, leadId: values.leadId?.id ?? null, memberIds: values.memberIds.map(({ id }) => id) },
      {
        onSuccess: () => {
          notifyDone(t('ui.saved'));
          onClose();
        },
        onError: (error) => !fields.applyProblem(error) && setProblem(error),
      },
    );
  };
  return (
    <CardForm
      problem={problem}
      submit={team ? t('ui.save') : t('people.teams.create')}
      isBusy={save.isPending}
      isDisabled={!isManager}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label={t('people.field.team')}
        required
        maxLength={200}
        disabled={!isManager}
        data-autofocus={team ? undefined : true}
        {...fields.text('name')}
      />
      <NumberInput
        label={t('people.field.line')}
        description={t('people.lineHint')}
        min={1}
        max={9}
        w={180}
        required
        disabled={!isManager}
        value={values.line}
        error={errors.line}
        onChange={(line) => set('line', Number(line))}
      />
      <PersonPicker
        label={t('people.field.leadId')}
        clearable
        disabled={!isManager}
        value={values.leadId}
        error={errors.leadId}
        onChange={(person) => set('leadId', person)}
      />
      <MemberList
        people={values.memberIds}
        error={errors.memberIds}
        isOpen={isManager}
        onChange={(people) => set('memberIds', people)}
      />
      <Switch
        label={t('people.field.forbidsClientReplies')}
        description={t('people.forbidsClientRepliesHint')}
        disabled={!isManager}
        checked={values.forbidsClientReplies}
        onChange={(event) => set('forbidsClientReplies', event.currentTarget.checked)}
      />
      <Switch
        label={t('people.field.hidesClientContacts')}
        description={t('people.hidesClientContactsHint')}
        disabled={!isManager}
        checked={values.hidesClientContacts}
        onChange={(event) => set('hidesClientContacts', event.currentTarget.checked)}
      />
    </CardForm>
  );
}

type MemberProps = {
  people: Person[];
  error: string | undefined;
  isOpen: boolean;
  onChange: (people: Person[]) => void;
};

/** The people of a team; the picker adds, the cross takes out. */
function MemberList({ people, error, isOpen, onChange }: MemberProps) {
  const { t } = useTranslation();
  const add = (person: Person | null) => {
    if (person && !people.some(({ id }) => id === person.id))
      onChange([...people, { id: person.id, name: person.name }]);
  };
  return (
    <div>
      <PersonPicker
        key={people.length}
        label={t('people.field.memberIds')}
        placeholder={t('people.teams.addMember')}
        disabled={!isOpen}
        value={null}
        error={error}
        onChange={add}
      />
      <ul className={classes.members} aria-label={t('people.field.memberIds')}>
        {people.map((person) => (
          <li key={person.id} className={classes.member}>
            <span className={classes.clip}>{person.name}</span>
            {isOpen && (
              <CloseButton
                size="sm"
                aria-label={t('people.teams.removeMember', { name: person.name })}
                onClick={() => onChange(people.filter(({ id }) => id !== person.id))}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function ArchiveTeam({ team }: { team: Team }) {
  const { t } = useTranslation();
  return (
    <Deeds>
      <ArchiveButton
        isArchived={team.archivedAt !== null}
        title={t('people.teams.archive.ask', { name: team.name })}
        hint={t('people.teams.archive.hint')}
        done={t(team.archivedAt ? 'people.teams.restore.done' : 'people.teams.archive.done')}
        archive={useArchiveTeam(team.id)}
      />
    </Deeds>
  );
}
