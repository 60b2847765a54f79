import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { Jobs } from '@opora/platform/events';
import { raise } from '@opora/platform/errors';
import { ResumeTicket } from './put-aside.service';
import { TicketMergeDrafts } from './ticket-merge-drafts.service';
import type { TicketMerge } from './ticket-merge.entity';
import { TicketMergeFamily } from './ticket-merge-family.service';
import { LEAVES, LOCK_MERGE, RECOUNT, RESTORES } from './ticket-merge.query';
import { standingOf } from './ticket-merge-rows.service';
import { datesOf, told } from './ticket-merge.service';
import { type Brought, standingWithout } from './ticket-merge-standing';
import { type MovedRow, TicketMerges } from './ticket-merges.port';
import { TicketSearchIndex } from './ticket-search-index.service';
import type { StatusCategory } from './ticket-status';
import type { Ticket } from './ticket.entity';
import { doerOf, TicketWriter } from './ticket-writer.service';
import { TicketPermission } from './tickets.access';
import { TicketError } from './tickets.errors';
import { Tickets } from './tickets.service';

/** How long a merge can be taken back. */
export const UNMERGE_DAYS = 30;
const DAY = 86_400_000;

export const undoUntilOf = (at: Date): Date => new Date(at.getTime() + UNMERGE_DAYS * DAY);

/** Takes merged tickets apart again: everything goes back where it was, what came since stays with the survivor. */
@Injectable()
export class TicketUnmerging {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly tickets: Tickets,
    private readonly family: TicketMergeFamily,
    private readonly drafts: TicketMergeDrafts,
    private readonly merges: TicketMerges,
    private readonly searchIndex: TicketSearchIndex,
    private readonly writer: TicketWriter,
  ) {}

  /** One merge, or all of a group that still stand, the last one first. */
  undo(ctx: Ctx, id: string): Promise<{ id: string; toId: string }> {
    return this.db.tx(ctx, async (ctx) => {
      const [first] = await this.find(ctx, id);
      const { toId } = first ?? raise(TicketError.mergeNotFound());
      // Who may not see the survivor is not told that there was a merge.
      await this.tickets.find(ctx, toId).then((card) => card ?? raise(TicketError.mergeNotFound()));
      const fromIds = (await this.find(ctx, id)).map(({ fromId }) => fromId);
      await this.db.query(ctx, LOCK_MERGE, [
        [toId, ...fromIds],
        [toId, ...fromIds],
      ]);
      const undone = (await this.find(ctx, id)).filter(({ undoneAt }) => !undoneAt);
      if (!undone.length) throw TicketError.mergeUndone();
      if (undone.some(({ at }) => undoUntilOf(at) < ctx.now())) throw TicketError.mergeTooOld({ days: UNMERGE_DAYS });
      const survivor = await this.survivor(ctx, toId);
      for (const merge of undone) await this.takeApart(ctx, merge, survivor);
      const ids = [toId, ...undone.map(({ fromId }) => fromId)];
      await this.db.query(ctx, RECOUNT, [ids]);
      await this.searchIndex.refresh(ctx, ids);
      this.writer.touch(ctx, toId, true);
      return { id, toId };
    });
  }

  private find(ctx: Ctx, id: string): Promise<TicketMerge[]> {
    return this.db.query<TicketMerge>(
      ctx,
      'SELECT * FROM ticket_merge WHERE id = $1 OR "groupId" = $1 ORDER BY at DESC, id DESC',
      [id],
    );
  }

  private async survivor(ctx: TxCtx, id: string): Promise<Ticket> {
    const survivor = await this.tickets.getForUpdate(ctx, id, TicketPermission.update, { merged: true, inBin: true });
    if (survivor.deletedAt) throw TicketError.mergeSurvivorDeleted();
    if (survivor.mergedIntoId) {
      const into = await this.tickets.find(ctx, survivor.mergedIntoId);
      throw TicketError.mergeSurvivorMerged({ number: into?.number ?? '' });
    }
    return survivor;
  }

  private async takeApart(ctx: TxCtx, merge: TicketMerge, survivor: Ticket): Promise<void> {
    const { id: mergeId, fromId, toId } = merge;
    const from = await this.tickets.getForUpdate(ctx, fromId, TicketPermission.update, { merged: true });
    const known = new Map([survivor, from].map((ticket) => [ticket.id, ticket]));
    await this.restoreParts(ctx, merge);
    for (const sql of RESTORES) await this.db.query(ctx, sql, [mergeId, toId, fromId]);
    for (const sql of LEAVES) await this.db.query(ctx, sql, [mergeId, toId]);
    await this.drafts.takeBack(ctx, mergeId, toId, fromId);
    await this.family.takeBack(ctx, mergeId, fromId, known);
    const { now, bases } = standingWithout(standingOf(survivor), await this.standing(ctx, toId), mergeId);
    for (const base of bases)
      await this.db.query(ctx, 'UPDATE ticket_merge SET "toBefore" = $2 WHERE id = $1', [
        base.id,
        JSON.stringify(base.toBefore),
      ]);
    await this.db.query(ctx, 'UPDATE ticket_merge SET "undoneAt" = $2, "undoneByName" = $3 WHERE id = $1', [
      mergeId,
      ctx.now(),
      doerOf(ctx).actorName,
    ]);
    await this.release(ctx, from, merge);
    const before = { tickets: [told(from)] };
    const { awaiting, ...moments } = now;
    const patch = { awaiting, ...datesOf(moments) };
    await this.writer.change(ctx, survivor, patch, { extra: [{ field: 'merged', before, after: null }] });
  }

  /** The ticket is one of its own again, in the status it never left. */
  private async release(ctx: TxCtx, from: Ticket, { fromBefore }: TicketMerge): Promise<void> {
    const [status] = await this.db.query<{ category: StatusCategory }>(
      ctx,
      'SELECT category FROM ticket_status WHERE id = $1',
      [from.statusId],
    );
    const statusCategory = status!.category;
    await this.writer.change(ctx, from, { mergedIntoId: null, awaiting: fromBefore.awaiting, statusCategory });
    this.writer.touch(ctx, from.id, true);
    const until = from.putAsideUntil;
    // Its moment may have passed unheard while it was merged.
    if (until)
      await this.jobs.enqueue(ctx, ResumeTicket({ ticketId: from.id, until: until.toISOString() }), { at: until });
  }

  private async restoreParts(ctx: TxCtx, merge: TicketMerge): Promise<void> {
    const { id: mergeId, fromId, toId } = merge;
    for (const part of [...this.merges.parts()].reverse()) {
      const rows = await this.db.query<MovedRow>(
        ctx,
        `SELECT substr(kind, $3) AS kind, "itemId" AS id, data FROM ticket_merge_item WHERE "mergeId" = $1 AND kind LIKE $2 || '.%' ORDER BY kind, "itemId"`,
        [mergeId, part.name, part.name.length + 2],
      );
      if (rows.length) await part.restore(ctx, { mergeId, fromId, toId }, rows);
    }
  }

  /** The merges that still stand, in the order they were made. */
  private async standing(ctx: Ctx, toId: string): Promise<Brought[]> {
    const rows = await this.db.query<TicketMerge>(
      ctx,
      'SELECT * FROM ticket_merge WHERE "toId" = $1 AND "undoneAt" IS NULL ORDER BY at, id',
      [toId],
    );
    return rows.map(({ id, groupId, at, isPublic, fromBefore, toBefore }) => ({
      id,
      groupId,
      at: at.toISOString(),
      isPublic,
      fromBefore,
      toBefore,
    }));
  }
}
