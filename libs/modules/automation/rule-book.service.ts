import { clausesOf } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import type { Rule } from './rule.entity';
import type { EventTrigger, RuleEvent, RuleTrigger, TimeTrigger } from './rule-trigger';

export type ActiveRule = Pick<
  Rule,
  'id' | 'number' | 'name' | 'version' | 'when' | 'actions' | 'stopsOthers' | 'activeSince'
> & {
  trigger: RuleTrigger;
  /** Facts its condition asks for. */
  asked: readonly string[];
};
export type RuleOf<Trigger extends RuleTrigger> = ActiveRule & { trigger: Trigger };

type Book = {
  stamp: string;
  byId: ReadonlyMap<string, ActiveRule>;
  byEvent: ReadonlyMap<RuleEvent, readonly RuleOf<EventTrigger>[]>;
  timed: readonly RuleOf<TimeTrigger>[];
};

/** The rules that are on, in their order, kept in this process until one of them changes. */
@Injectable()
export class RuleBook {
  private current?: Book;

  constructor(private readonly db: Db) {}

  /** The rules as they are at this moment. */
  async now(ctx: Ctx): Promise<Book> {
    const [row] = await this.db.prepared<{ stamp: string }>(
      ctx,
      `SELECT COALESCE(max(revision), 0)::text AS stamp FROM rule`,
    );
    if (this.current?.stamp !== row!.stamp) this.current = await this.read(ctx, row!.stamp);
    return this.current;
  }

  /** One change of rules at a time: a reader who has seen the newest revision has seen them all. */
  async lock(ctx: TxCtx): Promise<void> {
    await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('automation.rules'))`);
  }

  private async read(ctx: Ctx, stamp: string): Promise<Book> {
    const rows = await this.db.query<Omit<ActiveRule, 'asked'>>(
      ctx,
      `SELECT id, number, name, version, trigger, "when", actions, "stopsOthers", "activeSince"
       FROM rule WHERE "isActive" AND "archivedAt" IS NULL ORDER BY position, id`,
    );
    const rules = rows.map((rule): ActiveRule => ({
      ...rule,
      asked: [...new Set(clausesOf(rule.when).map(({ field }) => field))],
    }));
    const byEvent = new Map<RuleEvent, RuleOf<EventTrigger>[]>();
    for (const rule of rules.filter(isOfEvent))
      byEvent.set(rule.trigger.event, [...(byEvent.get(rule.trigger.event) ?? []), rule]);
    return { stamp, byId: new Map(rules.map((rule) => [rule.id, rule])), byEvent, timed: rules.filter(isTimed) };
  }
}

const isOfEvent = (rule: ActiveRule): rule is RuleOf<EventTrigger> => rule.trigger.kind === 'event';
const isTimed = (rule: ActiveRule): rule is RuleOf<TimeTrigger> => rule.trigger.kind === 'after';
