import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { invalid } from '@opora/platform/http';
import { toRichText } from './rich-text';
import { AttachmentFiles } from './attachment-files.service';
import { iso, toTicketView } from './ticket-card.dto';
import type { TicketCard } from './ticket-card.query';
import { customName } from './custom-changes';
import { DeadlinePromises } from './deadline-promises.service';
import { onePerPlace } from './ticket-draft';
import { TicketFormEdits } from './ticket-form-edits.service';
import type { Judged } from './ticket-forms.service';
import { PriorityMatrices } from './priority-matrix.service';
import { ProcessBindings } from './process-bindings.service';
import { HandOvers } from './hand-overs.service';
import { CoExecutors } from './co-executors.service';
import { type References, TicketReferences } from './ticket-references.service';
import { entering, type StatusCategory } from './ticket-status';
import type { FormField } from './ticket-type.entity';
import type { Ticket } from './ticket.entity';
import { asKept, isSame, type TicketPatch, TicketWriter } from './ticket-writer.service';
import { TicketPermission } from './tickets.access';
import type { UpdateTicket } from './tickets.dto';
import { TicketError } from './tickets.errors';
import { Tickets } from './tickets.service';

/** A field that somebody else has changed since, to another value. */
export type EditConflict = { field: string; base: unknown; yours: unknown; theirs: unknown; by: string; at: string };

/** What a change brings with it, what refuses it, and the form of the ticket's type as it would be. */
type Followed = { follows: TicketPatch; problems: FieldProblem[]; form: FormField[] | undefined };

const MOMENTS = ['deadlineAt', 'scheduledFor'] as const;
const PLAIN = [
  'subject',
  'typeId',
  'priorityId',
  'companyId',
  'contactId',
  'objectId',
  'assigneeId',
  'teamId',
  'plannedSeconds',
  'impact',
  'urgency',
  'parentId',
  'externalIds',
] as const;

@Injectable()
export class TicketUpdates {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly writer: TicketWriter,
    private readonly references: TicketReferences,
    private readonly bindings: ProcessBindings,
    private readonly matrices: PriorityMatrices,
    private readonly coExecutors: CoExecutors,
    private readonly files: AttachmentFiles,
    private readonly formEdits: TicketFormEdits,
    private readonly handOvers: HandOvers,
    private readonly promises: DeadlinePromises,
  ) {}

  /**
   * Changes the fields of the patch. What others have changed since version `seen` stays beside it; where they changed the same field
   * to another value nothing is written, and the conflict is told with both values.
   */
  update(ctx: Ctx, key: string, seen: number, input: UpdateTicket): Promise<TicketCard> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, TicketPermission.update);
      await this.fill(ctx, ticket, input, seen);
      return (await this.tickets.find(ctx, ticket.id)) ?? this.tickets.getUnchecked(ctx, ticket.id);
    });
  }

  /** Changes the fields of a locked ticket; without `seen` what others have changed meanwhile is overwritten. */
  async fill(ctx: TxCtx, ticket: Ticket, input: UpdateTicket, seen: number = ticket.version): Promise<void> {
    const { reason, coExecutorIds, ...fields } = input;
    if (fields.assigneeId !== undefined || fields.teamId !== undefined)
      await this.tickets.demand(ctx, ticket.id, TicketPermission.assign);
    const patch = columnsOf(fields);
    const custom = await this.formEdits.read(ctx, ticket, fields.customFields);
    const helpers = coExecutorIds ? await this.coExecutors.compare(ctx, ticket.id, coExecutorIds) : undefined;
    const conflicts = await this.conflicts(
      ctx,
      ticket,
      seen,
      { ...patch, ...this.formEdits.namedValues(custom), ...(helpers && { coExecutors: helpers.after }) },
      helpers?.before,
    );
    if (conflicts)
      throw TicketError.conflict(
        {},
        { conflicts, current: toTicketView(ctx, await this.tickets.get(ctx, ticket.id), this.files.linker(ctx)) },
      );
    const { follows, form, problems } = await this.follow(ctx, ticket, input, patch);
    const edit = await this.formEdits.judge(ctx, ticket, input, { ...patch, ...follows }, custom, form);
    const handOver = await this.handOvers.check(ctx, ticket, patch, reason);
    const promise = await this.promises.ofChange(ctx, ticket, patch, handOver.reason);
    const refused = onePerPlace([
      ...problems,
      ...custom.problems,
      ...edit.problems,
      ...handOver.problems,
      ...promise.problems,
    ]);
    if (refused.length) throw invalid(refused);
    if (helpers) await this.coExecutors.replace(ctx, ticket.id, coExecutorIds!);
    const { customFields } = edit;
    await this.writer.change(
      ctx,
      ticket,
      { ...patch, ...follows, ...(customFields === ticket.customFields ? {} : { customFields }) },
      {
        reason: promise.reason,
        extra: helpers?.isChanged ? [{ field: 'coExecutors', before: helpers.before, after: helpers.after }] : [],
        publicFields: customFields === ticket.customFields ? undefined : await this.formEdits.publicNames(ctx),
      },
    );
  }

  /**
   * What a change would meet: the verdict of the form and everything that would be refused. On the way into another status all that
   * the ticket lacks there. Nothing is written.
   */
  async foresee(
    ctx: Ctx,
    key: string,
    input: UpdateTicket,
    entered?: Pick<TicketPatch, 'statusId' | 'statusCategory'>,
  ): Promise<{ judged: Judged; problems: FieldProblem[] }> {
    const ticket = await this.tickets.get(ctx, key);
    const patch = columnsOf(input);
    const custom = await this.formEdits.read(ctx, ticket, input.customFields);
    const { follows, form, problems } = await this.follow(ctx, ticket, input, patch);
    const edit = await this.formEdits.judge(ctx, ticket, input, { ...patch, ...follows, ...entered }, custom, form);
    const promised = await this.promises.foresee(ctx, ticket, { ...input, deadlineAt: patch.deadlineAt });
    const lacks = entered ? this.formEdits.lacks(edit.judged) : [];
    return {
      judged: edit.judged,
      problems: onePerPlace([...problems, ...custom.problems, ...edit.problems, ...promised, ...lacks]),
    };
  }

  private async conflicts(
    ctx: TxCtx,
    ticket: Ticket,
    seen: number,
    patch: Record<string, unknown>,
    helpers: unknown,
  ): Promise<EditConflict[] | undefined> {
    if (seen === ticket.version) return undefined;
    const changes = await this.db.query<{ field: string; base: unknown; by: string; at: Date }>(
      ctx,
      `SELECT field, (array_agg(before ORDER BY version))[1] AS base, (array_agg("actorName" ORDER BY version DESC))[1] AS by, max(at) AS at
       FROM ticket_change WHERE "ticketId" = $1 AND version > $2 AND field = ANY($3) GROUP BY field ORDER BY field`,
      [ticket.id, seen, Object.keys(patch)],
    );
    const kept = Object.entries(ticket.customFields).map(([code, value]) => [customName(code), value] as const);
    const current: Record<string, unknown> = { ...ticket, ...Object.fromEntries(kept), coExecutors: helpers };
    const conflicts = changes
      .filter(({ field }) => !isSame(current[field], patch[field]))
      .map(({ field, base, by, at }): EditConflict => ({
        field,
        base,
        yours: asKept(patch[field]),
        theirs: asKept(current[field]),
        by,
        at: at.toISOString(),
      }));
    // A version from the future was never given out by this ticket.
    return conflicts.length || seen > ticket.version ? conflicts : undefined;
  }

  /** Checks the references and adds what a change brings with it: a new company leaves foreign people and places behind. */
  private async follow(ctx: Ctx, ticket: Ticket, input: UpdateTicket, patch: TicketPatch): Promise<Followed> {
    const companyId = patch.companyId !== undefined ? patch.companyId : ticket.companyId;
    const movesCompany = patch.companyId !== undefined && patch.companyId !== ticket.companyId;
    const given: References = {
      ...changedRefs(ticket, input),
      ...((patch.contactId || patch.objectId) && !movesCompany && companyId ? { companyId } : {}),
    };
    const kept = movesCompany
      ? { contactId: patch.contactId ?? ticket.contactId, objectId: patch.objectId ?? ticket.objectId }
      : {};
    const found = await this.references.find(ctx, { ...given, ...kept, typeId: patch.typeId ?? ticket.typeId });
    const problems = [
      ...this.references.problems(given, found).filter(({ pointer, code }) => isAsked(pointer, code, input)),
      ...(await this.parentProblems(ctx, ticket, patch)),
    ];
    const weighed = await this.weigh(ctx, ticket, patch);
    const follows: TicketPatch = {
      ...(movesCompany &&
      patch.contactId === undefined &&
      ticket.contactId &&
      !found.contact?.companyIds.includes(companyId ?? '')
        ? { contactId: null }
        : {}),
      ...(movesCompany && patch.objectId === undefined && ticket.objectId && found.object?.companyId !== companyId
        ? { objectId: null }
        : {}),
      ...weighed,
      ...(movesCompany || (patch.typeId && patch.typeId !== ticket.typeId)
        ? await this.processFor(ctx, ticket, patch.typeId ?? ticket.typeId, companyId)
        : {}),
    };
    return { follows, problems, form: found.type?.form };
  }

  /** A new impact or urgency makes a new priority, unless one is given. */
  private async weigh(ctx: Ctx, ticket: Ticket, patch: TicketPatch): Promise<TicketPatch> {
    const isChanged = (['impact', 'urgency'] as const).some((name) => patch[name] && patch[name] !== ticket[name]);
    if (!isChanged || patch.priorityId !== undefined) return {};
    const { priorityId } = await this.matrices.weigh(ctx, { ...ticket, ...patch });
    return priorityId ? { priorityId } : {};
  }

  /** In another process the ticket keeps its status if it is there, else that of the same code, of the same category, or begins anew. */
  private async processFor(ctx: Ctx, ticket: Ticket, typeId: string, companyId: string | null): Promise<TicketPatch> {
    const chosen = await this.bindings.choose(ctx, typeId, companyId);
    if (!chosen || chosen.processId === ticket.processId) return {};
    const [status] = await this.db.query<{ id: string; category: StatusCategory }>(
      ctx,
      `SELECT s.id, s.category FROM ticket_status s, ticket_status cur WHERE cur.id = $1 AND $2::uuid = ANY(s."processIds")
       ORDER BY s.id = cur.id DESC, s.code = cur.code DESC, s.category = cur.category DESC, s.id = $3 DESC, s.position LIMIT 1`,
      [ticket.statusId, chosen.processId, chosen.statusId],
    );
    if (!status || status.id === ticket.statusId) return { processId: chosen.processId };
    const milestones = status.category === ticket.statusCategory ? {} : entering(status.category, ctx.now(), ticket);
    return { processId: chosen.processId, statusId: status.id, statusCategory: status.category, ...milestones };
  }

  /** A ticket lies neither below itself nor below its own children. */
  private async parentProblems(ctx: Ctx, ticket: Ticket, { parentId }: TicketPatch): Promise<FieldProblem[]> {
    if (!parentId || parentId === ticket.parentId) return [];
    // Two moves at once could close a circle that neither sees.
    await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('tickets.parents'))`);
    const above = await this.db.query(
      ctx,
      `WITH RECURSIVE up(id, "parentId") AS (SELECT id, "parentId" FROM ticket WHERE id = $1
         UNION SELECT t.id, t."parentId" FROM ticket t JOIN up ON t.id = up."parentId") SELECT 1 FROM up WHERE id = $2`,
      [parentId, ticket.id],
    );
    return above.length ? [{ pointer: '/parentId', code: 'tickets.parentCycle', message: '' }] : [];
  }
}

/** References that stay as they are need not be looked at: their rows may be archived by now. */
function changedRefs(ticket: Ticket, input: UpdateTicket): References {
  const names = [
    'typeId',
    'priorityId',
    'companyId',
    'contactId',
    'objectId',
    'assigneeId',
    'teamId',
    'parentId',
    'impact',
    'urgency',
  ] as const;
  const changed = names.filter((name) => input[name] !== undefined && input[name]?.toLowerCase() !== ticket[name]);
  return { ...Object.fromEntries(changed.map((name) => [name, input[name]])), coExecutorIds: input.coExecutorIds };
}

/** The ticket's company is looked up only to compare; its own archive is no fault of this request. */
const isAsked = (pointer: string, code: string, input: UpdateTicket): boolean =>
  pointer !== '/companyId' || (input.companyId !== undefined && code !== '');

function columnsOf(fields: Omit<UpdateTicket, 'reason' | 'coExecutorIds'>): TicketPatch {
  const patch: Record<string, unknown> = {};
  for (const name of PLAIN) if (fields[name] !== undefined) patch[name] = fields[name];
  for (const name of MOMENTS) if (fields[name] !== undefined) patch[name] = iso(fields[name] ?? null);
  if (fields.description !== undefined) {
    const { html, text, original } = toRichText(fields.description);
    Object.assign(patch, { description: html, descriptionText: text, descriptionOriginal: original });
  }
  return patch as TicketPatch;
}
