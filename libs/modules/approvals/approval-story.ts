import type { Ctx } from '@opora/platform/context';
import { type Flow, type FlowFact, flowOf, type FlowPerson, type FlowRoute } from './approval-flow';
import type { Approval, ApprovalFact, ApprovalStep, FactData, FactKind, FrozenRoute } from './approval.entity';

/** An approval with all that has happened to it, its row locked. */
export type Held = { approval: Approval; facts: ApprovalFact[]; steps: ApprovalStep[] };
export type NewFact = { kind: FactKind; data?: FactData; by?: FlowPerson | null };

/** The actor, where he is a person. */
export const actorOf = ({ actor }: Ctx): FlowPerson | null =>
  actor.kind === 'employee' || actor.kind === 'contact' ? { kind: actor.kind, id: actor.id } : null;

/** The frozen route as the rule reads it. */
export const flowRouteOf = ({ stages, mergesRepeated, returnsTo }: FrozenRoute): FlowRoute => ({
  mergesRepeated,
  returnsTo,
  stages: stages.map(({ mode, k, order, people, documents }) => ({
    mode,
    k,
    order,
    people,
    isMergeable: !documents.some(({ by }) => by !== 'initiator'),
  })),
});

/** The facts as the rule reads them. */
export function flowFactsOf(facts: readonly ApprovalFact[]): FlowFact[] {
  return facts.flatMap(({ kind, at, data, actorKind, actorId }): FlowFact[] => {
    const moment = at.getTime();
    const { step = '', person, decision } = data;
    if (kind === 'started' || kind === 'recalled') return [{ kind, at: moment }];
    if (kind === 'resubmitted') return [{ kind, at: moment, fromStart: data.fromStart ?? false }];
    if (kind === 'replaced' && person) return [{ kind, at: moment, step, person }];
    if (kind !== 'decided' || !decision || actorKind === 'system') return [];
    return [{ kind, at: moment, step, decision, by: { kind: actorKind, id: actorId! } }];
  });
}

export const flowNow = ({ approval, facts }: Pick<Held, 'approval' | 'facts'>): Flow =>
  flowOf(flowRouteOf(approval.route), flowFactsOf(facts));
