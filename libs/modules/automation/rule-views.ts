import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import type { RuleVersion } from './rule.entity';
import type { AlarmRow } from './rule-alarms.service';
import type { FiringRow, FiringStory } from './rule-firings.service';
import { maskSecrets } from './rule-secrets';
import { MOMENT_NAMES, RULE_EVENTS } from './rule-trigger';
import type {
  RuleAlarmView,
  RuleDeliveryView,
  RuleFiringRowView,
  RuleFiringView,
  RuleVersionView,
} from './rule-views.dto';
import type { DeliveryRow } from './webhooks.service';

/** What happened, in words. */
export function eventWords(ctx: Ctx, event: string): string {
  if ((RULE_EVENTS as readonly string[]).includes(event)) return t(ctx, `rules.event.${event.replace('.', '_')}`);
  const moment = MOMENT_NAMES.find((name) => event === `after.${name}`);
  return moment ? t(ctx, 'rules.timeSince', { moment: t(ctx, `rules.moment.${moment}`) }) : t(ctx, 'rules.schedule');
}

export const toVersionView = ({
  version,
  note,
  changedById,
  changedByName,
  createdAt,
  definition,
}: RuleVersion & { changedByName: string | null }): RuleVersionView => ({
  version,
  note,
  changedBy: changedById && changedByName ? { id: changedById, name: changedByName } : null,
  createdAt: createdAt.toISOString(),
  name: definition.name,
  isActive: definition.isActive,
  trigger: definition.trigger,
  when: definition.when,
  actions: maskSecrets(definition.actions),
  stopsOthers: definition.stopsOthers,
});

export const toFiringRowView = (ctx: Ctx, row: FiringRow): RuleFiringRowView => ({
  id: row.id,
  rule: row.rule,
  version: row.ruleVersion,
  ticket: row.ticket,
  event: eventWords(ctx, row.trace.event),
  depth: row.depth,
  at: row.at.toISOString(),
  outcome: row.outcome,
  reason: row.reason?.[ctx.locale] ?? null,
});

export const toFiringView = (ctx: Ctx, story: FiringStory): RuleFiringView => ({
  ...toFiringRowView(ctx, story),
  condition: story.condition,
  changes: story.changes,
});

export const toAlarmView = (ctx: Ctx, row: AlarmRow): RuleAlarmView => ({
  id: row.id,
  kind: row.kind,
  rule: row.rule,
  ticket: row.ticket,
  count: row.count,
  message: t(ctx, `rules.stopped.${row.kind}`, { limit: row.limit }),
  chain: row.callers,
  raisedAt: row.raisedAt.toISOString(),
  lastAt: row.lastAt.toISOString(),
  resolvedAt: row.resolvedAt?.toISOString() ?? null,
  resolvedBy: row.resolvedBy,
});

export const toDeliveryView = (row: DeliveryRow): RuleDeliveryView => ({
  id: row.id,
  ticket: row.ticket,
  url: row.url,
  state: row.state,
  attempts: row.attempts,
  body: row.body,
  responseStatus: row.responseStatus,
  responseBody: row.responseBody,
  error: row.error,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
});
