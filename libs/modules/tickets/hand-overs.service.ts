import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import type { Ticket } from './ticket.entity';

type HandOver = { reason: string | null | undefined; problems: FieldProblem[] };

/** a ticket goes to another line with a reason. */
@Injectable()
export class HandOvers {
  constructor(private readonly db: Db) {}

  /** The reason the history will keep; what acts by itself gives its name, a person must give one of his own. */
  async check(
    ctx: Ctx,
    ticket: Pick<Ticket, 'teamId'>,
    { teamId }: { teamId?: string | null },
    reason: string | null | undefined,
  ): Promise<HandOver> {
    const given = reason?.trim();
    if (given || !teamId || !ticket.teamId || teamId.toLowerCase() === ticket.teamId) return { reason, problems: [] };
    if ('name' in ctx.cause) return { reason: ctx.cause.kind === 'system' ? reason : ctx.cause.name, problems: [] };
    const [lines] = await this.db.query<{ differ: boolean }>(
      ctx,
      `SELECT count(DISTINCT line) > 1 AS differ FROM team WHERE id = ANY ($1::uuid[])`,
      [[teamId, ticket.teamId]],
    );
    if (!lines?.differ) return { reason, problems: [] };
    return { reason, problems: [{ pointer: '/reason', code: 'tickets.handoverReason', message: '' }] };
  }
}
