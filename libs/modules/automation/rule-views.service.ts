import { FieldCatalogue } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import type { Rule } from './rule.entity';
import { opposedRules } from './rule-conflicts';
import { nameOf } from './rule-names';
import { maskSecrets } from './rule-secrets';
import type { RuleFindingView, RuleView } from './rule-views.dto';

type Activity = { ruleId: string; fired: number; failed: number; lastAt: Date | null; alarms: number };

/** Rules as screens show them: with what they did lately and what they do to each other. */
@Injectable()
export class RuleViews {
  constructor(
    private readonly db: Db,
    private readonly catalogue: FieldCatalogue,
  ) {}

  async one(ctx: Ctx, rule: Rule): Promise<RuleView> {
    const all = await this.db.query<Rule>(ctx, `SELECT * FROM rule WHERE "archivedAt" IS NULL ORDER BY position, id`);
    return (await this.of(ctx, all)).find(({ id }) => id === rule.id)!;
  }

  async of(ctx: Ctx, rules: readonly Rule[]): Promise<RuleView[]> {
    const activity = await this.activity(ctx, rules);
    const findings = await this.findings(ctx, rules);
    return rules.map((rule, index) => {
      const done = activity.get(rule.id);
      return {
        id: rule.id,
        number: rule.number,
        name: rule.name,
        description: rule.description,
        position: index + 1,
        isActive: rule.isActive,
        version: rule.version,
        trigger: rule.trigger,
        when: rule.when,
        actions: maskSecrets(rule.actions),
        stopsOthers: rule.stopsOthers,
        nextAt: rule.nextAt?.toISOString() ?? null,
        firedLastDay: done?.fired ?? 0,
        failedLastDay: done?.failed ?? 0,
        lastFiredAt: done?.lastAt?.toISOString() ?? null,
        openAlarms: done?.alarms ?? 0,
        findings: findings.get(rule.id) ?? [],
        updatedAt: rule.updatedAt.toISOString(),
      };
    });
  }

  private async activity(ctx: Ctx, rules: readonly Rule[]): Promise<Map<string, Activity>> {
    const dayAgo = ctx.now().getTime() - 86_400_000;
    // Ids of firings grow with time: the index of the rule's firings serves the day, too.
    const since = `${dayAgo
      .toString(16)
      .padStart(12, '0')
      .replace(/^(.{8})(.{4})$/, '$1-$2')}-0000-0000-000000000000`;
    const rows = await this.db.query<Activity>(
      ctx,
      `SELECT r.id AS "ruleId", d.fired, d.failed, l.at AS "lastAt", a.alarms FROM unnest($1::uuid[]) AS r(id)
       CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE outcome = 'fired')::int AS fired, count(*) FILTER (WHERE outcome <> 'fired')::int AS failed
                           FROM rule_firing f WHERE f."ruleId" = r.id AND f.id >= $2::uuid) d
       LEFT JOIN LATERAL (SELECT at FROM rule_firing f WHERE f."ruleId" = r.id ORDER BY f.id DESC LIMIT 1) l ON true
       CROSS JOIN LATERAL (SELECT count(*)::int AS alarms FROM rule_alarm a WHERE a."ruleId" = r.id AND a."resolvedAt" IS NULL) a`,
      [rules.map(({ id }) => id), since],
    );
    return new Map(rows.map((row) => [row.ruleId, row]));
  }

  private async findings(ctx: Ctx, rules: readonly Rule[]): Promise<Map<string, RuleFindingView[]>> {
    const found = new Map<string, RuleFindingView[]>();
    const byId = new Map(rules.map((rule) => [rule.id, rule]));
    const add = (id: string, otherId: string): void => {
      const other = byId.get(otherId)!;
      const finding = { kind: 'opposed' as const, ruleId: otherId, name: other.name };
      const message = t(ctx, 'rules.opposed', { name: nameOf(other) });
      found.set(id, [...(found.get(id) ?? []), { ...finding, message }]);
    };
    for (const [one, other] of opposedRules(rules, await this.catalogue.of(ctx, 'ticket'))) {
      add(one.id, other.id);
      add(other.id, one.id);
    }
    return found;
  }
}
