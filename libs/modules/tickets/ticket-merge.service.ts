import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { TicketMergeDrafts } from './ticket-merge-drafts.service';
import { TicketMergeFamily } from './ticket-merge-family.service';
import { MOVES, RECOUNT } from './ticket-merge.query';
import { type MergeCast, standingOf, TicketMergeRows } from './ticket-merge-rows.service';
import { standingWith } from './ticket-merge-standing';
import { type MergeOf, TicketMerges } from './ticket-merges.port';
import { TicketSearchIndex } from './ticket-search-index.service';
import type { Ticket } from './ticket.entity';
import { doerOf, TicketWriter } from './ticket-writer.service';

export const told = ({ id, number, subject }: Ticket) => ({ id, number, subject });

/** Several tickets become one: what was said and done goes to the survivor with its times, the old numbers lead there. */
@Injectable()
export class TicketMerging {
  constructor(
    private readonly db: Db,
    private readonly rows: TicketMergeRows,
    private readonly family: TicketMergeFamily,
    private readonly drafts: TicketMergeDrafts,
    private readonly merges: TicketMerges,
    private readonly searchIndex: TicketSearchIndex,
    private readonly writer: TicketWriter,
  ) {}

  /** All of them or none; answers the group of the merges. */
  merge(
    ctx: Ctx,
    key: string,
    ticketIds: readonly string[],
    reason: string | null,
  ): Promise<{ id: string; toId: string }> {
    return this.db.tx(ctx, async (ctx) => {
      const { toId, fromIds } = await this.rows.idsOf(ctx, key, ticketIds);
      const cast = await this.rows.lock(ctx, toId, fromIds);
      const { staying, isInner } = await this.rows.people(ctx, toId, fromIds);
      const [groupId, now] = [newId(), ctx.now()];
      const merges = await this.note(ctx, groupId, cast, { at: now, reason, isPublic: !isInner });
      await this.db.query(ctx, MOVES.comments, [groupId, toId, now]);
      await this.db.query(ctx, MOVES.attachments, [groupId, toId]);
      await this.db.query(ctx, MOVES.words, [groupId, toId]);
      await this.db.query(ctx, MOVES.observers, [groupId, toId, staying.map(({ id }) => id)]);
      await this.db.query(ctx, MOVES.coExecutors, [groupId, toId]);
      await this.db.query(ctx, MOVES.links, [groupId, toId]);
      await this.drafts.copy(ctx, groupId, toId);
      for (const [index, from] of cast.merged.entries())
        await this.family.rehang(ctx, { id: merges[index]!.mergeId, from, to: cast.survivor }, cast.known);
      for (const merge of merges) await this.moveParts(ctx, merge);
      await this.write(ctx, cast, { at: now, reason, isInner });
      return { id: groupId, toId };
    });
  }

  /** The rows of the merges, in the order of the tickets. */
  private async note(
    ctx: TxCtx,
    groupId: string,
    { survivor, merged }: MergeCast,
    { at, reason, isPublic }: { at: Date; reason: string | null; isPublic: boolean },
  ): Promise<MergeOf[]> {
    const { actorKind, actorId, actorName } = doerOf(ctx);
    const merges = merged.map((from) => ({ mergeId: newId(), fromId: from.id, toId: survivor.id }));
    await this.db.query(
      ctx,
      `INSERT INTO ticket_merge (id, "groupId", "fromId", "toId", reason, at, "actorKind", "actorId", "actorName", "fromBefore", "toBefore", "isPublic")
       SELECT m.id, $3, m."from", $4, $5, $6, $7, $8, $9, m.before::jsonb, $10, $11
       FROM unnest($1::uuid[], $2::uuid[], $12::text[]) AS m(id, "from", before)`,
      [
        merges.map(({ mergeId }) => mergeId),
        merges.map(({ fromId }) => fromId),
        groupId,
        survivor.id,
        reason,
        at,
        actorKind,
        actorId,
        actorName,
        JSON.stringify(standingOf(survivor)),
        isPublic,
        merged.map((ticket) => JSON.stringify(standingOf(ticket))),
      ],
    );
    return merges;
  }

  /** Modules above move what is theirs; which rows those were is kept for the way back. */
  private async moveParts(ctx: TxCtx, merge: MergeOf): Promise<void> {
    for (const part of this.merges.parts()) {
      const moved = await part.move(ctx, merge);
      if (!moved.length) continue;
      await this.db.query(
        ctx,
        `INSERT INTO ticket_merge_item ("mergeId", kind, "itemId", data)
         SELECT $1, i.kind, i.id, i.data::jsonb FROM unnest($2::text[], $3::uuid[], $4::text[]) AS i(kind, id, data)`,
        [
          merge.mergeId,
          moved.map(({ kind }) => `${part.name}.${kind}`),
          moved.map(({ id }) => id),
          moved.map(({ data }) => (data === undefined ? null : JSON.stringify(data))),
        ],
      );
    }
  }

  /** The tickets themselves: history on both sides, who waits for whom, counters, words. */
  private async write(
    ctx: TxCtx,
    { survivor, merged }: MergeCast,
    { at: moment, reason, isInner }: { at: Date; reason: string | null; isInner: boolean },
  ): Promise<void> {
    const at = moment.toISOString();
    const brought = merged.map((ticket) => ({ at, isPublic: !isInner, fromBefore: standingOf(ticket) }));
    const { awaiting, ...moments } = standingWith(standingOf(survivor), brought);
    for (const ticket of merged) {
      // Nothing but the copy for lists says it is over: its own status waits for the day somebody takes it apart again.
      const patch = { mergedIntoId: survivor.id, statusCategory: 'closed' as const, awaiting: null };
      await this.writer.change(ctx, ticket, patch, { reason });
      this.writer.touch(ctx, ticket.id, true);
    }
    const after = { tickets: merged.map(told) };
    const patch = { awaiting, ...datesOf(moments) };
    await this.writer.change(ctx, survivor, patch, { reason, extra: [{ field: 'merged', before: null, after }] });
    const ids = [survivor.id, ...merged.map(({ id }) => id)];
    await this.db.query(ctx, RECOUNT, [ids]);
    await this.searchIndex.refresh(ctx, ids);
    this.writer.touch(ctx, survivor.id, true);
  }
}

type Moments = { lastClientMessageAt: string | null; lastStaffReplyAt: string | null; publicUpdatedAt: string | null };

/** Moments of a standing as the ticket's columns hold them. */
export const datesOf = ({ lastClientMessageAt, lastStaffReplyAt, publicUpdatedAt }: Moments) => ({
  lastClientMessageAt: lastClientMessageAt ? new Date(lastClientMessageAt) : null,
  lastStaffReplyAt: lastStaffReplyAt ? new Date(lastStaffReplyAt) : null,
  ...(publicUpdatedAt ? { publicUpdatedAt: new Date(publicUpdatedAt) } : {}),
});
