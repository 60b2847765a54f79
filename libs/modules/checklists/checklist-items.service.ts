import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { type ItemFacts, MAX_ITEMS } from './checklist-item';
import { ChecklistItemChecks } from './checklist-item-checks.service';
import { type CreateChecklistItem, toItemFacts, type UpdateChecklistItem } from './checklist-items.dto';
import type { ChecklistRow } from './checklist-views';
import { ChecklistItem, ChecklistMark } from './checklist.entity';
import { ChecklistError } from './checklists.errors';
import { Checklists, type Held } from './checklists.service';

/** Items of a checklist that is on a ticket. */
@Injectable()
export class ChecklistItems {
  constructor(
    private readonly db: Db,
    private readonly checklists: Checklists,
    private readonly checks: ChecklistItemChecks,
  ) {}

  add(ctx: Ctx, checklistId: string, { afterId, ...input }: CreateChecklistItem): Promise<ChecklistRow> {
    return this.db.tx(ctx, async (ctx) => {
      const held = await this.checklists.hold(ctx, checklistId);
      const count = await this.db.repo(ctx, ChecklistItem).countBy({ checklistId });
      if (count >= MAX_ITEMS) throw fieldProblem('/title', 'checklists.tooManyItems');
      const item = toItemFacts(input);
      await this.checks.demand(ctx, [item], { pointer: '', given: [input] });
      const place = await this.placeAfter(ctx, checklistId, afterId);
      await this.checklists.addItems(ctx, checklistId, [item], place);
      return this.done(ctx, held, { before: null, after: item.title });
    });
  }

  update(ctx: Ctx, id: string, seen: number, input: UpdateChecklistItem): Promise<ChecklistRow> {
    return this.db.tx(ctx, async (ctx) => {
      const { item, held } = await this.hold(ctx, id);
      if (item.version !== seen) throw ChecklistError.changed({}, { version: item.version });
      const { afterId, ...given } = input;
      const next = toItemFacts({ ...factsOf(item), ...defined(given) });
      await this.checks.demand(ctx, [next], { pointer: '', given: [{ ...given, kind: next.kind }] });
      const isOther = next.kind !== item.kind || next.resultKind !== item.resultKind;
      if (isOther && (await this.db.repo(ctx, ChecklistMark).countBy({ itemId: id })))
        throw ChecklistError.itemHasMarks();
      const place = afterId === undefined ? item.position : await this.placeAfter(ctx, item.checklistId, afterId, id);
      const before = item.title;
      Object.assign(item, next, { position: place, version: item.version + 1 });
      await this.db.repo(ctx, ChecklistItem).save(item);
      return this.done(ctx, held, { before, after: item.title });
    });
  }

  remove(ctx: Ctx, id: string): Promise<ChecklistRow> {
    return this.db.tx(ctx, async (ctx) => {
      const { item, held } = await this.hold(ctx, id);
      await this.db.repo(ctx, ChecklistMark).delete({ itemId: id });
      await this.db.repo(ctx, ChecklistItem).delete({ id });
      return this.done(ctx, held, { before: item.title, after: null });
    });
  }

  /** The item with its checklist and ticket, under the ticket's lock. */
  async hold(ctx: TxCtx, id: string): Promise<{ item: ChecklistItem; held: Held }> {
    const repo = this.db.repo(ctx, ChecklistItem);
    const { checklistId } = (await repo.findOneBy({ id })) ?? raise(ChecklistError.notFound());
    const held = await this.checklists.hold(ctx, checklistId);
    return { held, item: (await repo.findOneBy({ id })) ?? raise(ChecklistError.notFound()) };
  }

  /** Makes room after an item and answers the free position; without one the last. */
  private async placeAfter(
    ctx: TxCtx,
    checklistId: string,
    afterId: string | null | undefined,
    movedId: string | null = null,
  ): Promise<number> {
    const rows = await this.db.query<{ id: string; position: number }>(
      ctx,
      `SELECT id, position FROM checklist_item WHERE "checklistId" = $1 ORDER BY position`,
      [checklistId],
    );
    if (afterId === undefined) return (rows[rows.length - 1]?.position ?? -1) + 1;
    const after = rows.find(({ id }) => id === afterId);
    if (afterId !== null && (!after || afterId === movedId)) throw fieldProblem('/afterId', 'checklists.itemUnknown');
    const place = after ? after.position + 1 : 0;
    await this.db.query(
      ctx,
      `UPDATE checklist_item SET position = position + 1 WHERE "checklistId" = $1 AND position >= $2`,
      [checklistId, place],
    );
    return place;
  }

  private async done(
    ctx: TxCtx,
    { checklist, ticket }: Held,
    { before, after }: { before: string | null; after: string | null },
  ): Promise<ChecklistRow> {
    const line = (title: string | null): string | null => title && `${checklist.name}: ${title}`;
    await this.checklists.follow(ctx, ticket.id, { before: line(before), after: line(after) });
    return this.checklists.get(ctx, checklist.id);
  }
}

const factsOf = ({ id: _, checklistId: __, position: ___, version: ____, ...facts }: ChecklistItem): ItemFacts => facts;
const defined = (input: UpdateChecklistItem): UpdateChecklistItem =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
