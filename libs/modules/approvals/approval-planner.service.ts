import { Tickets } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { Organisation } from '@opora/platform/organisation';
import { Injectable } from '@nestjs/common';
import type { FlowPerson } from './approval-flow';
import { ApprovalRoute, ApprovalSettings } from './approval-route.entity';
import type { FrozenChoice, FrozenRoute } from './approval.entity';
import { visibleTo } from './approvals.access';
import { ApproverSearch } from './approver-search.service';
import { RouteChoices } from './route-choices.service';
import { type Currency, moneyOf } from './route-choice';

/** What a request says of itself. */
export type Wanted = {
  kindId?: string | null;
  routeId?: string | null;
  title?: string;
  text?: string;
  amount?: string | null;
  currency?: Currency;
  date?: string;
  ticketId?: string | null;
  basedOnId?: string | null;
  copyIds?: string[];
};
/** Everything that follows from it, or what stands in the way. */
export type Plan = {
  kindId: string | null;
  route: ApprovalRoute | null;
  choice: FrozenChoice;
  amount: number | null;
  currency: Currency;
  date: string;
  ticketId: string | null;
  basedOnId: string | null;
  frozen: FrozenRoute | null;
  copies: FlowPerson[];
  problems: FieldProblem[];
  facts: Record<string, string>;
};

/** Works out by which route a request goes and whom it comes to; writes nothing. */
@Injectable()
export class ApprovalPlanner {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly choices: RouteChoices,
    private readonly search: ApproverSearch,
    private readonly organisation: Organisation,
  ) {}

  async plan(ctx: Ctx, wanted: Wanted, initiator: FlowPerson): Promise<Plan> {
    const problems: FieldProblem[] = [];
    const say = (pointer: string, code: string): void => void problems.push({ pointer, code, message: '' });
    const amount = wanted.amount === undefined || wanted.amount === null ? null : (moneyOf(wanted.amount) ?? null);
    const currency = wanted.currency ?? (await this.currency(ctx));
    const date = wanted.date ?? (await this.today(ctx));
    const ticket = wanted.ticketId ? await this.tickets.find(ctx, wanted.ticketId) : undefined;
    if (wanted.ticketId && !ticket) say('/ticketId', 'approvals.ticketUnknown');
    const { route, choice, kindId } = await this.routeOf(ctx, wanted, { amount, currency, date }, say);
    const base = wanted.basedOnId ? await this.baseOf(ctx, wanted.basedOnId) : undefined;
    if (wanted.basedOnId && !base) say('/basedOnId', 'approvals.baseUnknown');
    else if (base && base.state !== 'approved') say('/basedOnId', 'approvals.baseNotApproved');
    else if (route?.definition.needsBase && !base) say('/basedOnId', 'approvals.baseRequired');
    const isWhole = route && (!wanted.ticketId || ticket);
    const found = isWhole
      ? await this.search.find(ctx, route.definition, { initiator, ticketId: ticket?.id ?? null })
      : null;
    problems.push(...(found?.problems.map(({ pointer, code, message }) => ({ pointer, code, message })) ?? []));
    const copies = await this.copiesOf(ctx, wanted.copyIds ?? [], say);
    return {
      kindId,
      route,
      choice,
      amount,
      currency,
      date,
      ticketId: ticket?.id ?? null,
      basedOnId: base?.id ?? null,
      frozen: found?.route ?? null,
      copies: [...(found?.route.copies ?? []), ...copies],
      problems,
      facts: { stage: found?.problems[0]?.stage ?? '' },
    };
  }

  private async routeOf(
    ctx: Ctx,
    { kindId, routeId }: Wanted,
    asked: { amount: number | null; currency: Currency; date: string },
    say: (pointer: string, code: string) => void,
  ): Promise<{ route: ApprovalRoute | null; choice: FrozenChoice; kindId: string | null }> {
    if (routeId) {
      const route = await this.db.repo(ctx, ApprovalRoute).findOneBy({ id: routeId });
      const isUsable = route && route.isActive && !route.archivedAt;
      if (!isUsable) say('/routeId', 'approvals.routeUnknown');
      else if (kindId && route.kindId !== kindId) say('/routeId', 'approvals.routeOfOtherKind');
      return { route: isUsable ? route : null, choice: { by: 'route', routes: [] }, kindId: route?.kindId ?? null };
    }
    if (!kindId) {
      say('/kindId', 'approvals.kindOrRoute');
      return { route: null, choice: { by: 'kind', routes: [] }, kindId: null };
    }
    const chosen = await this.choices.choose(ctx, { kindId, ...asked });
    if (!chosen.isKnownKind) say('/kindId', 'approvals.kindUnknown');
    else if (!chosen.route) say(asked.amount === null ? '/amount' : '/kindId', 'approvals.noRoute');
    return { route: chosen.route, choice: { by: 'kind', routes: chosen.routes }, kindId };
  }

  private async baseOf(ctx: Ctx, id: string): Promise<{ id: string; state: string } | undefined> {
    const params = new SqlParams();
    const [row] = await this.db.query<{ id: string; state: string }>(
      ctx,
      `SELECT a.id, a.state FROM approval a WHERE a.id = ${params.add(id)}::uuid AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    return row;
  }

  private async copiesOf(
    ctx: Ctx,
    ids: readonly string[],
    say: (pointer: string, code: string) => void,
  ): Promise<FlowPerson[]> {
    const there = await this.search.whoIsThere(ctx, ids);
    for (const [index, id] of ids.entries()) if (!there.has(id)) say(`/copyIds/${index}`, 'approvals.employeeUnknown');
    return ids.map((id) => ({ kind: 'employee', id }));
  }

  private async currency(ctx: Ctx): Promise<Currency> {
    return (await this.db.repo(ctx, ApprovalSettings).findOneByOrFail({ id: 1 })).currency;
  }

  /** The day it is in the organisation. */
  async today(ctx: Ctx): Promise<string> {
    const { timeZone } = await this.organisation.get(ctx);
    return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(ctx.now());
  }
}
