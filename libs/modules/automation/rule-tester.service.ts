import type { Condition } from '@opora/modules/fields';
import { TicketActions } from '@opora/modules/macros';
import { TicketFacts, Tickets } from '@opora/modules/tickets';
import { type Ctx, SYSTEM } from '@opora/platform/context';
import { raise } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import { ConditionWords } from './condition-words.service';
import { RuleMoments } from './rule-moments.service';
import { MASK } from './rule-secrets';
import type { RuleTrigger } from './rule-trigger';
import { RuleTriggers } from './rule-triggers.service';
import type { RuleTestView } from './rule-views.dto';
import { Rules } from './rules.service';
import type { TestRule } from './rules.dto';
import { RuleError } from './rules.errors';

/** Tries a rule on a ticket: what its condition sees, what its actions would do. Nothing is written. */
@Injectable()
export class RuleTester {
  constructor(
    private readonly rules: Rules,
    private readonly triggers: RuleTriggers,
    private readonly tickets: Tickets,
    private readonly facts: TicketFacts,
    private readonly actions: TicketActions,
    private readonly moments: RuleMoments,
    private readonly words: ConditionWords,
  ) {}

  async test(ctx: Ctx, { rule, ticketId: key, event = {} }: TestRule): Promise<RuleTestView> {
    const ticketId = await this.tickets.idOf(ctx, key);
    await this.rules.check(ctx, rule);
    const trigger = rule.trigger as RuleTrigger;
    const fields = await this.triggers.fieldsFor(ctx, trigger);
    const ofTicket = (await this.facts.of(ctx, [ticketId])).get(ticketId) ?? raise(RuleError.notFound());
    const asked = fields.filter(({ name }) => name.startsWith('event.')).map(({ name }) => name);
    const given = Object.fromEntries(
      asked.flatMap((name) => (Object.hasOwn(event, name) ? [[name, event[name]]] : [])),
    );
    const condition = await this.words.explain(
      ctx,
      rule.when as Condition,
      { ...ofTicket, ...given },
      {
        fields,
        unknown: new Set(asked.filter((name) => !(name in given))),
      },
    );
    const preview = await this.actions.preview(this.asRule(ctx), ticketId, rule.actions.map(withoutMask));
    const dueAt = trigger.kind === 'after' ? await this.moments.dueOf(ctx, trigger, ticketId) : null;
    return {
      matched: condition[0]?.holds ?? null,
      condition,
      lines: preview.lines.map(({ label, before, after }) => ({ label, before, after })),
      problems: preview.problems,
      dueAt: dueAt?.toISOString() ?? null,
    };
  }

  /** Rules act in nobody's name: what a person may not do they may. */
  private asRule(ctx: Ctx): Ctx {
    return { ...ctx, actor: SYSTEM, cause: { kind: 'system', name: 'rule test' } };
  }
}

const withoutMask = ({ action, params: { secret, ...params } }: TestRule['rule']['actions'][number]) => ({
  action,
  params: { ...params, ...(secret !== undefined && secret !== MASK && { secret }) },
});
