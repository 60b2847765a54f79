import { type Condition, type ConditionField, implies, isContradiction } from '@opora/modules/fields';
import { OPEN_CATEGORIES } from '@opora/modules/tickets';
import type { FieldProblem } from '@opora/platform/errors';
import type { PolicyMetric } from './sla-policy.entity';

export const FINDING_KINDS = ['unreachable', 'overlap'] as const;
export type PolicyInOrder = { id: string | null; name: string; isActive: boolean; when: Condition };
type Named = Pick<PolicyInOrder, 'id' | 'name'>;
/** What the order of the policies does to one of them. */
export type PolicyFinding = { kind: (typeof FINDING_KINDS)[number]; policy: Named; others: Named[] };

/** More conditions are not put together: the ways to meet them all multiply. */
const MOST_TOGETHER = 6;

const named = ({ id, name }: PolicyInOrder): Named => ({ id, name });

/**
 * Policies that never get their turn because earlier ones take everything, and pairs of which neither contains the other but both may
 * fit one ticket: there the order decides. Certain only: what cannot be proved is not said.
 */
export function policyFindings(
  policies: readonly PolicyInOrder[],
  catalogue: readonly ConditionField[],
): PolicyFinding[] {
  const active = policies.filter(({ isActive }) => isActive);
  const findings: PolicyFinding[] = [];
  active.forEach((policy, index) => {
    const touching = active
      .slice(0, index)
      .filter(({ when }) => !isContradiction({ all: [when, policy.when] }, catalogue));
    const takers = takersOf(policy, touching, catalogue);
    if (takers.length) return findings.push({ kind: 'unreachable', policy: named(policy), others: takers.map(named) });
    const others = touching.filter(({ when }) => !implies(when, policy.when, catalogue));
    return others.length && findings.push({ kind: 'overlap', policy: named(policy), others: others.map(named) });
  });
  return findings;
}

/** One earlier policy that takes everything, or several that do together. */
function takersOf(
  { when }: PolicyInOrder,
  touching: readonly PolicyInOrder[],
  catalogue: readonly ConditionField[],
): readonly PolicyInOrder[] {
  const taker = touching.find((earlier) => implies(when, earlier.when, catalogue));
  if (taker) return [taker];
  const isWorthTrying = touching.length > 1 && touching.length <= MOST_TOGETHER;
  return isWorthTrying && implies(when, { any: touching.map((earlier) => earlier.when) }, catalogue) ? touching : [];
}

const problem = (pointer: string, name: string, words = ''): FieldProblem => ({
  pointer,
  code: `sla.${name}`,
  message: words && `: ${words}`,
});

/** What contradicts itself in the promises of a policy; the shape of each is checked before. */
export function promiseProblems(metrics: readonly PolicyMetric[], pointer = '/metrics'): FieldProblem[] {
  const seen = new Set<string>();
  const watched = new Set<string>();
  const isSole = metrics.filter(({ metric }) => metric === 'dwell').length < 2;
  return metrics.flatMap((promise, index) => {
    const here = `${pointer}/${index}`;
    const { metric, statusIds } = promise;
    const problems: FieldProblem[] = warningProblems(promise, here);
    if (metric !== 'dwell') {
      if (seen.has(metric)) problems.push(problem(`${here}/metric`, 'metricTwice'));
      if (statusIds.length) problems.push(problem(`${here}/statusIds`, 'statusesOnlyForDwell'));
    } else if (!statusIds.length && !isSole) problems.push(problem(`${here}/statusIds`, 'dwellNeedsStatuses'));
    if (standsAlways(promise)) problems.push(problem(`${here}/pauseCategories`, 'neverRuns'));
    statusIds.forEach((id, at) => {
      if (watched.has(id)) problems.push(problem(`${here}/statusIds/${at}`, 'statusTwice'));
      watched.add(id);
    });
    seen.add(metric);
    return problems;
  });
}

/** A clock that stands in every open status keeps no promise; a limit of a status knows no pauses. */
const standsAlways = ({ metric, pauseCategories }: PolicyMetric): boolean =>
  metric !== 'dwell' && OPEN_CATEGORIES.every((category) => pauseCategories.includes(category));

/** A warning is a share or a time before the end, not both and not nothing. */
export const warningShapeProblems = (
  metrics: readonly { warnings?: readonly { percent?: number; beforeSeconds?: number }[] }[],
): FieldProblem[] =>
  metrics.flatMap(({ warnings = [] }, index) =>
    warnings.flatMap(({ percent, beforeSeconds }, at) =>
      (percent === undefined) === (beforeSeconds === undefined)
        ? [problem(`/metrics/${index}/warnings/${at}`, 'warningShape')]
        : [],
    ),
  );

type GivenMetric = {
  metric: PolicyMetric['metric'];
  reactionOn?: PolicyMetric['reactionOn'];
  pauseCategories?: readonly string[];
  pauseStatusIds?: readonly string[];
};

/** Settings that a metric does not know: told rather than ignored. What every promise is answered with (`either`) may come back. */
export const meaninglessProblems = (metrics: readonly GivenMetric[]): FieldProblem[] =>
  metrics.flatMap(({ metric, reactionOn = 'either', pauseCategories = [], pauseStatusIds = [] }, index) => {
    const here = `/metrics/${index}`;
    return [
      ...(metric !== 'reaction' && reactionOn !== 'either'
        ? [problem(`${here}/reactionOn`, 'reactionOnlyForReaction')]
        : []),
      ...(metric === 'dwell' && pauseCategories.length ? [problem(`${here}/pauseCategories`, 'noPausesForDwell')] : []),
      ...(metric === 'dwell' && pauseStatusIds.length ? [problem(`${here}/pauseStatusIds`, 'noPausesForDwell')] : []),
    ];
  });

function warningProblems({ warnings, seconds }: PolicyMetric, here: string): FieldProblem[] {
  const seen = new Set<string>();
  return warnings.flatMap((warning, index) => {
    const key = JSON.stringify(warning);
    const place = `${here}/warnings/${index}`;
    if (seen.has(key)) return [problem(place, 'warningTwice')];
    seen.add(key);
    const isEarly = 'beforeSeconds' in warning && warning.beforeSeconds >= seconds;
    return isEarly ? [problem(`${place}/beforeSeconds`, 'warningTooEarly')] : [];
  });
}
