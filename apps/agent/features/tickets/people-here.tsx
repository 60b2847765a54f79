import { Avatar, Tooltip } from '@mantine/core';
import { useMe } from '@/api';
import { IconEye, IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { presenceQuery } from './timeline.queries';
import type { Presence } from './tickets.types';
import classes from './ticket-pane.module.css';
import { useLingering, type PersonNear } from './use-lingering';

const FADED_MS = 20_000;
const NOBODY: Presence[] = [];

/** Colleagues at this ticket: an eye reads, a pen writes; who looks away or goes fades for a while. */
export function PeopleHere({ number }: { number: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const { data } = useQuery(presenceQuery(number));
  const { people, forget } = useLingering(data?.data ?? NOBODY);
  const others = people.filter(({ id }) => id !== me.id);
  const writing = others.filter(({ state }) => state === 'editing');
  return (
    <>
      <span className={classes.people}>
        {others.map((person) => (
          <PersonHere key={person.id} person={person} onFaded={forget} />
        ))}
      </span>
      <span className={classes.writing} role="status">
        {writing.length > 0 && (
          <>
            <IconPencil size={13} aria-hidden />
            {t('tickets.presence.writing', { count: writing.length, name: writing.map(({ name }) => name).join(', ') })}
          </>
        )}
      </span>
    </>
  );
}

function PersonHere({ person, onFaded }: { person: PersonNear; onFaded: (id: string) => void }) {
  const { t } = useTranslation();
  const { id, name, state } = person;
  const words = t(`tickets.presence.${state}`, { name });
  useEffect(() => {
    if (state !== 'left') return;
    const timer = setTimeout(() => onFaded(id), FADED_MS);
    return () => clearTimeout(timer);
  }, [state, id, onFaded]);
  return (
    <Tooltip label={words}>
      <span className={classes.person} data-state={state}>
        <Avatar size={22} name={name} color="initials" alt={words} />
        {state !== 'left' && (
          <span className={classes.personState} aria-hidden>
            {state === 'editing' ? <IconPencil size={10} /> : <IconEye size={10} />}
          </span>
        )}
      </span>
    </Tooltip>
  );
}
