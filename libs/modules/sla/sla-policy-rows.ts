import type { MetricInput } from './sla-policies.dto';
import type { PolicyFindingView, PolicyView } from './sla-policy-views.dto';
import type { PolicyDefinition, PolicyMetric, PolicyOnChange, SlaPolicy, SlaWarning } from './sla-policy.entity';

/** What a policy does with running clocks when nobody says otherwise. */
export const ON_CHANGE_DEFAULT: PolicyOnChange = {
  type: 'recount',
  priority: 'recount',
  client: 'recount',
  policy: 'keep',
  calendar: 'from_now_on',
};

const warningOf = ({ percent, beforeSeconds }: { percent?: number; beforeSeconds?: number }): SlaWarning =>
  percent === undefined ? { beforeSeconds: beforeSeconds! } : { percent };

/** Promises with every field in its place. */
export const filledMetrics = (metrics: readonly MetricInput[]): PolicyMetric[] =>
  metrics.map((given) => ({
    metric: given.metric,
    seconds: given.seconds,
    calendarId: given.calendarId ?? null,
    pauseCategories: given.pauseCategories ?? [],
    pauseStatusIds: given.pauseStatusIds ?? [],
    pausesWhenPutAside: given.pausesWhenPutAside ?? false,
    statusIds: given.statusIds ?? [],
    reactionOn: given.reactionOn ?? 'either',
    warnings: (given.warnings ?? []).map(warningOf),
    escalateTo: (given.escalateTo ?? []).map(({ kind, id }) => (id === undefined ? { kind } : { kind, id })),
  }));

/** What of a policy its versions keep. */
export const definitionOf = (policy: PolicyDefinition): PolicyDefinition => ({
  name: policy.name,
  isActive: policy.isActive,
  when: policy.when,
  calendarId: policy.calendarId,
  objectCalendarMode: policy.objectCalendarMode,
  metrics: policy.metrics,
  onChange: policy.onChange,
});

export const toPolicyView = (
  policy: SlaPolicy,
  position: number,
  calendars: ReadonlyMap<string, string>,
  findings: readonly PolicyFindingView[],
): PolicyView => ({
  id: policy.id,
  name: policy.name,
  position,
  isActive: policy.isActive,
  when: policy.when,
  calendar: { id: policy.calendarId, name: calendars.get(policy.calendarId) ?? '' },
  objectCalendarMode: policy.objectCalendarMode,
  metrics: policy.metrics,
  onChange: policy.onChange,
  findings: findings.filter((finding) => [finding.policy, ...finding.others].some(({ id }) => id === policy.id)),
  version: policy.version,
  updatedAt: policy.updatedAt.toISOString(),
});
