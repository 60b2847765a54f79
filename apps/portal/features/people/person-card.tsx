import { useState } from 'react';
import { Alert, Badge, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { givenOf, isCompleteGrant, RIGHTS, RightsFields, type Grant } from './rights-fields';
import { useChangeRights, useRemove, type Colleague } from './people.queries';
import classes from './people.module.css';

type Props = { person: Colleague; companyId: string; onDone: (words: string) => void };

/** One person: who he is, what he may do; both can be changed in place. */
export function PersonCard({ person, companyId, onDone }: Props) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<'look' | 'rights' | 'remove'>('look');
  const given = RIGHTS.filter((right) => person.rights[right]);
  return (
    <article className={classes.card} aria-label={person.name}>
      <div className={classes.who}>
        <div>
          <Group gap="xs">
            <Text fw={600}>{person.name}</Text>
            {person.isMe && <Badge color="gray">{t('people.you')}</Badge>}
          </Group>
          <Text size="sm" c="dimmed" className={classes.contact}>
            {[person.position, person.email].filter(Boolean).join(' · ')}
          </Text>
          <Text size="sm">
            {given.length > 0 ? given.map((right) => t(`people.${right}`)).join(' · ') : t('people.ownOnly')}
          </Text>
          {person.objects.length > 0 && (
            <Text size="sm">{t('people.reachOnly', { names: person.objects.map(({ name }) => name).join(', ') })}</Text>
          )}
        </div>
        {mode === 'look' && (
          <Group gap="xs">
            <Button
              variant="default"
              size="sm"
              aria-label={t('people.editOf', { name: person.name })}
              onClick={() => setMode('rights')}
            >
              {t('people.edit')}
            </Button>
            {!person.isMe && (
              <Button variant="subtle" color="red" size="sm" onClick={() => setMode('remove')}>
                {t('people.remove')}
              </Button>
            )}
          </Group>
        )}
      </div>
      {mode === 'rights' && (
        <EditRights person={person} companyId={companyId} onClose={() => setMode('look')} onDone={onDone} />
      )}
      {mode === 'remove' && <ConfirmRemove person={person} onClose={() => setMode('look')} onDone={onDone} />}
    </article>
  );
}

type StepProps = { person: Colleague; onClose: () => void; onDone: (words: string) => void };

function EditRights({ person, companyId, onClose, onDone }: StepProps & { companyId: string }) {
  const { t } = useTranslation();
  const [grant, setGrant] = useState<Grant>({
    rights: person.rights,
    objects: person.objects.length > 0 ? person.objects : null,
  });
  const change = useChangeRights();
  const onSuccess = () => {
    onClose();
    onDone(t('people.saved', person));
  };
  return (
    <div className={classes.ask}>
      <RightsFields companyId={companyId} grant={grant} onChange={setGrant} />
      <Refusal error={change.error} />
      <Group gap="xs">
        <Button
          loading={change.isPending}
          disabled={!isCompleteGrant(grant)}
          onClick={() => change.mutate({ id: person.id, ...givenOf(grant) }, { onSuccess })}
        >
          {t('people.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('people.cancel')}
        </Button>
      </Group>
    </div>
  );
}

function ConfirmRemove({ person, onClose, onDone }: StepProps) {
  const { t } = useTranslation();
  const remove = useRemove();
  return (
    <div className={classes.ask} role="group" aria-label={t('people.removeTitle')}>
      <Text fw={600}>{t('people.removeTitle')}</Text>
      <Text size="sm">{t('people.removeText', person)}</Text>
      <Refusal error={remove.error} />
      <Group gap="xs">
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate(person.id, { onSuccess: () => onDone(t('people.removed', person)) })}
        >
          {t('people.removeConfirm')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('people.cancel')}
        </Button>
      </Group>
    </div>
  );
}

const Refusal = ({ error }: { error: Error | null }) =>
  error && (
    <Alert color="red" role="alert">
      {error.message}
    </Alert>
  );
