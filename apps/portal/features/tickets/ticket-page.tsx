import { Suspense, type ComponentType } from 'react';
import { Alert, Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconArrowMerge, IconCircleCheck } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useParams } from 'react-router';
import { useTitle } from '@/use-title';
import { Conversation } from './conversation';
import { ProgressSteps } from './progress-steps';
import { ReplyBox } from './reply-box';
import { TicketActions } from './ticket-actions';
import { TicketDetails } from './ticket-details';
import { TicketStatus } from './ticket-status';
import { commentsQuery, ticketQuery, type PortalTicket } from './tickets.queries';
import classes from './ticket-page.module.css';

/** Something another feature shows on the ticket page. */
export type TicketPanel = { id: string; Panel: ComponentType<{ ticketId: string }> };

/** One ticket: how it goes in plain words, what was said, and what one can do. */
export function TicketPage({ panels }: { panels: TicketPanel[] }) {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: ticket } = useSuspenseQuery(ticketQuery(id));
  useTitle(`${t('tickets.number', { number: ticket.number })} ${ticket.subject}`);
  const { data: comments } = useSuspenseQuery(commentsQuery(id));
  const state = useLocation().state as { filed?: boolean; mergedFrom?: string } | null;
  // An old number leads to the ticket it was merged into.
  if (id !== ticket.id && id !== String(ticket.number))
    return <Navigate replace to={`/tickets/${ticket.number}`} state={{ mergedFrom: id }} />;
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/tickets" className={classes.back}>
        <IconArrowLeft size={18} aria-hidden />
        {t('tickets.back')}
      </Anchor>
      {state?.mergedFrom && (
        <Alert color="blue" icon={<IconArrowMerge aria-hidden />} role="status">
          {t('tickets.mergedHere', { number: ticket.number })}
        </Alert>
      )}
      {state?.filed && (
        <Alert
          color="green"
          icon={<IconCircleCheck aria-hidden />}
          title={t('tickets.filed', { number: ticket.number })}
          role="status"
        >
          {t('tickets.filedText')}
        </Alert>
      )}
      <div className={classes.columns}>
        <Stack gap="lg" className={classes.column}>
          <Heading ticket={ticket} />
          <Suspense>
            {panels.map(({ id: panel, Panel }) => (
              <Panel key={panel} ticketId={ticket.id} />
            ))}
          </Suspense>
          <Conversation ticket={ticket} comments={comments} />
          {ticket.can.comment && <ReplyBox key={ticket.id} ticket={ticket} />}
        </Stack>
        <TicketDetails ticket={ticket} />
      </div>
    </Stack>
  );
}

function Heading({ ticket }: { ticket: PortalTicket }) {
  const { t } = useTranslation();
  const { status, responsible } = ticket;
  const plain =
    status.category === 'in_work' && responsible
      ? t('tickets.plain.in_workBy', responsible)
      : t(`tickets.plain.${status.category}`);
  return (
    <section className={classes.heading} data-turn={status.category === 'waiting_client' || undefined}>
      <Group gap="sm">
        <TicketStatus {...status} />
        <Text size="sm" c="dimmed">
          {t('tickets.number', { number: ticket.number })}
        </Text>
      </Group>
      <Title order={1} className={classes.subject}>
        {ticket.subject}
      </Title>
      <ProgressSteps category={status.category} />
      <Text>{ticket.statusNote ?? plain}</Text>
      <TicketActions ticket={ticket} />
    </section>
  );
}
