import { Injectable } from '@nestjs/common';
import { Tickets } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { fieldProblem, ProblemError } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import { ChannelError } from './channels.errors';
import type { DecideIntake } from './intake.dto';
import { IntakeProcessor } from './intake-processor.service';
import { Intake, type IntakeRow } from './intake.service';

/** Where a person decides about mails of strangers. */
@Injectable()
export class IntakeDesk {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly intake: Intake,
    private readonly processor: IntakeProcessor,
    private readonly tickets: Tickets,
  ) {}

  /** Carries out the decision; of two people who decide at once the second is refused. */
  decide(ctx: Ctx, id: string, { decision, ticketId }: DecideIntake): Promise<IntakeRow> {
    return this.db.tx(ctx, async (ctx) => {
      await this.db.query(ctx, `SELECT 1 FROM intake_message WHERE id = $1 FOR UPDATE`, [id]);
      const row = await this.intake.get(ctx, id);
      if (row.state !== 'held') throw ChannelError.notHeld();
      if (decision === 'attach')
        await this.processor.decide(ctx, row, { decision, ticketId: await this.visibleTicket(ctx, ticketId ?? '') });
      else if (decision === 'new_ticket') await this.processor.decide(ctx, row, { decision });
      else {
        await this.db.query(
          ctx,
          `UPDATE intake_message SET state = 'ignored', reason = 'ignoredByAgent', facts = $2 WHERE id = $1`,
          [id, JSON.stringify({ name: ctx.actor.name })],
        );
        this.live.touch(ctx, ['intake'], 'staff');
      }
      return this.intake.get(ctx, id);
    });
  }

  private async visibleTicket(ctx: Ctx, key: string): Promise<string> {
    return this.tickets.idOf(ctx, key).catch((error: unknown) => {
      throw error instanceof ProblemError && error.status === 404
        ? fieldProblem('/ticketId', 'channels.ticketUnknown')
        : error;
    });
  }
}
