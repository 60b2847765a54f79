import { ActionIcon, Alert, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { ContactPicker, PersonPicker, TeamPicker } from '@/pickers/directory-pickers';
import { Dialog } from '@opora/ui/dialog';
import { ApiProblem } from '@opora/client';
import { fromLocalInput, toLocalInput } from '@opora/ui/fields';
import { useFormat } from '@opora/ui/format';
import { ErrorState, Loading } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './grants-dialog.module.css';
import { grantsQuery, usePutGrant, useRemoveGrant, type Grant, type GrantKind } from './grants.queries';
import type { TicketView } from './tickets.types';

const KINDS: GrantKind[] = ['employee', 'team', 'contact'];
const USUAL_DAYS = 7;
const MOST_DAYS = 366;
const DAY = 86_400_000;

/** Who was given sight of this ticket by name, and until when; gives it and takes it back. */
export function GrantsDialog({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(grantsQuery(String(ticket.number)));
  return (
    <Dialog opened onClose={onClose} title={t('tickets.grants.title', { number: ticket.number })} size="lg">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('tickets.grants.hint')}
        </Text>
        {isPending && <Loading lines={3} />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data?.length === 0 && <Text size="sm">{t('tickets.grants.none')}</Text>}
        {data && data.length > 0 && (
          <ul className={classes.list} aria-label={t('tickets.grants.list')}>
            {data.map((grant) => (
              <GrantLine key={grant.kind + grant.id} number={String(ticket.number)} grant={grant} />
            ))}
          </ul>
        )}
        <GrantForm number={String(ticket.number)} companyId={ticket.company?.id} />
      </Stack>
    </Dialog>
  );
}

function GrantLine({ number, grant }: { number: string; grant: Grant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [openedAt] = useState(() => Date.now());
  const remove = useRemoveGrant(number);
  const isOver = Date.parse(grant.expiresAt) <= openedAt;
  return (
    <li className={classes.line}>
      <div className={classes.who}>
        <Text size="sm" fw={550}>
          {grant.name}
        </Text>
        <Text size="xs" c="dimmed">
          {t(`tickets.grants.kind.${grant.kind}`)} · {t('tickets.grants.by', { name: grant.grantedBy })}
        </Text>
      </div>
      <Text size="sm" c={isOver ? 'dimmed' : undefined} title={format.full(grant.expiresAt)}>
        {t(isOver ? 'tickets.grants.over' : 'tickets.grants.until', { moment: format.dateTime(grant.expiresAt) })}
      </Text>
      <ActionIcon
        aria-label={t('tickets.grants.remove', { name: grant.name })}
        loading={remove.isPending}
        onClick={() =>
          remove.mutate(
            { kind: grant.kind, id: grant.id },
            { onError: (error) => notifyProblem(t('tickets.failed'), error) },
          )
        }
      >
        <IconX size={16} />
      </ActionIcon>
    </li>
  );
}

type Named = { id: string; name: string };

function GrantForm({ number, companyId }: { number: string; companyId: string | undefined }) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  const [kind, setKind] = useState<GrantKind>('employee');
  const [who, setWho] = useState<Named | null>(null);
  const [until, setUntil] = useState(() => momentIn(now, USUAL_DAYS));
  const put = usePutGrant(number);
  const problem = put.error
    ? (put.error instanceof ApiProblem && put.error.errors[0]?.message) || put.error.message
    : '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expiresAt = fromLocalInput(until);
    if (who && expiresAt && !put.isPending)
      put.mutate({ kind, id: who.id, expiresAt }, { onSuccess: () => setWho(null) });
  };
  const picker = {
    'aria-label': t('tickets.grants.who'),
    placeholder: t(`tickets.grants.pick.${kind}`),
    className: classes.picker,
    value: who,
    onChange: (entry: Named | null) => setWho(entry && { id: entry.id, name: entry.name }),
  };
  return (
    <form onSubmit={submit} className={classes.form} aria-label={t('tickets.grants.give')}>
      <Stack gap="sm">
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('tickets.grants.kindLabel')}
          data={KINDS.map((value) => ({ value, label: t(`tickets.grants.kind.${value}`) }))}
          value={kind}
          onChange={(value) => {
            setKind(value as GrantKind);
            setWho(null);
          }}
        />
        <Group gap="sm" align="flex-end">
          {kind === 'employee' && <PersonPicker {...picker} />}
          {kind === 'team' && <TeamPicker {...picker} />}
          {kind === 'contact' && <ContactPicker {...picker} companyId={companyId} />}
          <TextInput
            className={classes.picker}
            type="datetime-local"
            aria-label={t('tickets.grants.untilLabel')}
            min={toLocalInput(new Date(now).toISOString())}
            max={momentIn(now, MOST_DAYS)}
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!who || !until} loading={put.isPending}>
            {t('tickets.grants.give')}
          </Button>
        </Group>
        {problem && (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
      </Stack>
    </form>
  );
}

const momentIn = (now: number, days: number): string => toLocalInput(new Date(now + days * DAY).toISOString());
