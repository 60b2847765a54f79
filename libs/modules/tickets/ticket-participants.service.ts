import { Injectable } from '@nestjs/common';
import type { Ctx, Locale } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import type { ObserverKind } from './ticket-participants.entity';
import { TicketReferences } from './ticket-references.service';
import { TicketWriter } from './ticket-writer.service';
import { TicketPermission } from './tickets.access';
import { Tickets } from './tickets.service';

/** A person of the client who gets mail about a ticket. */
export type Recipient = {
  contactId: string;
  name: string;
  email: string;
  locale: Locale;
  role: 'requester' | 'observer';
};
type Named = { kind: ObserverKind; id: string; name: string };

const NAME = `CASE o.kind WHEN 'employee' THEN (SELECT name FROM employee WHERE id = o.id) WHEN 'team' THEN (SELECT name FROM team WHERE id = o.id)
  ELSE (SELECT name FROM contact WHERE id = o.id) END`;

/** Requester, observers, grants: who belongs to a ticket beside those who work on it. */
@Injectable()
export class TicketParticipants {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly writer: TicketWriter,
    private readonly references: TicketReferences,
  ) {}

  addObserver(ctx: Ctx, key: string, kind: ObserverKind, id: string): Promise<void> {
    return this.observe(ctx, key, async (ctx, ticketId) => {
      const found = await this.references.find(ctx, { observers: [{ kind, id }] });
      if (!found.observers.length) throw fieldProblem('/id', 'tickets.observerUnknown');
      await this.db.query(
        ctx,
        `INSERT INTO ticket_observer ("ticketId", kind, "subjectId") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
        [ticketId, kind, id],
      );
    });
  }

  removeObserver(ctx: Ctx, key: string, kind: ObserverKind, id: string): Promise<void> {
    return this.observe(ctx, key, async (ctx, ticketId) => {
      await this.db.query(ctx, `DELETE FROM ticket_observer WHERE "ticketId" = $1 AND kind = $2 AND "subjectId" = $3`, [
        ticketId,
        kind,
        id,
      ]);
    });
  }

  /** Those the client's mails about the ticket go to: the requester and the observing contacts, by their main addresses. */
  recipientsOf(ctx: Ctx, ticketId: string): Promise<Recipient[]> {
    return this.db.prepared<Recipient>(
      ctx,
      `SELECT DISTINCT ON (k.id) k.id AS "contactId", k.name, e.email, k.locale, p.role
       FROM (SELECT "contactId" AS id, 'requester' AS role, 0 AS rank FROM ticket WHERE id = $1 AND "contactId" IS NOT NULL
             UNION ALL SELECT "subjectId", 'observer', 1 FROM ticket_observer WHERE "ticketId" = $1 AND kind = 'contact') p
       JOIN contact k ON k.id = p.id AND k."archivedAt" IS NULL
       JOIN contact_email e ON e."contactId" = k.id AND e."isActive"
       ORDER BY k.id, p.rank, e."isPrimary" DESC, e.email`,
      [ticketId],
    );
  }

  /** True for the requester, the author, an observing contact, and whoever belongs to the ticket's company; by contact id or mail address. */
  async isParticipant(ctx: Ctx, ticketId: string, who: string): Promise<boolean> {
    const person = who.includes('@')
      ? `SELECT "contactId" FROM contact_email WHERE email = lower($2) AND "isActive"`
      : 'SELECT id FROM contact WHERE id = $2::uuid AND "archivedAt" IS NULL';
    const rows = await this.db.query(
      ctx,
      `SELECT 1 FROM ticket t, (${person}) p(id) WHERE t.id = $1 AND (t."contactId" = p.id OR (t."authorKind" = 'contact' AND t."authorId" = p.id)
         OR EXISTS (SELECT 1 FROM ticket_observer o WHERE o."ticketId" = t.id AND o.kind = 'contact' AND o."subjectId" = p.id)
         OR EXISTS (SELECT 1 FROM membership m WHERE m."companyId" = t."companyId" AND m."contactId" = p.id))`,
      [ticketId, who],
    );
    return rows.length > 0;
  }

  private observe(ctx: Ctx, key: string, change: (ctx: TxCtx, ticketId: string) => Promise<void>): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, TicketPermission.update);
      const before = await this.observersOf(ctx, ticket.id);
      await change(ctx, ticket.id);
      const after = await this.observersOf(ctx, ticket.id);
      if (before.length !== after.length)
        await this.writer.change(ctx, ticket, {}, { extra: [{ field: 'observers', before, after }] });
    });
  }

  private observersOf(ctx: Ctx, ticketId: string): Promise<Named[]> {
    return this.db.query<Named>(
      ctx,
      `SELECT o.kind, o.id, ${NAME} AS name FROM (SELECT kind, "subjectId" AS id FROM ticket_observer WHERE "ticketId" = $1) o ORDER BY o.kind, o.id`,
      [ticketId],
    );
  }
}
