import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Ticket, type TransitionGuard, TransitionGuards } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { t } from '@opora/platform/i18n';
import { ApprovalCatalogue } from './approval-catalogue.service';
import type { ApprovalState } from './approval-flow';

const ANY = 'any';
const DAY_MS = 86_400_000;

type Last = { number: number; state: ApprovalState; finishedAt: Date | null; waitsFor: string | null };

/** AP-09: a transition may ask for an approval of the ticket first, of a kind and not older than so many days. */
@Injectable()
export class ApprovalGuard implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly guards: TransitionGuards,
    private readonly catalogue: ApprovalCatalogue,
  ) {}

  onModuleInit(): void {
    this.guards.register(this.guard());
  }

  private guard(): TransitionGuard {
    const kinds = (ctx: Ctx) => [
      { value: ANY, label: t(ctx, 'approvals.guard.anyKind') },
      ...this.catalogue.knownKinds().map(({ id, name }) => ({ value: id, label: name[ctx.locale] })),
    ];
    return {
      name: 'approval',
      label: (ctx) => t(ctx, 'approvals.guard.name'),
      params: [
        { name: 'kind', type: 'choice', label: (ctx) => t(ctx, 'approvals.guard.kind'), default: ANY, options: kinds },
        {
          name: 'maxAgeDays',
          type: 'number',
          label: (ctx) => t(ctx, 'approvals.guard.maxAgeDays'),
          min: 0,
          max: 3650,
          default: 0,
        },
      ],
      check: (ctx, ticket, _transition, { kind, maxAgeDays }) =>
        this.check(ctx, ticket, kind === ANY ? null : String(kind), Number(maxAgeDays)),
    };
  }

  private async check(ctx: Ctx, { id }: Ticket, kindId: string | null, maxAgeDays: number): Promise<string | null> {
    // What was approved counts, however many others there are; else the newest tells where it hangs.
    const [last] = await this.db.query<Last>(
      ctx,
      `SELECT a.number, a.state, a."finishedAt", (SELECT string_agg(COALESCE(e.name, c.name), ', ' ORDER BY s."askedAt", s.slot) FROM approval_step s
         LEFT JOIN employee e ON e.id = s."personId" AND s."personKind" = 'employee' LEFT JOIN contact c ON c.id = s."personId" AND s."personKind" = 'contact'
         WHERE s."approvalId" = a.id AND s.state = 'asked') AS "waitsFor"
       FROM approval a WHERE a."ticketId" = $1 AND ($2::uuid IS NULL OR a."kindId" = $2)
       ORDER BY a.state = 'approved' DESC, a."finishedAt" DESC NULLS FIRST, a.id DESC LIMIT 1`,
      [id, kindId],
    );
    const kind = kindId && this.catalogue.knownKinds().find((known) => known.id === kindId)?.name[ctx.locale];
    const facts = { kind: kind ? `«${kind}»` : '', number: last?.number, who: last?.waitsFor ?? '', days: maxAgeDays };
    const isOld =
      maxAgeDays > 0 && !!last?.finishedAt && ctx.now().getTime() - last.finishedAt.getTime() > maxAgeDays * DAY_MS;
    const isGiven = last?.state === 'approved' && !isOld;
    // A client is not told who in the house hesitates.
    if (ctx.actor.kind === 'contact') return isGiven ? null : t(ctx, 'approvals.guard.client');
    if (!last) return t(ctx, kind ? 'approvals.guard.noneOfKind' : 'approvals.guard.none', facts);
    if (last.state !== 'approved') return t(ctx, `approvals.guard.${last.state}`, facts);
    return isOld ? t(ctx, 'approvals.guard.old', facts) : null;
  }
}
