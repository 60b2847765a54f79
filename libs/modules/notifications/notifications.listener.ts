import { TicketRated } from '@opora/modules/feedback';
import {
  CommentUndone,
  TicketAssigned,
  TicketCommented,
  TicketCreated,
  TicketResumed,
  TicketStatusChanged,
} from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { type Delivery, On, type PayloadOf } from '@opora/platform/events';
import { Mailer } from '@opora/platform/mail';
import { Injectable } from '@nestjs/common';
import { NotificationSender } from './notification-sender';
import { Notifications } from './notifications.service';

/** Translates what has happened to tickets into who is told of it. */
@Injectable()
export class NotificationsListener {
  constructor(
    private readonly sender: NotificationSender,
    private readonly notifications: Notifications,
    private readonly mailer: Mailer,
  ) {}

  /** The responsible and the team hear of it by `ticket.assigned`, which is published with it. */
  @On(TicketCreated)
  async created(
    ctx: Ctx,
    { ticketId, actorKind, actorId }: PayloadOf<typeof TicketCreated>,
    { eventId }: Delivery,
  ): Promise<void> {
    await this.sender.tell(ctx, { eventId, ticketId, kind: 'ticket_created', actorKind, actorId, to: ['observer'] });
  }

  @On(TicketAssigned)
  async assigned(ctx: Ctx, event: PayloadOf<typeof TicketAssigned>, { eventId }: Delivery): Promise<void> {
    const { ticketId, actorKind, actorId, from, to, teamFrom, teamTo } = event;
    const isNewPerson = to !== null && to !== from;
    const isNewTeam = to === null && teamTo !== null && teamTo !== teamFrom;
    if (isNewPerson)
      await this.sender.tell(ctx, { eventId, ticketId, kind: 'ticket_assigned', actorKind, actorId, to: ['assignee'] });
    else if (isNewTeam)
      await this.sender.tell(ctx, { eventId, ticketId, kind: 'ticket_created', actorKind, actorId, to: ['queue'] });
  }

  @On(TicketCommented)
  async commented(ctx: Ctx, event: PayloadOf<typeof TicketCommented>, { eventId }: Delivery): Promise<void> {
    const { ticketId, commentId, authorKind, authorId } = event;
    if (event.kind === 'system') return;
    const isClient = authorKind === 'contact' && event.kind === 'comment';
    await this.sender.tell(ctx, {
      eventId,
      ticketId,
      commentId,
      kind: isClient ? 'client_replied' : 'comment_added',
      actorKind: authorKind,
      actorId: authorId,
      to: ['assignee', 'co_executor', 'observer', 'queue'],
      holdUntil: new Date(event.visibleAt),
    });
  }

  @On(CommentUndone)
  async undone(ctx: Ctx, { commentId }: PayloadOf<typeof CommentUndone>): Promise<void> {
    await this.notifications.forgetComment(ctx, commentId);
    await this.mailer.cancelForComment(ctx, commentId);
  }

  @On(TicketStatusChanged)
  async moved(
    ctx: Ctx,
    { ticketId, actorKind, actorId }: PayloadOf<typeof TicketStatusChanged>,
    { eventId }: Delivery,
  ): Promise<void> {
    await this.sender.tell(ctx, {
      eventId,
      ticketId,
      kind: 'status_changed',
      actorKind,
      actorId,
      to: ['assignee', 'co_executor', 'observer'],
    });
  }

  /** Put aside until a moment that has come. Whoever fetched it by hand knows; of the client's message people hear anyway. */
  @On(TicketResumed)
  async resumed(
    ctx: Ctx,
    { ticketId, why, actorKind, actorId }: PayloadOf<typeof TicketResumed>,
    { eventId }: Delivery,
  ): Promise<void> {
    if (why !== 'time') return;
    const to = ['assignee', 'queue'] as const;
    await this.sender.tell(ctx, { eventId, ticketId, kind: 'ticket_resumed', actorKind, actorId, to });
  }

  @On(TicketRated)
  async rated(
    ctx: Ctx,
    { ticketId, contactId, score }: PayloadOf<typeof TicketRated>,
    { eventId }: Delivery,
  ): Promise<void> {
    const to = score === 'bad' ? (['assignee', 'lead'] as const) : (['assignee'] as const);
    await this.sender.tell(ctx, {
      eventId,
      ticketId,
      kind: 'ticket_rated',
      actorKind: 'contact',
      actorId: contactId,
      to,
      facts: { score },
    });
  }
}
