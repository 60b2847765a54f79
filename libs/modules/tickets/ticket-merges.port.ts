import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import type { TxCtx } from '@opora/platform/db';

/** One ticket on its way into another, or back. */
export type MergeOf = { mergeId: string; fromId: string; toId: string };
/** A row that was moved, and what it must remember of its place before. */
export type MovedRow = { kind: string; id: string; data?: unknown };

export type MergePart = {
  name: string;
  /** Moves the rows of the merged ticket to the survivor and answers which. */
  move(ctx: TxCtx, merge: MergeOf): Promise<MovedRow[]>;
  /** Moves back those that are still at the survivor. */
  restore(ctx: TxCtx, merge: MergeOf, rows: readonly MovedRow[]): Promise<void>;
  /** What of these tickets would move, in words. */
  count?(ctx: Ctx, ticketIds: readonly string[]): Promise<{ label: string; count: number }[]>;
};

/** Where modules above say what of theirs moves when tickets are merged. */
@Injectable()
export class TicketMerges {
  private readonly registered: MergePart[] = [];

  register(part: MergePart): void {
    this.registered.push(part);
  }

  parts(): readonly MergePart[] {
    return this.registered;
  }
}
