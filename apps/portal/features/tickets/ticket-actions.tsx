import { useState } from 'react';
import { Alert, Button, Group, List, Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@opora/client';
import { useCloseTicket, useReopenTicket, type PortalTicket } from './tickets.queries';
import classes from './ticket-page.module.css';

/** Close and open again; shown only when the server says that one may. */
export function TicketActions({ ticket }: { ticket: PortalTicket }) {
  const { t } = useTranslation();
  const [isClosing, setClosing] = useState(false);
  const reopen = useReopenTicket(ticket.id);
  if (isClosing && ticket.can.close) return <CloseForm ticketId={ticket.id} onDone={() => setClosing(false)} />;
  if (!ticket.can.close && !ticket.can.reopen) return null;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {ticket.can.close && (
          <Button variant="default" onClick={() => setClosing(true)}>
            {t('tickets.close')}
          </Button>
        )}
        {ticket.can.reopen && (
          <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>
            {t('tickets.reopen')}
          </Button>
        )}
      </Group>
      <Refusal error={reopen.error} />
    </Stack>
  );
}

function CloseForm({ ticketId, onDone }: { ticketId: string; onDone: () => void }) {
  const { t } = useTranslation();
  const [comment, setComment] = useState('');
  const close = useCloseTicket(ticketId);
  return (
    <form
      className={classes.ask}
      aria-label={t('tickets.closeTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        close.mutate({ comment: comment.trim() || undefined }, { onSuccess: onDone });
      }}
    >
      <Text fw={600}>{t('tickets.closeTitle')}</Text>
      <Text size="sm">{t('tickets.closeText')}</Text>
      <Textarea
        label={t('tickets.closeComment')}
        autosize
        minRows={2}
        value={comment}
        onChange={({ currentTarget }) => setComment(currentTarget.value)}
        data-autofocus
      />
      <Refusal error={close.error} />
      <Group gap="xs">
        <Button type="submit" loading={close.isPending}>
          {t('tickets.closeConfirm')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('tickets.cancel')}
        </Button>
      </Group>
    </form>
  );
}

/** Why not: everything that stands in the way, or the server's words. */
function Refusal({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  if (!error) return null;
  const unmet = unmetOf(error);
  return (
    <Alert color="red" role="alert" title={unmet.length > 0 && t('tickets.notYet')}>
      {unmet.length ? (
        <List size="sm">
          {unmet.map((message) => (
            <List.Item key={message}>{message}</List.Item>
          ))}
        </List>
      ) : (
        error.message
      )}
    </Alert>
  );
}

function unmetOf(error: Error): string[] {
  const told = error instanceof ApiProblem ? error.members.unmet : undefined;
  return Array.isArray(told) ? (told as { message: string }[]).map(({ message }) => message) : [];
}
