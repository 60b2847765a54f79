import { Avatar, Tooltip } from '@mantine/core';
import { useMe } from '@/api';
import { IconEye, IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { presenceQuery } from './timeline.queries';
import type { Presence } from './tickets.types';
import classes from './ticket-pane.module.css';

/** Colleagues at this ticket: an eye reads, a pen writes; who looks away is gone. */
export function PeopleHere({ number }: { number: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const { data } = useQuery(presenceQuery(number));
  const others = data?.data.filter(({ id }) => id !== me.id) ?? [];
  const writing = others.filter(({ state }) => state === 'editing');
  return (
    <>
      <span className={classes.people}>
        {others.map((person) => (
          <PersonHere key={person.id} person={person} />
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

function PersonHere({ person: { name, state } }: { person: Presence }) {
  const { t } = useTranslation();
  const words = t(`tickets.presence.${state}`, { name });
  return (
    <Tooltip label={words}>
      <span className={classes.person} data-state={state}>
        <Avatar size={22} name={name} color="initials" alt={words} />
        <span className={classes.personState} aria-hidden>
          {state === 'editing' ? <IconPencil size={10} /> : <IconEye size={10} />}
        </span>
      </span>
    </Tooltip>
  );
}
