import { Injectable } from '@nestjs/common';
import type { ContactActor, Ctx } from '@opora/platform/context';
import { Db, SqlParams, type TxCtx } from '@opora/platform/db';
import { AccessError, fieldProblem, raise } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { keyset, type Page, pageOfRows, type PageQuery } from '@opora/platform/http';
import { Comments } from './comments.service';
import type { CreatePortalTicket } from './portal-form.dto';
import type {
  ClosePortalTicket,
  CreatePortalComment,
  ListPortalTickets,
  PortalTicketTypeView,
} from './portal-tickets.dto';
import {
  listPortalTickets,
  onePortalTicket,
  portalTicketsOf,
  portalComments,
  type PortalCommentRow,
  type PortalTicketRow,
} from './portal-tickets.query';
import { byKey, leadingTo } from './ticket-card.query';
import { codeOf, isCustomKey } from './ticket-filter-keys';
import type { FindPortalDuplicates } from './ticket-duplicates.dto';
import { TicketDuplicates } from './ticket-duplicates.service';
import { TicketFields } from './ticket-fields.service';
import { onClientMessage } from './ticket-status';
import { TicketTransitions } from './ticket-transitions.service';
import type { FormField } from './ticket-type.entity';
import type { Ticket } from './ticket.entity';
import { closableBy, visibleTo } from './tickets.access';
import { TicketError } from './tickets.errors';
import { Tickets } from './tickets.service';

/** Tickets as clients see them: own queries and views, nothing of the staff's. */
@Injectable()
export class PortalTickets {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly comments: Comments,
    private readonly transitions: TicketTransitions,
    private readonly ticketFields: TicketFields,
    private readonly alike: TicketDuplicates,
  ) {}

  async list(ctx: Ctx, query: ListPortalTickets): Promise<Page<PortalTicketRow>> {
    const params = new SqlParams();
    const rows = await this.db.query<PortalTicketRow>(
      ctx,
      listPortalTickets(ctx, contactOf(ctx), query, params),
      params.values,
    );
    return pageOfRows(rows, query.limit, ({ publicUpdatedAt, id }) => keyset(publicUpdatedAt, id));
  }

  /** A ticket, or what it was merged into if the contact may see that. */
  async get(ctx: Ctx, key: string): Promise<PortalTicketRow> {
    const row =
      (await this.find(ctx, (params) => leadingTo(key, params))) ??
      (await this.find(ctx, (params) => byKey(key, params))) ??
      raise(TicketError.notFound());
    return { ...row, shown: await this.ticketFields.forClient(ctx, row.customFields) };
  }

  private async find(ctx: Ctx, which: (params: SqlParams) => string): Promise<PortalTicketRow | undefined> {
    const params = new SqlParams();
    const sql = onePortalTicket(ctx, contactOf(ctx), which(params), params);
    const [row] = await this.db.prepared<PortalTicketRow>(ctx, sql, params.values);
    return row;
  }

  /** The id of what `get` shows. */
  private async idOf(ctx: Ctx, key: string): Promise<string> {
    const params = new SqlParams();
    const [row] = await this.db.prepared<{ id: string }>(
      ctx,
      `SELECT t.id FROM ticket t WHERE ${leadingTo(key, params)} AND t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    return row?.id ?? this.tickets.idOf(ctx, key);
  }

  /** Tickets he sees that look like what he is about to file. */
  async duplicates(ctx: Ctx, wanted: FindPortalDuplicates): Promise<{ row: PortalTicketRow; score: number }[]> {
    const [only, ...others] = contactOf(ctx).memberships;
    const companyId = others.length ? undefined : only?.companyId;
    const found = await this.alike.alike(ctx, { ...wanted, companyId, contactId: ctx.actor.id }, 3);
    if (!found.length) return [];
    const params = new SqlParams();
    const sql = portalTicketsOf(ctx, contactOf(ctx), params.add(found.map(({ id }) => id)), params);
    const rows = await this.db.query<PortalTicketRow>(ctx, sql, params.values);
    return found.flatMap(({ id, score }) => {
      const row = rows.find((one) => one.id === id);
      return row ? [{ row, score }] : [];
    });
  }

  create(ctx: Ctx, written: CreatePortalTicket): Promise<PortalTicketRow> {
    const { files = [], companyId, ...input } = written;
    const { memberships } = contactOf(ctx);
    if (!companyId && !input.objectId && memberships.length > 1)
      throw fieldProblem('/companyId', 'tickets.companyRequired');
    return this.db.tx(ctx, async (ctx) => {
      const typeId =
        input.typeId ?? (await this.types(ctx))[0]?.id ?? raise(fieldProblem('/typeId', 'tickets.typeRequired'));
      const attached = files.map((fileId) => ({ fileId, audience: ['client' as const] }));
      const facts = {
        ...input,
        typeId,
        companyId,
        contactId: input.contactId ?? ctx.actor.id,
        source: 'portal' as const,
        files: attached,
      };
      const { id } = await this.tickets.create(ctx, facts, { isPlainText: true, isPortal: true, written });
      return this.get(ctx, id);
    });
  }

  async listComments(ctx: Ctx, key: string, { cursor, limit }: PageQuery): Promise<Page<PortalCommentRow>> {
    const ticketId = await this.idOf(ctx, key);
    const params = new SqlParams();
    const sql = portalComments(ctx, `c."ticketId" = ${params.add(ticketId)}::uuid`, limit, cursor, params);
    return pageOfRows(await this.db.prepared<PortalCommentRow>(ctx, sql, params.values), limit, ({ createdAt, id }) =>
      keyset(createdAt, id),
    );
  }

  async comment(ctx: Ctx, key: string, { text, html, fileIds }: CreatePortalComment): Promise<PortalCommentRow> {
    const { id } = await this.comments.add(ctx, key, {
      ...(html === undefined ? { text: text ?? '' } : { html }),
      fileIds,
      audience: ['client'],
      source: 'portal',
    });
    const params = new SqlParams();
    const [row] = await this.db.prepared<PortalCommentRow>(
      ctx,
      portalComments(ctx, `c.id = ${params.add(id)}::uuid`, 1, undefined, params),
      params.values,
    );
    return row ?? raise(TicketError.commentNotFound());
  }

  /** The client has no more wishes: straight to closed, or to done where the process has no such way. */
  close(ctx: Ctx, key: string, { comment }: ClosePortalTicket): Promise<PortalTicketRow> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, null, { follows: true });
      if (!(await this.mayClose(ctx, ticket))) throw AccessError.denied();
      if (comment)
        await this.comments.add(ctx, ticket.id, {
          text: comment,
          audience: ['client'],
          source: 'portal',
          keepsStatus: true,
        });
      await this.transitions.moveInto(ctx, ticket, ['closed']);
      return this.get(ctx, ticket.id);
    });
  }

  /** Not solved after all: back to work, within two weeks of closing. */
  reopen(ctx: Ctx, key: string): Promise<PortalTicketRow> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, null, { follows: true });
      const effect = onClientMessage(ticket.statusCategory, ticket.closedAt, ctx.now());
      if (effect === 'too_late') throw TicketError.closedForGood();
      const isOver = ticket.statusCategory === 'done' || ticket.statusCategory === 'closed';
      if (!isOver || !(await this.transitions.resume(ctx, ticket))) {
        throw TicketError.transitionRefused(
          {},
          { unmet: [{ guard: 'process', message: t(ctx, 'tickets.guard.process') }] },
        );
      }
      return this.get(ctx, ticket.id);
    });
  }

  /** Types a client may file, the default one first, each with the fields he is asked for. */
  async types(ctx: Ctx): Promise<PortalTicketTypeView[]> {
    const rows = await this.db.query<Omit<PortalTicketTypeView, 'form'> & { form: FormField[] }>(
      ctx,
      `SELECT id, code, name->>$1 AS name, "isDefault", form FROM ticket_type
       WHERE "availableForClient" AND NOT "isInner" AND "archivedAt" IS NULL ORDER BY "isDefault" DESC, position, id`,
      [ctx.locale],
    );
    const codes = await this.ticketFields.shownToClients(ctx);
    return rows.map(({ id, code, name, isDefault, form }) => ({
      id,
      code,
      name,
      isDefault,
      form: form
        .filter(({ field, portal }) => portal.isAsked && (!isCustomKey(field) || codes.has(codeOf(field))))
        .map(({ field, portal }) => ({ field, isAsked: portal.isAsked, isRequired: portal.isRequired })),
    }));
  }

  private async mayClose(ctx: TxCtx, { id }: Ticket): Promise<boolean> {
    const params = new SqlParams();
    const condition = closableBy(contactOf(ctx), params);
    return (
      (
        await this.db.query(
          ctx,
          `SELECT 1 FROM ticket t WHERE t.id = ${params.add(id)}::uuid AND ${condition}`,
          params.values,
        )
      ).length > 0
    );
  }
}

function contactOf({ actor }: Ctx): ContactActor {
  if (actor.kind !== 'contact') throw AccessError.denied();
  return actor;
}
