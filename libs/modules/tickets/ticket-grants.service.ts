import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import type { ObserverKind } from './ticket-participants.entity';
import { TicketReferences } from './ticket-references.service';
import { type FieldChange, doerOf, TicketWriter } from './ticket-writer.service';
import { TicketPermission } from './tickets.access';
import { TicketError } from './tickets.errors';
import { Tickets } from './tickets.service';

const MAX_DAYS = 366;

export type GrantRow = {
  kind: ObserverKind;
  id: string;
  name: string;
  expiresAt: Date;
  grantedByName: string;
  createdAt: Date;
};

/** Sight of one ticket, given by name until a moment, listed and taken back. */
@Injectable()
export class TicketGrants {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly writer: TicketWriter,
    private readonly references: TicketReferences,
  ) {}

  async list(ctx: Ctx, key: string): Promise<GrantRow[]> {
    const id = await this.tickets.idOf(ctx, key);
    await this.tickets.demand(ctx, id, TicketPermission.grant);
    return this.ofTicket(ctx, id);
  }

  put(ctx: Ctx, key: string, kind: ObserverKind, subjectId: string, expiresAt: Date): Promise<GrantRow> {
    return this.change(ctx, key, async (ctx, ticketId) => {
      const days = (expiresAt.getTime() - ctx.now().getTime()) / 86_400_000;
      if (days <= 0 || days > MAX_DAYS) throw fieldProblem('/expiresAt', 'tickets.grantExpiry', { days: MAX_DAYS });
      const { observers } = await this.references.find(ctx, { observers: [{ kind, id: subjectId }] });
      if (!observers.length) throw fieldProblem('/id', 'tickets.observerUnknown');
      const { actorId, actorName } = doerOf(ctx);
      await this.db.query(
        ctx,
        `INSERT INTO ticket_grant ("ticketId", "subjectKind", "subjectId", "expiresAt", "grantedById", "grantedByName", "createdAt") VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT ("ticketId", "subjectKind", "subjectId") DO UPDATE SET "expiresAt" = $4, "grantedById" = $5, "grantedByName" = $6`,
        [ticketId, kind, subjectId, expiresAt, actorId, actorName, ctx.now()],
      );
      const grant = (await this.ofTicket(ctx, ticketId)).find(
        (row) => row.kind === kind && row.id === subjectId.toLowerCase(),
      );
      return {
        change: {
          field: 'grant',
          before: null,
          after: { kind, id: subjectId, name: grant?.name, expiresAt: expiresAt.toISOString() },
        },
        result: grant!,
      };
    });
  }

  remove(ctx: Ctx, key: string, kind: ObserverKind, subjectId: string): Promise<void> {
    return this.change(ctx, key, async (ctx, ticketId) => {
      const grant =
        (await this.ofTicket(ctx, ticketId)).find((row) => row.kind === kind && row.id === subjectId.toLowerCase()) ??
        raise(TicketError.grantNotFound());
      await this.db.query(
        ctx,
        `DELETE FROM ticket_grant WHERE "ticketId" = $1 AND "subjectKind" = $2 AND "subjectId" = $3`,
        [ticketId, kind, subjectId],
      );
      const before = { kind, id: subjectId, name: grant.name, expiresAt: grant.expiresAt.toISOString() };
      return { change: { field: 'grant', before, after: null }, result: undefined };
    });
  }

  private change<Result>(
    ctx: Ctx,
    key: string,
    work: (ctx: TxCtx, ticketId: string) => Promise<{ change: FieldChange; result: Result }>,
  ): Promise<Result> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, TicketPermission.grant);
      const { change, result } = await work(ctx, ticket.id);
      await this.writer.change(ctx, ticket, {}, { extra: [change] });
      return result;
    });
  }

  private ofTicket(ctx: Ctx, ticketId: string): Promise<GrantRow[]> {
    return this.db.query<GrantRow>(
      ctx,
      `SELECT g."subjectKind" AS kind, g."subjectId" AS id, g."expiresAt", g."grantedByName", g."createdAt",
         COALESCE((SELECT name FROM employee WHERE id = g."subjectId"), (SELECT name FROM team WHERE id = g."subjectId"), (SELECT name FROM contact WHERE id = g."subjectId"), '') AS name
       FROM ticket_grant g WHERE g."ticketId" = $1 ORDER BY g."createdAt", g."subjectId"`,
      [ticketId],
    );
  }
}
