import { Injectable } from '@nestjs/common';
import { type Ticket, TicketNotes, Tickets } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { type ItemFacts, MAX_CHECKLISTS } from './checklist-item';
import { ChecklistItemChecks } from './checklist-item-checks.service';
import { toItemFacts } from './checklist-items.dto';
import { ChecklistProgress } from './checklist-progress.service';
import { ChecklistSubjects } from './checklist-subjects.service';
import { ChecklistTemplate } from './checklist-template.entity';
import { type ChecklistRow, SELECT_CHECKLISTS } from './checklist-views';
import { Checklist, ChecklistItem, ChecklistMark } from './checklist.entity';
import { ChecklistPermission } from './checklists.access';
import type { CreateChecklist, UpdateChecklist } from './checklists.dto';
import { ChecklistError } from './checklists.errors';

/** A checklist with its ticket, both locked. */
export type Held = { checklist: Checklist; ticket: Ticket };

/** Checklists of tickets: put on, changed, taken off. */
@Injectable()
export class Checklists {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly notes: TicketNotes,
    private readonly checks: ChecklistItemChecks,
    private readonly subjects: ChecklistSubjects,
    private readonly progress: ChecklistProgress,
  ) {}

  /** Everything on a ticket the actor sees, items and marks included, in one query. */
  async ofTicket(ctx: Ctx, key: string): Promise<ChecklistRow[]> {
    const ticketId = await this.tickets.idOf(ctx, key);
    return this.db.prepared<ChecklistRow>(
      ctx,
      `${SELECT_CHECKLISTS} WHERE c."ticketId" = $1 ORDER BY c.position, c.id`,
      [ticketId],
    );
  }

  async get(ctx: Ctx, id: string): Promise<ChecklistRow> {
    const [row] = await this.db.prepared<ChecklistRow>(ctx, `${SELECT_CHECKLISTS} WHERE c.id = $1`, [id]);
    if (!row) throw ChecklistError.notFound();
    await this.seen(ctx, row.ticketId);
    return row;
  }

  /** Puts a checklist on a ticket: a copy of a template, or one of its own. */
  create(ctx: Ctx, ticketKey: string, input: CreateChecklist, { isAutomatic = false } = {}): Promise<ChecklistRow> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, ticketKey, ChecklistPermission.tick);
      this.demandOpen(ticket);
      const template = input.templateId ? await this.template(ctx, input.templateId) : null;
      const name = input.name ?? template?.name ?? raise(fieldProblem('/name', 'checklists.nameRequired'));
      const axis = input.axis === undefined ? (template?.axis ?? null) : input.axis;
      const items = input.items?.map(toItemFacts) ?? template?.items ?? [];
      // What a template names may be gone by now; what the caller names must be there.
      if (input.items) await this.checks.demand(ctx, items, { given: input.items });
      const count = await this.db.repo(ctx, Checklist).countBy({ ticketId: ticket.id });
      if (count >= MAX_CHECKLISTS) throw fieldProblem('/name', 'checklists.tooManyChecklists');
      const checklist = Object.assign(new Checklist(), {
        id: newId(),
        ticketId: ticket.id,
        templateId: template?.id ?? null,
        name,
        axis,
        subjects: await this.subjects.resolve(ctx, axis, input.subjects ?? []),
        position: count,
        isAutomatic,
        version: 1,
        createdById: ctx.actor.kind === 'employee' ? ctx.actor.id : null,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      });
      await this.db.repo(ctx, Checklist).insert(checklist);
      await this.addItems(ctx, checklist.id, items);
      await this.follow(ctx, ticket.id, { before: null, after: name });
      return this.get(ctx, checklist.id);
    });
  }

  /** Renames, moves, or changes for whom the items are repeated. */
  update(ctx: Ctx, id: string, seen: number, input: UpdateChecklist): Promise<ChecklistRow> {
    return this.db.tx(ctx, async (ctx) => {
      const { checklist, ticket } = await this.hold(ctx, id);
      if (checklist.version !== seen) throw ChecklistError.changed({}, { version: checklist.version });
      const before = describe(checklist);
      const axis = input.axis === undefined ? checklist.axis : input.axis;
      const wanted = input.subjects ?? (axis === null ? [] : undefined);
      if (wanted) {
        const subjects = await this.subjects.resolve(ctx, axis, wanted, checklist.subjects);
        await this.dropMarks(
          ctx,
          checklist,
          subjects.map((subject) => subject.id),
          input.dropMarks ?? false,
        );
        checklist.subjects = subjects;
      }
      Object.assign(checklist, {
        axis,
        name: input.name ?? checklist.name,
        position: input.position ?? checklist.position,
      });
      await this.save(ctx, checklist);
      await this.follow(ctx, ticket.id, { before, after: describe(checklist) });
      return this.get(ctx, id);
    });
  }

  /** Takes a checklist off its ticket. One with ticks only by whoever manages checklists. */
  remove(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const { checklist, ticket } = await this.hold(ctx, id);
      const marks = await this.db.repo(ctx, ChecklistMark).countBy({ checklistId: id });
      if (marks) await this.tickets.demand(ctx, ticket.id, ChecklistPermission.manage);
      await this.erase(ctx, [id]);
      await this.follow(ctx, ticket.id, { before: describe(checklist, marks), after: null });
    });
  }

  /** Removes checklists with everything in them; whoever calls has locked the ticket and writes the history. */
  async erase(ctx: TxCtx, ids: string[]): Promise<void> {
    for (const [table, column] of [
      ['checklist_mark', 'checklistId'],
      ['checklist_item', 'checklistId'],
      ['checklist', 'id'],
    ])
      await this.db.query(ctx, `DELETE FROM ${table} WHERE "${column}" = ANY($1::uuid[])`, [ids]);
  }

  /** Locks the ticket of a checklist: 404 where one may not see it, 403 where one may not work on it, 409 when it is closed. */
  async hold(ctx: TxCtx, id: string): Promise<Held> {
    const repo = this.db.repo(ctx, Checklist);
    const { ticketId } = (await repo.findOneBy({ id })) ?? raise(ChecklistError.notFound());
    await this.seen(ctx, ticketId);
    const ticket = await this.tickets.getForUpdate(ctx, ticketId, ChecklistPermission.tick);
    this.demandOpen(ticket);
    // Read again under the lock.
    return { ticket, checklist: (await repo.findOneBy({ id })) ?? raise(ChecklistError.notFound()) };
  }

  async addItems(ctx: TxCtx, checklistId: string, items: readonly ItemFacts[], from = 0): Promise<string[]> {
    const rows = items.map((item, index) => ({
      ...item,
      id: newId(),
      checklistId,
      position: from + index,
      version: 1,
    }));
    if (rows.length) await this.db.repo(ctx, ChecklistItem).insert(rows);
    return rows.map(({ id }) => id);
  }

  async save(ctx: TxCtx, checklist: Checklist): Promise<void> {
    Object.assign(checklist, { version: checklist.version + 1, updatedAt: ctx.now() });
    await this.db.repo(ctx, Checklist).save(checklist);
  }

  /** Counts anew and tells the ticket's history. */
  async follow(ctx: TxCtx, ticketId: string, line: { before: string | null; after: string | null }): Promise<void> {
    await this.progress.count(ctx, ticketId);
    if (line.before !== line.after) await this.notes.add(ctx, ticketId, [{ field: 'checklists', ...line }]);
  }

  /** 404 in the words of checklists where the ticket is out of sight. */
  private async seen(ctx: Ctx, ticketId: string): Promise<void> {
    await this.tickets.idOf(ctx, ticketId).catch(() => raise(ChecklistError.notFound()));
  }

  private demandOpen({ statusCategory }: Ticket): void {
    if (statusCategory === 'closed') throw ChecklistError.ticketClosed();
  }

  private async template(ctx: Ctx, id: string): Promise<ChecklistTemplate> {
    const template = await this.db.repo(ctx, ChecklistTemplate).findOneBy({ id });
    if (!template || template.archivedAt) throw fieldProblem('/templateId', 'checklists.templateUnknown');
    return template;
  }

  private async dropMarks(ctx: TxCtx, { id }: Checklist, kept: string[], isAllowed: boolean): Promise<void> {
    const lost = `"checklistId" = $1 AND NOT "subjectId" = ANY(CASE WHEN cardinality($2::uuid[]) = 0 THEN ARRAY['00000000-0000-0000-0000-000000000000'::uuid] ELSE $2::uuid[] END)`;
    const [row] = await this.db.query<{ count: number }>(
      ctx,
      `SELECT count(*)::int AS count FROM checklist_mark WHERE ${lost}`,
      [id, kept],
    );
    if (!row?.count) return;
    if (!isAllowed) throw ChecklistError.marksLost({ count: row.count }, { count: row.count });
    await this.db.query(ctx, `DELETE FROM checklist_mark WHERE ${lost}`, [id, kept]);
  }
}

/** What the history says of a checklist. */
const describe = ({ name, subjects }: Checklist, marks = 0): string =>
  [name, subjects.map((subject) => subject.name).join(', '), marks ? `✓ ${marks}` : ''].filter(Boolean).join(' · ');
