import type { Ctx } from '@opora/platform/context';
import { Injectable } from '@nestjs/common';

/** A stretch in which a ticket waits for somebody's decision; without an end it still does. Milliseconds since 1970. */
export type TicketWait = { from: number; to: number | null; personId: string };
type WaitSource = (ctx: Ctx, ticketId: string) => Promise<TicketWait[]>;

/** Whose decisions tickets wait for. The module that asks for decisions says it. */
@Injectable()
export class TicketWaits {
  private readonly sources: WaitSource[] = [];

  register(source: WaitSource): void {
    this.sources.push(source);
  }

  async of(ctx: Ctx, ticketId: string): Promise<TicketWait[]> {
    return (await Promise.all(this.sources.map((source) => source(ctx, ticketId)))).flat();
  }
}
