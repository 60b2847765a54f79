import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Ticket, type TransitionGuard, TransitionGuards } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { t } from '@opora/platform/i18n';
import { formatSpent } from './spent-time';

const WHOSE = ['anyone', 'assignee'] as const;

/** B-02: a transition of the process may ask for worked time first. */
@Injectable()
export class WorklogGuard implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly guards: TransitionGuards,
  ) {}

  onModuleInit(): void {
    this.guards.register(this.guard());
  }

  private guard(): TransitionGuard {
    const whose = (ctx: Ctx) =>
      WHOSE.map((value) => ({ value: value as string, label: t(ctx, `billing.guard.${value}`) }));
    return {
      name: 'worklog',
      label: (ctx) => t(ctx, 'billing.guard.name'),
      params: [
        {
          name: 'minMinutes',
          type: 'minutes',
          label: (ctx) => t(ctx, 'billing.guard.minMinutes'),
          min: 1,
          max: 6000,
          default: 1,
        },
        {
          name: 'whose',
          type: 'choice',
          label: (ctx) => t(ctx, 'billing.guard.whose'),
          default: 'anyone',
          options: whose,
        },
      ],
      check: (ctx, ticket, _transition, { minMinutes, whose }) =>
        this.check(ctx, ticket, Number(minMinutes) * 60, whose === 'assignee'),
    };
  }

  private async check(ctx: Ctx, ticket: Ticket, wanted: number, ofAssignee: boolean): Promise<string | null> {
    const [row] = await this.db.prepared<{ seconds: number }>(
      ctx,
      `SELECT COALESCE(sum(seconds), 0)::int AS seconds FROM time_entry WHERE "ticketId" = $1 AND "deletedAt" IS NULL AND ($2::boolean OR "employeeId" = $3::uuid)`,
      [ticket.id, !ofAssignee, ticket.assigneeId],
    );
    const present = row?.seconds ?? 0;
    if (present >= wanted) return null;
    // How long people worked is the house's business.
    if (ctx.actor.kind === 'contact') return t(ctx, 'billing.guard.forClient');
    const words = { wanted: formatSpent(wanted, ctx.locale), present: formatSpent(present, ctx.locale) };
    return t(ctx, ofAssignee ? 'billing.guard.unmetByAssignee' : 'billing.guard.unmet', words);
  }
}
