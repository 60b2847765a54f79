import { SideDrawer } from '@/directory/form-drawer';
import { PersonPicker } from '@/pickers/directory-pickers';
import { DurationInput } from '@/timing/duration-input';
import { Alert, Button, Group, TextInput } from '@mantine/core';
import { fromLocalInput, toLocalInput } from '@opora/ui/fields';
import { ErrorState, Loading } from '@opora/ui/page';
import { IconExternalLink, IconMapPin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './board.module.css';
import { suggestionsQuery, useAssign } from './dispatch.queries';
import type { Deed, Suggestions } from './dispatch.types';
import { SuggestionList } from './suggestion-list';
import { Due } from './unassigned-panel';

type Props = { ticketId: string; teamId?: string | undefined; onClose: () => void };

/** One ticket: when, for how long, and who of those who can; the way to hand over without a mouse. */
export function TicketSheet({ ticketId, teamId, onClose }: Props) {
  const { t } = useTranslation();
  const [at, setAt] = useState<string>();
  const query = useQuery({ ...suggestionsQuery(ticketId, at), placeholderData: (before) => before });
  return (
    <SideDrawer title={t('dispatch.sheet.title')} onClose={onClose} size={480}>
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data ? (
        <Sheet found={query.data} teamId={teamId} onWhen={setAt} onClose={onClose} />
      ) : (
        <Loading lines={8} height={24} />
      )}
    </SideDrawer>
  );
}

type SheetProps = {
  found: Suggestions;
  teamId: string | undefined;
  onWhen: (at: string | undefined) => void;
  onClose: () => void;
};

function Sheet({ found, teamId, onWhen, onClose }: SheetProps) {
  const { t } = useTranslation();
  const { assign } = useAssign();
  const { ticket, assigneeId } = found;
  const [when, setWhen] = useState(toLocalInput(ticket.scheduledFor));
  const [seconds, setSeconds] = useState(ticket.plannedSeconds ?? 0);
  const scheduledFor = fromLocalInput(when);
  const changes: Pick<Deed, 'scheduledFor' | 'plannedSeconds'> = {
    ...(scheduledFor !== ticket.scheduledFor && { scheduledFor }),
    ...(seconds !== (ticket.plannedSeconds ?? 0) && { plannedSeconds: seconds || null }),
  };
  const hand = (to: Deed['to'], more: Partial<Deed> = {}) => {
    assign({ ticket, fromId: assigneeId, to, ...changes, ...(teamId && { teamId }), ...more });
    onClose();
  };
  const present = assigneeId
    ? { id: assigneeId, name: found.data.find(({ id }) => id === assigneeId)?.name ?? '' }
    : null;
  return (
    <div className={classes.sheet}>
      <div>
        <Link to={`/tickets/${ticket.number}`} className={classes.sheetLink}>
          № {ticket.number} {ticket.subject} <IconExternalLink size={13} aria-hidden />
        </Link>
        <div className={classes.ticketLine}>
          <Due ticket={ticket} />
          <span className={classes.dim}>{[ticket.company?.name, ticket.object?.name].filter(Boolean).join(' · ')}</span>
        </div>
        <div className={classes.ticketLine}>
          <IconMapPin size={13} aria-hidden />
          <span className={classes.dim}>
            {[ticket.place?.address ?? t('dispatch.sheet.nowhere'), ...found.zones.map(({ name }) => name)].join(' · ')}
          </span>
        </div>
      </div>
      {ticket.isAssignable ? (
        <>
          <Group align="flex-end" gap="sm">
            <TextInput
              type="datetime-local"
              label={t('dispatch.sheet.when')}
              value={when}
              onChange={(event) => {
                setWhen(event.currentTarget.value);
                onWhen(fromLocalInput(event.currentTarget.value) ?? undefined);
              }}
            />
            <DurationInput label={t('dispatch.sheet.long')} seconds={seconds} onChange={setSeconds} />
            {assigneeId && Object.keys(changes).length > 0 && (
              <Button onClick={() => hand(present)}>{t('dispatch.sheet.save')}</Button>
            )}
          </Group>
          <SuggestionList found={found} onPick={(person) => hand(person)} />
          <PersonPicker
            label={t('dispatch.sheet.other')}
            value={null}
            onChange={(person) => person && hand({ id: person.id, name: person.name })}
          />
          {assigneeId && (
            <Button variant="default" onClick={() => hand(null, { scheduledFor: null })}>
              {t('dispatch.sheet.free')}
            </Button>
          )}
        </>
      ) : (
        <Alert color="gray">{t('dispatch.sheet.closed')}</Alert>
      )}
    </div>
  );
}
