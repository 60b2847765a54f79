import { Injectable } from '@nestjs/common';
import { Contacts, seesContacts } from '@opora/modules/clients';
import { CustomFields } from '@opora/modules/fields';
import { type Actor, type Ctx, SYSTEM } from '@opora/platform/context';
import { Db, SqlParams, type TxCtx } from '@opora/platform/db';
import { AccessError, type FieldProblem, fieldProblem, ProblemError, raise } from '@opora/platform/errors';
import { Events, type Message } from '@opora/platform/events';
import { invalid } from '@opora/platform/http';
import { richTextOf, toRichText } from './rich-text';
import { insertTicket, type NewTicket } from './ticket-insert.query';
import { byKey, leadingTo, selectCard, type TicketCard } from './ticket-card.query';
import {
  companyOf,
  draftOf,
  filePlaceOf,
  type Filled,
  newTicketOf,
  onePerPlace,
  originOf,
  ownProblems,
  writtenBy,
} from './ticket-draft';
import { DeadlinePromises } from './deadline-promises.service';
import { TicketFields } from './ticket-fields.service';
import { TicketForms } from './ticket-forms.service';
import { type Found, TicketReferences } from './ticket-references.service';
import { AttachmentFiles } from './attachment-files.service';
import { type Ticket, TICKET_COLUMNS } from './ticket.entity';
import { type Placement, TicketRouting } from './ticket-routing.service';
import { namedBy } from './ticket-routing-reason';
import { TicketSearchIndex } from './ticket-search-index.service';
import { doerOf, TicketWriter } from './ticket-writer.service';
import { covered, reachOfContact, TicketPermission, visibleTo } from './tickets.access';
import type { CreateTicket } from './tickets.dto';
import { TicketError } from './tickets.errors';
import { TicketAssigned, TicketCreated } from './tickets.events';

/** What a channel or the portal may say beyond the request of an agent. */
export type TicketOrigin = {
  sourceRef?: string;
  /** `description` is plain text, not HTML. */
  isPlainText?: boolean;
  /** Filed on the portal: the client's form and types apply. */
  isPortal?: boolean;
  /** Mail and monitoring know nothing of forms: what a type requires is not asked of them. */
  withoutForm?: boolean;
  /** The request as the client made it, where the portal adds to it: he may write what his form shows. */
  written?: object;
};

@Injectable()
export class Tickets {
  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly writer: TicketWriter,
    private readonly references: TicketReferences,
    private readonly files: AttachmentFiles,
    private readonly contacts: Contacts,
    private readonly routing: TicketRouting,
    private readonly searchIndex: TicketSearchIndex,
    private readonly fields: CustomFields,
    private readonly forms: TicketForms,
    private readonly ticketFields: TicketFields,
    private readonly promises: DeadlinePromises,
  ) {}

  /** The ticket of an id or a human number with every name; undefined if there is none the actor may see. */
  async find(ctx: Ctx, key: string): Promise<TicketCard | undefined> {
    const params = new SqlParams();
    const inBin = covered(ctx.actor, TicketPermission.restore, params);
    const [card] = await this.db.prepared<TicketCard>(
      ctx,
      `${selectCard(ctx, params)} WHERE ${byKey(key, params)} AND ${visibleTo(ctx.actor, params)} AND (t."deletedAt" IS NULL OR ${inBin})`,
      params.values,
    );
    return card && this.complete(ctx, card);
  }

  async get(ctx: Ctx, key: string): Promise<TicketCard> {
    return (await this.find(ctx, key)) ?? raise(TicketError.notFound());
  }

  /** The id of a ticket the actor may see; 404 otherwise. */
  async idOf(ctx: Ctx, key: string): Promise<string> {
    const params = new SqlParams();
    const [row] = await this.db.prepared<{ id: string }>(
      ctx,
      `SELECT t.id FROM ticket t WHERE ${byKey(key, params)} AND t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    return row?.id ?? raise(TicketError.notFound());
  }

  /**
   * Locks the ticket and answers its row: 404 if the actor may not see it, 403 if the permission does not reach it. Null asks an employee
   * for sight alone; a contact must always take part in the ticket. A merged ticket is not changed any more: `follows` goes on to where it
   * leads, `merged` takes it as it is.
   */
  async getForUpdate(
    ctx: TxCtx,
    key: string,
    permission: string | null,
    { inBin = false, merged = false, follows = false } = {},
  ): Promise<Ticket> {
    const params = new SqlParams();
    const place = follows ? leadingTo(key, params) : byKey(key, params);
    const [row] = await this.db.prepared<Ticket & { isCovered: boolean }>(
      ctx,
      `SELECT ${TICKET_COLUMNS}, COALESCE((${reached(ctx.actor, permission, params)}), false) AS "isCovered" FROM ticket t
       WHERE ${place} AND ${inBin ? 'true' : 't."deletedAt" IS NULL'} AND ${visibleTo(ctx.actor, params)} FOR NO KEY UPDATE OF t`,
      params.values,
    );
    // Whoever may not take it out of the bin does not see it there.
    if (!row || (row.deletedAt && !row.isCovered)) throw TicketError.notFound();
    // Merged while we waited for its lock.
    if (row.mergedIntoId && follows) return this.getForUpdate(ctx, row.mergedIntoId, permission, { inBin, follows });
    if (row.mergedIntoId && !merged) throw await this.mergedAway(ctx, row);
    if (!row.isCovered) throw AccessError.denied();
    return row;
  }

  /** The refusal to change a merged ticket, with where it leads if the actor may see that. */
  private async mergedAway(ctx: Ctx, { id, number }: Ticket): Promise<Error> {
    const params = new SqlParams();
    const [into] = await this.db.query<{ id: string; number: number; subject: string }>(
      ctx,
      `SELECT t.id, t.number, t.subject FROM ticket t WHERE t.id = ticket_survivor(${params.add(id)}::uuid) AND t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    return TicketError.merged({ number, into: into?.number ?? '…' }, { mergedInto: into ?? null });
  }

  /** Refuses with 403 where a second permission does not reach the ticket. */
  async demand(ctx: Ctx, id: string, permission: string): Promise<void> {
    const params = new SqlParams();
    const condition = covered(ctx.actor, permission, params);
    if (condition === 'true') return;
    const rows = await this.db.query(
      ctx,
      `SELECT 1 FROM ticket t WHERE t.id = ${params.add(id)}::uuid AND ${condition}`,
      params.values,
    );
    if (!rows.length) throw AccessError.denied();
  }

  /** The card for somebody who has just handed the ticket out of his own sight: the answer to his request, once. */
  async getUnchecked(ctx: TxCtx, id: string): Promise<TicketCard> {
    const params = new SqlParams();
    const [card] = await this.db.prepared<TicketCard>(
      ctx,
      `${selectCard(ctx, params)} WHERE t.id = ${params.add(id)}::uuid`,
      params.values,
    );
    return card ? this.complete(ctx, card) : raise(TicketError.notFound());
  }

  /** What the database does not know by itself: how custom fields read, and what the form says. Clients have views of their own. */
  private async complete(ctx: Ctx, card: TicketCard): Promise<TicketCard> {
    if (ctx.actor.kind === 'contact') return card;
    const shown = await this.ticketFields.inCard(ctx, card.customFields);
    card.shown = { ...shown, incomplete: await this.forms.incomplete(ctx, card) };
    return card;
  }

  /** Registers a ticket: all of it or nothing; every wrong field is named at once. */
  create(ctx: Ctx, input: CreateTicket, origin: TicketOrigin = {}): Promise<TicketCard> {
    return this.db.tx(ctx, async (ctx) => {
      const found = await this.references.find(
        ctx,
        { ...input, contactId: input.contactId ?? input.authorContactId },
        { numbered: true },
      );
      const description = (origin.isPlainText ? richTextOf : toRichText)(input.description ?? '');
      const { values: customFields, problems: wrong } = await this.fields.check(
        ctx,
        'ticket',
        input.customFields ?? {},
      );
      const filled = { description, customFields };
      const promised = this.promises.ofNew(ctx, input);
      const placeOf = filePlaceOf(origin);
      const problems = onePerPlace([
        ...this.references.problems(input, found),
        ...ownProblems(input, found, !!origin.isPortal),
        ...wrong,
        ...(await this.files.problems(ctx, input.files, placeOf)),
        ...(await this.formProblems(ctx, input, found, origin, filled)),
      ]);
      if (problems.length) throw invalid(problems);
      const { placed, placement } = await this.place(ctx, input, found, filled);
      const ticket = newTicketOf(ctx, placed, found, origin, placement?.routing ?? namedBy(ctx), filled);
      const files = (input.files ?? []).map((file) => ({ ...file, audience: file.audience ?? ['internal' as const] }));
      // Pictures inside the description are for whoever reads the description.
      const attachments = await this.files.claim(ctx, ticket.description, files, ['internal', 'client'], placeOf);
      const params = new SqlParams();
      const { sql, row } = insertTicket(
        ctx,
        { ...ticket, fileCount: attachments.filter(({ isInline }) => !isInline).length },
        input,
        attachments,
        params,
        { placedBy: placement?.cause, promised },
      );
      await this.db.prepared(ctx, sql, params.values);
      if (input.deadlineAt) await this.promises.demand(ctx, row.id);
      await this.searchIndex.addTicket(ctx, row.id);
      await this.events.publish(ctx, ...createdMessages(ctx, row));
      this.writer.touch(ctx, row.id, true);
      return this.getCreated(ctx, row.id);
    });
  }

  /** What the form refuses. Mail and monitoring are never refused: what their tickets lack is told on the ticket. */
  private async formProblems(
    ctx: Ctx,
    input: CreateTicket,
    found: Found,
    { isPortal, withoutForm, written }: TicketOrigin,
    filled: Filled,
  ): Promise<FieldProblem[]> {
    if (!found.type || withoutForm) return [];
    const draft = draftOf(ctx, input, found, filled);
    const judged = await this.forms.judge(ctx, draft, originOf(ctx, isPortal), { form: found.type.form });
    return this.forms.problemsOfNew(judged, writtenBy(written ?? input), !!isPortal);
  }

  /** Who files a ticket must see it afterwards; whom his scope does not reach there is refused. */
  private async getCreated(ctx: TxCtx, id: string): Promise<TicketCard> {
    const params = new SqlParams();
    const mayCreate = ctx.actor.kind === 'employee' ? covered(ctx.actor, TicketPermission.create, params) : 'true';
    const [card] = await this.db.prepared<TicketCard>(
      ctx,
      `${selectCard(ctx, params)} WHERE t.id = ${params.add(id)}::uuid AND ${visibleTo(ctx.actor, params)} AND ${mayCreate}`,
      params.values,
    );
    return card ? this.complete(ctx, card) : raise(fieldProblem('/companyId', 'tickets.companyOutOfReach'));
  }

  /** Fills in what follows from what was given: the caller's record, his only company, the object's company, whose work it is. */
  private async place(
    ctx: TxCtx,
    input: CreateTicket,
    found: Found,
    filled: Filled,
  ): Promise<{ placed: CreateTicket; placement: Placement | null }> {
    const placed = { ...input };
    placed.companyId = companyOf(input, found);
    if (input.newContact) placed.contactId = await this.register(ctx, input.newContact, placed.companyId);
    if (input.assigneeId !== undefined || input.teamId !== undefined) return { placed, placement: null };
    const placement = await this.routing.decide(ctx, draftOf(ctx, placed, found, filled));
    placed.assigneeId = placement?.assigneeId;
    placed.teamId = placement?.teamId;
    return { placed, placement };
  }

  /** Whoever registers a call may register the caller with it, as an ordinary member of the company the ticket is for. */
  private async register(
    ctx: TxCtx,
    { name, email, phone }: NonNullable<CreateTicket['newContact']>,
    companyId?: string | null,
  ): Promise<string> {
    if ((email || phone) && !seesContacts(ctx.actor)) throw AccessError.denied();
    const input = {
      name,
      emails: email ? [email] : [],
      phones: phone ? [phone] : [],
      memberships: companyId ? [{ companyId }] : [],
    };
    const contact = await this.contacts
      .create({ ...ctx, actor: SYSTEM }, input)
      .catch((error: unknown) => raise(ofNewContact(error)));
    return contact.id;
  }
}

function reached(actor: Actor, permission: string | null, params: SqlParams): string {
  if (actor.kind === 'contact') return reachOfContact(actor, params);
  return permission ? covered(actor, permission, params) : 'true';
}

/** The contact's own field problems point into the ticket's request. */
function ofNewContact(error: unknown): Error {
  if (!(error instanceof ProblemError)) throw error;
  const fields = error.fields.map((field) => ({
    ...field,
    pointer: `/newContact${field.pointer.replace(/^\/emails.*/, '/email').replace(/^\/phones.*/, '/phone')}`,
  }));
  return new ProblemError(error.code, error.status, error.facts, error.members, fields);
}

function createdMessages(ctx: Ctx, row: NewTicket): Message<object>[] {
  const { actorKind, actorId } = doerOf(ctx);
  const fact = { actorKind, actorId, ticketId: row.id };
  const messages: Message<object>[] = [
    TicketCreated({ ...fact, companyId: row.companyId, contactId: row.contactId, source: row.source }),
  ];
  if (row.assigneeId || row.teamId) {
    messages.push(TicketAssigned({ ...fact, from: null, to: row.assigneeId, teamFrom: null, teamTo: row.teamId }));
  }
  return messages;
}
