import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { AccessError, type FieldProblem, ProblemError } from '@opora/platform/errors';
import type { Ticket } from './ticket.entity';
import { isSame } from './ticket-writer.service';
import { covered } from './tickets.access';

type Promised = { deadlineAt?: Date | string | null };
type Checked = { reason: string | null | undefined; problems: FieldProblem[] };

/** T-27: a date promised by hand is asked the same through every door: the right to promise, and a reason for changing it. */
@Injectable()
export class DeadlinePromises {
  private permission?: string;

  constructor(private readonly db: Db) {}

  /** Called in `onModuleInit` of the module that watches over promises: the permission a date by hand asks for. */
  guardBy(permission: string): void {
    this.permission = permission;
  }

  /** 403 naming the field where the actor may not promise anything on this ticket. */
  async demand(ctx: Ctx, ticketId: string): Promise<void> {
    const params = new SqlParams();
    const condition = this.permission ? covered(ctx.actor, this.permission, params) : 'true';
    if (condition === 'true') return;
    const rows = await this.db.query(
      ctx,
      `SELECT 1 FROM ticket t WHERE t.id = ${params.add(ticketId)}::uuid AND ${condition}`,
      params.values,
    );
    if (!rows.length) throw denied();
  }

  /** A change of a ticket. Taking the date back needs no reason, another date must lie ahead. */
  async ofChange(
    ctx: Ctx,
    ticket: Pick<Ticket, 'id' | 'deadlineAt'>,
    { deadlineAt }: Promised,
    reason: string | null | undefined,
  ): Promise<Checked> {
    if (deadlineAt === undefined || isSame(ticket.deadlineAt, deadlineAt)) return { reason, problems: [] };
    await this.demand(ctx, ticket.id);
    if (deadlineAt === null) return { reason, problems: [] };
    const checked = this.explained(ctx, reason);
    const isPast = new Date(deadlineAt) <= ctx.now();
    return isPast ? { ...checked, problems: [...checked.problems, problem('/deadlineAt', 'deadlinePast')] } : checked;
  }

  /**
   * A ticket about to be registered: the date is taken over as it was promised before there was a ticket, with the reason if one is known.
   * Nothing was counted yet that it could contradict.
   */
  ofNew(ctx: Ctx, { deadlineAt, reason }: Promised & { reason?: string | null }): string | null {
    if (!deadlineAt) return null;
    // Whether the scope of the right reaches the ticket can be asked only when it is there.
    if (this.permission && covered(ctx.actor, this.permission, new SqlParams()) === 'false') throw denied();
    return this.explained(ctx, reason).reason ?? null;
  }

  /** What either would refuse, for a form that is still being filled in. */
  async foresee(
    ctx: Ctx,
    ticket: Ticket | null,
    input: Promised & { reason?: string | null },
  ): Promise<FieldProblem[]> {
    try {
      if (ticket) return (await this.ofChange(ctx, ticket, input, input.reason)).problems;
      this.ofNew(ctx, input);
      return [];
    } catch (error) {
      if (error instanceof ProblemError) return error.fields;
      throw error;
    }
  }

  /** What acts by itself gives its name, a person must give a reason of his own. */
  private explained({ cause }: Ctx, reason: string | null | undefined): Checked {
    if (reason?.trim()) return { reason, problems: [] };
    if ('name' in cause) return { reason: cause.kind === 'system' ? reason : cause.name, problems: [] };
    return { reason, problems: this.permission ? [problem('/reason', 'deadlineReason')] : [] };
  }
}

const problem = (pointer: string, name: string): FieldProblem => ({ pointer, code: `tickets.${name}`, message: '' });

function denied(): ProblemError {
  const { code, status } = AccessError.denied();
  return new ProblemError(code, status, {}, {}, [problem('/deadlineAt', 'deadlineDenied')]);
}
