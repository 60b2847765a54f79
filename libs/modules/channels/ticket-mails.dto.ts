import type { Ctx } from '@opora/platform/context';
import { IdOrNumberParam, PageQuery } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { seesContacts } from '@opora/modules/clients';
import { IsUUID } from 'class-validator';
import type { TicketMailRow } from './ticket-mail.query';

export class ListTicketMails extends PageQuery {}

export class TicketMailParam extends IdOrNumberParam {
  @IsUUID()
  mailId: string;
}

/** One mail of a ticket and what became of it. */
export class TicketMailView {
  id: string;
  direction: 'in' | 'out';
  /** Inbound: `person`, `generated`, `answer`, `report`. Outbound: `reply`, `automatic`, `notification`, `requested`. */
  kind: string | null;
  /** Inbound: a state of the intake journal. Outbound: `waiting`, `sent`, `failed`, `suppressed`, `cancelled`. */
  state: string;
  /** Why it is in its state, in words. */
  reason: string | null;
  /** Hidden from those who must not see clients' addresses. */
  from: string | null;
  to: string[];
  cc: string[];
  subject: string | null;
  commentId: string | null;
  at: string;
  sentAt: string | null;
}

export const toTicketMailView = (ctx: Ctx, row: TicketMailRow): TicketMailView => ({
  id: row.id,
  direction: row.direction,
  kind: row.kind,
  state: row.state,
  reason:
    row.direction === 'in' && row.reason
      ? t(ctx, `channels.reasons.${row.reason}`, row.facts)
      : seesContacts(ctx.actor)
        ? row.reason
        : null,
  from: seesContacts(ctx.actor) || row.direction === 'out' ? row.from : null,
  to: seesContacts(ctx.actor) ? row.to : [],
  cc: seesContacts(ctx.actor) ? row.cc : [],
  subject: row.subject,
  commentId: row.commentId,
  at: row.at.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
});
