import type { Condition } from '@opora/ui/conditions';
import type { Policy, PolicyInput, PolicyMetric } from './policies.queries';

export const METRICS = ['assignment', 'reaction', 'next_update', 'arrival', 'resolution', 'dwell'] as const;
export type Metric = (typeof METRICS)[number];

/** What the editor holds; a metric that is switched off keeps what was typed until the page is left. */
export type PolicyDraft = Omit<PolicyInput, 'metrics' | 'when'> & {
  when: Condition;
  metrics: (PolicyMetric & { isOn: boolean })[];
};

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const USUAL: Record<Metric, number> = {
  assignment: 15 * MINUTE,
  reaction: HOUR,
  next_update: 8 * HOUR,
  arrival: 4 * HOUR,
  resolution: 8 * HOUR,
  dwell: 24 * HOUR,
};
/** Waiting for somebody outside is nobody's delay inside. */
const PAUSES: PolicyMetric['pauseCategories'] = ['waiting_client', 'waiting_partner'];

/** A metric as it is offered when it is switched on for the first time. */
export const newMetric = (metric: Metric): PolicyMetric => ({
  metric,
  seconds: USUAL[metric],
  calendarId: null,
  pauseCategories: ['resolution', 'arrival'].includes(metric) ? PAUSES : [],
  pauseStatusIds: [],
  pausesWhenPutAside: metric !== 'dwell',
  statusIds: [],
  reactionOn: 'either',
  warnings: [{ percent: 75 }],
  escalateTo: [],
});

/** The editor's copy of a policy: every metric has its place, those of the policy are on. */
export function draftOf(policy: Policy | null, calendarId: string): PolicyDraft {
  const held = policy?.metrics ?? [newMetric('reaction'), newMetric('resolution')];
  return {
    name: policy?.name ?? '',
    isActive: policy?.isActive ?? true,
    when: (policy?.when as Condition | undefined) ?? { all: [] },
    calendarId: policy?.calendar.id ?? calendarId,
    objectCalendarMode: policy?.objectCalendarMode ?? 'ignore',
    metrics: METRICS.flatMap((metric): PolicyDraft['metrics'] => {
      const own = held.filter((each) => each.metric === metric);
      return own.length > 0 ? own.map((each) => ({ ...each, isOn: true })) : [{ ...newMetric(metric), isOn: false }];
    }),
    onChange: policy?.onChange ?? {
      type: 'recount',
      priority: 'recount',
      client: 'recount',
      policy: 'keep',
      calendar: 'from_now_on',
    },
  };
}

/** Settings of a metric that has none of the kind are left behind: a promise of older days may still carry some. */
const meaningful = (metric: PolicyMetric): PolicyMetric => ({
  ...metric,
  ...(metric.metric === 'reaction' ? {} : { reactionOn: 'either' }),
  ...(metric.metric === 'dwell' ? { pauseCategories: [], pauseStatusIds: [] } : { statusIds: [] }),
});

/** What is sent: the metrics that are on, in their order. */
export const inputOf = ({ metrics, ...rest }: PolicyDraft): PolicyInput => ({
  ...rest,
  when: rest.when as PolicyInput['when'],
  metrics: metrics.filter(({ isOn }) => isOn).map(({ isOn: _, ...metric }) => meaningful(metric)),
});

/** Where a metric of the draft stands in what was sent, for the refusals that name it. */
export const placeOf = (metrics: { isOn: boolean }[], index: number): number =>
  metrics.slice(0, index).filter(({ isOn }) => isOn).length;
