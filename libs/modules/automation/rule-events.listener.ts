import { ApprovalFinished, ApprovalOverdue } from '@opora/modules/approvals';
import { TicketRated } from '@opora/modules/feedback';
import { type SlaMomentFact, SlaBreached, SlaWarned } from '@opora/modules/sla';
import {
  TicketAssigned,
  TicketChanged,
  TicketCommented,
  TicketCreated,
  TicketFilters,
  TicketResumed,
  TicketStatusChanged,
} from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { type Delivery, Handles, Jobs, On, type PayloadOf } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { RuleBook } from './rule-book.service';
import { RuleEngine } from './rule-engine.service';
import { RuleDue, RunRuleSchedule } from './rule-jobs';
import { RuleMoments } from './rule-moments.service';
import { doerOf, RULE_MOMENTS } from './rule-trigger';

const FOUND_TOGETHER = 500;

/** Tells the engine what happened. Safe to repeat: a rule meets an event once. */
@Injectable()
export class RuleEvents {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly book: RuleBook,
    private readonly engine: RuleEngine,
    private readonly moments: RuleMoments,
    private readonly filters: TicketFilters,
  ) {}

  @On(TicketCreated)
  async created(
    ctx: Ctx,
    { ticketId, actorKind }: PayloadOf<typeof TicketCreated>,
    { eventId, createdAt: at }: Delivery,
  ): Promise<void> {
    await this.engine.happened(ctx, {
      eventId,
      at,
      ticketId,
      event: 'ticket.created',
      facts: { 'event.by': doerOf(actorKind) },
    });
    await this.moments.arm(ctx, ticketId);
  }

  @On(TicketChanged)
  async changed(
    ctx: Ctx,
    { ticketId, fields, version, actorKind }: PayloadOf<typeof TicketChanged>,
    { eventId, createdAt: at }: Delivery,
  ): Promise<void> {
    const facts = { 'event.by': doerOf(actorKind) };
    await this.engine.happened(ctx, { eventId, at, ticketId, event: 'ticket.changed', facts, fields, version });
    await this.moments.arm(ctx, ticketId);
  }

  @On(TicketStatusChanged)
  async moved(
    ctx: Ctx,
    event: PayloadOf<typeof TicketStatusChanged>,
    { eventId, createdAt: at }: Delivery,
  ): Promise<void> {
    const facts = {
      'event.by': doerOf(event.actorKind),
      'event.fromStatusId': event.from,
      'event.fromCategory': event.fromCategory,
    };
    await this.engine.happened(ctx, { eventId, at, ticketId: event.ticketId, event: 'ticket.statusChanged', facts });
  }

  @On(TicketAssigned)
  async assigned(
    ctx: Ctx,
    event: PayloadOf<typeof TicketAssigned>,
    { eventId, createdAt: at }: Delivery,
  ): Promise<void> {
    const facts = {
      'event.by': doerOf(event.actorKind),
      'event.fromAssigneeId': event.from,
      'event.fromTeamId': event.teamFrom,
      'event.reason': event.reason ?? null,
    };
    await this.engine.happened(ctx, { eventId, at, ticketId: event.ticketId, event: 'ticket.assigned', facts });
  }

  @On(TicketCommented)
  async commented(
    ctx: Ctx,
    event: PayloadOf<typeof TicketCommented>,
    { eventId, createdAt: at }: Delivery,
  ): Promise<void> {
    const { ticketId, commentId } = event;
    const { byEvent } = await this.book.now(ctx);
    if (byEvent.has('ticket.commented')) {
      const [comment] = await this.db.prepared<{ text: string }>(
        ctx,
        'SELECT text FROM comment WHERE id = $1 AND "undoneAt" IS NULL',
        [commentId],
      );
      const facts = {
        'event.by': doerOf(event.authorKind),
        'event.audience': event.audience,
        'event.commentKind': event.kind,
        'event.text': comment?.text ?? null,
      };
      if (comment) await this.engine.happened(ctx, { eventId, at, ticketId, event: 'ticket.commented', facts });
    }
    await this.moments.arm(ctx, ticketId);
  }

  @On(TicketResumed)
  async resumed(
    ctx: Ctx,
    { ticketId, why }: PayloadOf<typeof TicketResumed>,
    { eventId, createdAt: at }: Delivery,
  ): Promise<void> {
    await this.engine.happened(ctx, { eventId, at, ticketId, event: 'ticket.resumed', facts: { 'event.why': why } });
  }

  @On(TicketRated)
  async rated(
    ctx: Ctx,
    { ticketId, score, before }: PayloadOf<typeof TicketRated>,
    { eventId, createdAt: at }: Delivery,
  ): Promise<void> {
    const facts = { 'event.score': score, 'event.isFirst': before === null };
    await this.engine.happened(ctx, { eventId, at, ticketId, event: 'ticket.rated', facts });
  }

  @On(ApprovalFinished)
  async approved(
    ctx: Ctx,
    { ticketId, state }: PayloadOf<typeof ApprovalFinished>,
    { eventId, createdAt: at }: Delivery,
  ): Promise<void> {
    if (!ticketId) return;
    const facts = { 'event.state': state };
    await this.engine.happened(ctx, { eventId, at, ticketId, event: 'approval.finished', facts });
  }

  @On(ApprovalOverdue)
  async approvalLate(
    ctx: Ctx,
    { ticketId, isEscalation }: PayloadOf<typeof ApprovalOverdue>,
    { eventId, createdAt: at }: Delivery,
  ): Promise<void> {
    if (!ticketId || isEscalation) return;
    await this.engine.happened(ctx, { eventId, at, ticketId, event: 'approval.overdue', facts: {} });
  }

  @On(SlaWarned)
  async warned(ctx: Ctx, { moments }: PayloadOf<typeof SlaWarned>, { createdAt }: Delivery): Promise<void> {
    for (const moment of moments) await this.slaMoment(ctx, 'sla.warned', moment, createdAt);
  }

  @On(SlaBreached)
  async breached(ctx: Ctx, { moments }: PayloadOf<typeof SlaBreached>, { createdAt }: Delivery): Promise<void> {
    for (const moment of moments) await this.slaMoment(ctx, 'sla.breached', moment, createdAt);
  }

  @Handles(RuleDue)
  async due(ctx: Ctx, { ruleId, ticketId, eventId, baseAt }: PayloadOf<typeof RuleDue>): Promise<void> {
    const { byId } = await this.book.now(ctx);
    const trigger = byId.get(ruleId)?.trigger;
    if (!trigger || trigger.kind === 'event') return;
    // The ticket has moved on since: its new moment is waited for.
    if (trigger.kind === 'after' && !(await this.isStill(ctx, ticketId, RULE_MOMENTS[trigger.moment], baseAt))) return;
    const event = trigger.kind === 'after' ? `after.${trigger.moment}` : 'schedule';
    await this.engine.due(ctx, ruleId, { eventId, ticketId, event, facts: {} });
  }

  /** The tickets of a schedule, in lots; each is looked at by itself. */
  @Handles(RunRuleSchedule)
  async scheduled(ctx: Ctx, { ruleId, at, after }: PayloadOf<typeof RunRuleSchedule>): Promise<void> {
    const rule = (await this.book.now(ctx)).byId.get(ruleId);
    if (rule?.trigger.kind !== 'schedule') return;
    await this.db.tx(ctx, async (ctx) => {
      const params = new SqlParams();
      const condition = await this.filters.ofCondition(ctx, rule.when, params);
      const rows = await this.db.query<{ id: string }>(
        ctx,
        `SELECT t.id FROM ticket t WHERE ${condition} AND t."deletedAt" IS NULL AND t."mergedIntoId" IS NULL
           AND (${params.add(after)}::uuid IS NULL OR t.id > $${params.values.length}) ORDER BY t.id LIMIT ${FOUND_TOGETHER}`,
        params.values,
      );
      for (const { id } of rows) {
        const eventId = sameId(`${ruleId} ${at} ${id}`);
        await this.jobs.enqueue(ctx, RuleDue({ ruleId, ticketId: id, eventId, baseAt: null }));
      }
      const last = rows[FOUND_TOGETHER - 1]?.id;
      if (last) await this.jobs.enqueue(ctx, RunRuleSchedule({ ruleId, at, after: last }));
    });
  }

  private slaMoment(ctx: Ctx, event: 'sla.warned' | 'sla.breached', moment: SlaMomentFact, at: Date): Promise<void> {
    const { id: eventId, ticketId, metric, threshold } = moment;
    const facts = { 'event.metric': metric, ...(event === 'sla.warned' && { 'event.threshold': threshold }) };
    return this.engine.happened(ctx, { eventId, at, ticketId, event, facts });
  }

  private async isStill(ctx: Ctx, ticketId: string, base: string, baseAt: string | null): Promise<boolean> {
    const [row] = await this.db.query<{ base: Date | null }>(
      ctx,
      `SELECT ${base} AS base FROM ticket t WHERE t.id = $1`,
      [ticketId],
    );
    return row?.base?.toISOString() === baseAt;
  }
}

/** The same id for the same words. */
const sameId = (words: string): string =>
  createHash('sha256')
    .update(words)
    .digest('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
