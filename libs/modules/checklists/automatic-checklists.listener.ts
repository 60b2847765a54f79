import { Injectable } from '@nestjs/common';
import { TicketChanged, TicketCreated, TicketNotes, Tickets } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { On, type PayloadOf } from '@opora/platform/events';
import { ChecklistProgress } from './checklist-progress.service';
import { Checklists } from './checklists.service';

type Present = { id: string; templateId: string | null; name: string; isUntouched: boolean; isAutomatic: boolean };

/** Puts the checklists of its type on a ticket. */
@Injectable()
export class AutomaticChecklists {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly notes: TicketNotes,
    private readonly checklists: Checklists,
    private readonly progress: ChecklistProgress,
  ) {}

  @On(TicketCreated)
  async begun(ctx: Ctx, { ticketId }: PayloadOf<typeof TicketCreated>): Promise<void> {
    await this.fit(ctx, ticketId);
  }

  /** Of another type now: what the old one brought and nobody touched goes, the new one's comes. */
  @On(TicketChanged)
  async changed(ctx: Ctx, { ticketId, fields }: PayloadOf<typeof TicketChanged>): Promise<void> {
    if (fields.includes('typeId')) await this.fit(ctx, ticketId);
  }

  private fit(ctx: Ctx, ticketId: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      if (!(await this.mayDiffer(ctx, ticketId))) return;
      const ticket = await this.tickets.getForUpdate(ctx, ticketId, null, { inBin: true });
      if (ticket.statusCategory === 'closed') return;
      const wanted = await this.db.query<{ id: string }>(
        ctx,
        `SELECT id FROM checklist_template WHERE "isAutomatic" AND "archivedAt" IS NULL AND ("typeIds" = '{}' OR $1 = ANY("typeIds")) ORDER BY name, id`,
        [ticket.typeId],
      );
      const present = await this.present(ctx, ticketId);
      await this.drop(
        ctx,
        ticketId,
        present.filter(
          (each) => each.isAutomatic && each.isUntouched && !wanted.some(({ id }) => id === each.templateId),
        ),
      );
      for (const { id } of wanted)
        if (!present.some(({ templateId }) => templateId === id))
          await this.checklists.create(ctx, ticketId, { templateId: id }, { isAutomatic: true });
    });
  }

  /** Most tickets have nothing to do with checklists: they are not locked for it. */
  private async mayDiffer(ctx: TxCtx, ticketId: string): Promise<boolean> {
    const [row] = await this.db.prepared<{ may: boolean }>(
      ctx,
      `SELECT EXISTS (SELECT 1 FROM ticket WHERE id = $1 AND "deletedAt" IS NULL) AND (EXISTS (SELECT 1 FROM checklist_template WHERE "isAutomatic" AND "archivedAt" IS NULL)
         OR EXISTS (SELECT 1 FROM checklist WHERE "ticketId" = $1 AND "isAutomatic")) AS may`,
      [ticketId],
    );
    return row?.may === true;
  }

  private present(ctx: TxCtx, ticketId: string): Promise<Present[]> {
    return this.db.query<Present>(
      ctx,
      `SELECT c.id, c."templateId", c.name, c."isAutomatic",
         c.version = 1 AND NOT EXISTS (SELECT 1 FROM checklist_mark m WHERE m."checklistId" = c.id) AS "isUntouched"
       FROM checklist c WHERE c."ticketId" = $1`,
      [ticketId],
    );
  }

  private async drop(ctx: TxCtx, ticketId: string, gone: Present[]): Promise<void> {
    if (!gone.length) return;
    await this.checklists.erase(
      ctx,
      gone.map(({ id }) => id),
    );
    await this.progress.count(ctx, ticketId);
    await this.notes.add(
      ctx,
      ticketId,
      gone.map(({ name }) => ({ field: 'checklists', before: name, after: null })),
    );
  }
}
