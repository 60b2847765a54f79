import { EmployeeLeft } from '@opora/modules/people';
import { TicketWaits } from '@opora/modules/sla';
import { TicketMerges } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { On } from '@opora/platform/events';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ApprovalProgress } from './approval-progress.service';
import { flowNow } from './approval-story';
import { StandIns } from './stand-ins.service';

/** What the rest of the house does with approvals: people leave, tickets wait and are merged. */
@Injectable()
export class ApprovalListener implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly progress: ApprovalProgress,
    private readonly standIns: StandIns,
    private readonly waits: TicketWaits,
    private readonly merges: TicketMerges,
  ) {}

  onModuleInit(): void {
    this.waits.register((ctx, ticketId) => this.waitsOf(ctx, ticketId));
    this.merges.register({
      name: 'approvals',
      move: async (ctx, { fromId, toId }) => {
        const rows = await this.db.query<{ id: string }>(
          ctx,
          `UPDATE approval SET "ticketId" = $2 WHERE "ticketId" = $1 RETURNING id`,
          [fromId, toId],
        );
        return rows.map(({ id }) => ({ kind: 'approval', id }));
      },
      restore: async (ctx, { fromId, toId }, rows) => {
        const ids = rows.map(({ id }) => id);
        await this.db.query(ctx, `UPDATE approval SET "ticketId" = $1 WHERE "ticketId" = $2 AND id = ANY($3::uuid[])`, [
          fromId,
          toId,
          ids,
        ]);
      },
    });
  }

  /** AP-01: an approver who has left never holds a request up: his place is taken, or it is said that nobody is there. */
  @On(EmployeeLeft)
  async left(ctx: Ctx, { employeeId }: ReturnType<typeof EmployeeLeft>['payload']): Promise<void> {
    await this.db.tx(ctx, async (ctx) => {
      const rows = await this.db.query<{ approvalId: string }>(
        ctx,
        `SELECT DISTINCT "approvalId" FROM approval_step WHERE "personId" = $1 AND "personKind" = 'employee' AND state = 'asked' ORDER BY 1`,
        [employeeId],
      );
      for (const { approvalId } of rows) {
        const held = await this.progress.hold(ctx, approvalId);
        if (!held) continue;
        const flow = flowNow(held);
        const own = flow.steps.filter(({ state, person }) => state === 'asked' && person.id === employeeId);
        const facts = await this.standIns.decide(ctx, held, flow, own);
        if (facts.length) await this.progress.apply(ctx, held, facts);
      }
    });
  }

  /** The stretches in which a ticket waited for somebody's decision. */
  private async waitsOf(ctx: Ctx, ticketId: string) {
    const rows = await this.db.query<{ personId: string; askedAt: Date; endedAt: Date | null }>(
      ctx,
      `SELECT s."personId", s."askedAt", s."endedAt" FROM approval a JOIN approval_step s ON s."approvalId" = a.id
       WHERE a."ticketId" = $1 AND s."askedAt" IS NOT NULL AND s.state <> 'merged' ORDER BY s."askedAt", s.id`,
      [ticketId],
    );
    return rows.map(({ personId, askedAt, endedAt }) => ({
      personId,
      from: askedAt.getTime(),
      to: endedAt?.getTime() ?? null,
    }));
  }
}
