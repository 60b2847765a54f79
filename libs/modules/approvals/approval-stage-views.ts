import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import { missingOf } from './approval-documents.service';
import { type Flow, type FlowPerson, type FlowStep, neededOf } from './approval-flow';
import { nameOf } from './approval-refs';
import type { ApprovalDemandView, ApprovalStageView, ApprovalStepView, ApprovalTermView } from './approval-stages.dto';
import { isLate, type Term } from './approval-terms';
import type { FrozenStage } from './approval.entity';
import type { CardParts } from './approvals.query';
import type { DemandedDocument, LocalText } from './route-definition';

export const toTermView = (term: Term | null): ApprovalTermView | null =>
  term && { seconds: term.seconds, time: term.time, calendarId: term.calendarId };

export function toDemandViews(
  { locale }: Ctx,
  demanded: readonly DemandedDocument[],
  kinds: ReadonlyMap<string, LocalText>,
  missing: readonly string[],
): ApprovalDemandView[] {
  return demanded.map(({ kindId, by }) => ({
    kind: { id: kindId, label: kinds.get(kindId)?.[locale] ?? '' },
    by,
    isGiven: !missing.includes(kindId),
  }));
}

export function toStageView(
  ctx: Ctx,
  card: CardParts,
  flow: Flow,
  stage: FrozenStage,
  index: number,
): ApprovalStageView {
  const own = flow.steps.filter((step) => step.stage === index);
  const newest = own.reduce((most, { round }) => Math.max(most, round), 0);
  const isAhead = flow.stages[index] === 'planned';
  const views = (steps: readonly FlowStep[]) => steps.map((step) => toStepView(ctx, card, step));
  const current = isAhead ? [] : own.filter(({ round }) => round === newest);
  return {
    index,
    name: stage.name[ctx.locale],
    state: flow.stages[index]!,
    mode: stage.mode,
    k: stage.k,
    needed: neededOf(stage),
    order: stage.order,
    note: stage.note && t(ctx, 'approvals.note.nobody'),
    term: toTermView(stage.term),
    documents: toDemandViews(
      ctx,
      stage.documents,
      card.kinds,
      missingOf(card.approval, stage.documents, card.documents),
    ),
    steps: isAhead ? stage.people.map((one) => plannedView(card, one)) : views(current),
    earlier: views(own.filter((step) => !current.includes(step))),
  };
}

const plannedView = ({ people }: CardParts, person: FlowPerson): ApprovalStepView => ({
  id: null,
  person: nameOf(people, person),
  insteadOf: null,
  state: 'planned',
  askedAt: null,
  dueAt: null,
  isOverdue: false,
  decidedAt: null,
  comment: '',
  via: null,
  note: null,
});

function toStepView(ctx: Ctx, card: CardParts, step: FlowStep): ApprovalStepView {
  const row = card.steps.find(({ key }) => key === step.key);
  const decided = step.state === 'approved' || step.state === 'declined' || step.state === 'returned';
  const until = decided || step.state === 'replaced' ? row?.endedAt : ctx.now();
  const late = row?.dueAt && until ? isLate(row.dueAt.getTime(), until.getTime()) : false;
  return {
    id: row?.id ?? null,
    person: nameOf(card.people, step.person),
    insteadOf: step.insteadOf && nameOf(card.people, step.insteadOf),
    state: step.state,
    askedAt: row?.askedAt?.toISOString() ?? null,
    dueAt: row?.dueAt?.toISOString() ?? null,
    isOverdue: late && (decided || step.state === 'asked' || step.state === 'replaced'),
    decidedAt: decided || step.state === 'merged' ? (row?.endedAt?.toISOString() ?? null) : null,
    comment: row?.comment ?? '',
    via: row?.via ?? null,
    note: noteOf(ctx, card, step),
  };
}

/** Why somebody stands here, or is not asked. */
function noteOf(ctx: Ctx, { facts, people, approval }: CardParts, step: FlowStep): string | null {
  if (step.mergedWith) {
    const stage = approval.route.stages[Number(step.mergedWith.split('.')[1])];
    return t(ctx, 'approvals.note.merged', { stage: stage?.name[ctx.locale] ?? '' });
  }
  if (step.state === 'not_needed') return t(ctx, 'approvals.note.notNeeded');
  if (!step.insteadOf) return null;
  const previous = `${step.round}.${step.stage}.${step.slot}.${step.generation - 1}`;
  const why = facts.find(({ kind, data }) => kind === 'replaced' && data.step === previous)?.data.why ?? 'by_hand';
  return t(ctx, `approvals.note.${why}`, { name: nameOf(people, step.insteadOf).name });
}
