import type { Ctx } from '@opora/platform/context';
import type { Files } from '@opora/platform/files';
import { type FileView } from '@opora/platform/files';
import { t } from '@opora/platform/i18n';
import { missingOf } from './approval-documents.service';
import { type Decision, type Flow, type FlowPerson, type FlowStep, neededOf, samePerson } from './approval-flow';
import { historyOf, type Names } from './approval-history';
import type { Reference, TicketApprovalRow } from './approval-reading.service';
import { actorOf, flowNow } from './approval-story';
import { isLate, type Term } from './approval-terms';
import type {
  ApprovalCanDecideView,
  ApprovalDemandView,
  ApprovalDocumentView,
  ApprovalPersonView,
  ApprovalRef,
  ApprovalReferenceView,
  ApprovalRowView,
  ApprovalStageView,
  ApprovalStepView,
  ApprovalTermView,
  ApprovalView,
  ApprovalWaitView,
  TicketApprovalView,
} from './approval-views.dto';
import type { FrozenStage } from './approval.entity';
import { reachesAll, ApprovalPermission } from './approvals.access';
import type { ApprovalRow, CardParts, FileFacts, NamedPerson, Waiting } from './approvals.query';
import { toChoiceView } from './route-choice-view';
import { moneyText } from './route-choice';
import type { DemandedDocument, LocalText } from './route-definition';

export const toRef = ({ locale }: Ctx, { id, name }: { id: string; name: LocalText }): ApprovalRef => ({
  id,
  label: name[locale],
});

/** Money out of the database, where it is a text of hundredths. */
export const toMoney = (hundredths: string | number | null): string | null =>
  hundredths === null ? null : moneyText(Number(hundredths));

const isOverdue = (ctx: Ctx, dueAt: string | Date | null): boolean =>
  isLate(dueAt === null ? null : new Date(dueAt).getTime(), ctx.now().getTime());

export const toWaitView = (ctx: Ctx, { person, askedAt, dueAt }: Waiting): ApprovalWaitView => ({
  person: toPersonView(person),
  askedAt,
  dueAt,
  isOverdue: isOverdue(ctx, dueAt),
});

export const toPersonView = ({ kind, id, name, position }: NamedPerson): ApprovalPersonView => ({
  kind,
  id,
  name,
  position,
});

/** The name of a person, also where his row is gone. */
export const nameOf = (people: Names, { kind, id }: FlowPerson): ApprovalPersonView =>
  people.get(id) ?? { kind, id, name: '—', position: null };

export function toRowView(ctx: Ctx, row: ApprovalRow): ApprovalRowView {
  const { stageName, stage, stageCount, mine } = row;
  const waitsFor = row.waitsFor.map((wait) => toWaitView(ctx, wait));
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    kind: toRef(ctx, row.kind),
    route: toRef(ctx, row.route),
    amount: toMoney(row.amount),
    currency: row.currency,
    state: row.state,
    isOverdue: waitsFor.some((wait) => wait.isOverdue),
    stage: stageName && { index: stage, count: stageCount, name: stageName[ctx.locale] },
    initiator: toPersonView(row.initiator),
    waitsFor,
    ticket: row.ticket,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    mine: mine && { ...mine, isOverdue: isOverdue(ctx, mine.dueAt) },
  };
}

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

export const toFileView = (ctx: Ctx, files: Files, { sha256: _, size, ...file }: FileFacts): FileView => ({
  ...file,
  size: Number(size),
  url: files.urlOf(ctx, file.id),
});

export function toApprovalView(ctx: Ctx, files: Files, card: CardParts): ApprovalView {
  const { approval, facts, people, tasks } = card;
  const flow = flowNow(card);
  const sent = approval.state === 'returned' ? facts.findLast(({ data }) => data.decision === 'return') : undefined;
  const person = (one: FlowPerson): ApprovalPersonView => nameOf(people, one);
  return {
    ...toRowView(ctx, card),
    text: approval.text,
    date: approval.date,
    choice: toChoiceView(ctx, approval.choice, { ...approval, route: card.route }),
    round: approval.round,
    returned: sent
      ? {
          stageIndex: approval.stage,
          by: person({ kind: sent.actorKind as FlowPerson['kind'], id: sent.actorId! }),
          reason: sent.data.comment ?? '',
          at: sent.at.toISOString(),
        }
      : null,
    basedOn: card.basedOn && toLinkRef(card.basedOn),
    foundedHere: card.foundedHere.map(toLinkRef),
    stages: approval.route.stages.map((stage, index) => toStageView(ctx, card, flow, stage, index)),
    copies: card.copies.map(({ id }) => person({ kind: 'employee', id })),
    executors: approval.route.executors.map(({ person: who, text }, index) => {
      const task = tasks.filter(({ employeeId }) => employeeId === who.id)[sameBefore(approval.route.executors, index)];
      return {
        person: person(who),
        text: text[ctx.locale],
        task: task
          ? {
              id: task.id,
              state: task.doneAt ? ('done' as const) : ('open' as const),
              doneAt: task.doneAt?.toISOString() ?? null,
              comment: task.comment,
            }
          : null,
      };
    }),
    documents: card.documents.map((document) => toDocumentView(ctx, files, card, document)),
    history: historyOf(ctx, card),
    ...abilities(ctx, card, flow),
    sheetHash: approval.sheetHash,
    version: approval.version,
  };
}

/** Which of several tasks of one person an executor's is. */
const sameBefore = (executors: readonly { person: FlowPerson }[], index: number): number =>
  executors.slice(0, index).filter(({ person }) => samePerson(person, executors[index]!.person)).length;

const toLinkRef = ({ id, number, title, state }: Omit<Reference, 'createdAt'>) => ({ id, number, title, state });

export const toReferenceView = (row: Reference): ApprovalReferenceView => ({
  ...toLinkRef(row),
  createdAt: row.createdAt.toISOString(),
});

function toStageView(ctx: Ctx, card: CardParts, flow: Flow, stage: FrozenStage, index: number): ApprovalStageView {
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

function toDocumentView(
  ctx: Ctx,
  files: Files,
  { people, approval }: CardParts,
  document: CardParts['documents'][number],
): ApprovalDocumentView {
  const { addedById, addedByKind } = document;
  const adder = addedById && addedByKind !== 'system' ? { kind: addedByKind, id: addedById } : null;
  const me = actorOf(ctx);
  return {
    id: document.id,
    kind: document.kind && toRef(ctx, document.kind),
    file: toFileView(ctx, files, document.file),
    sha256: document.file.sha256,
    addedBy: adder && nameOf(people, adder),
    addedAt: new Date(document.addedAt).toISOString(),
    canRemove: !approval.finishedAt && !!adder && !!me && samePerson(adder, me),
  };
}

function abilities(
  ctx: Ctx,
  card: CardParts,
  flow: Flow,
): Pick<ApprovalView, 'canDecide' | 'canRecall' | 'canResubmit' | 'canHandOver' | 'canAddDocuments'> {
  const { approval } = card;
  const me = actorOf(ctx);
  const own = me && flow.steps.find(({ state, person }) => state === 'asked' && samePerson(person, me));
  const isInitiator = !!me && samePerson(me, { kind: approval.initiatorKind, id: approval.initiatorId });
  const actsFor = reachesAll(ctx.actor, ApprovalPermission.act_for);
  const isOpen = !approval.finishedAt;
  const isWaiting = approval.state === 'waiting';
  return {
    canDecide: own && isWaiting ? toCanDecideView(ctx, card, own) : null,
    canRecall: isOpen && (isInitiator || actsFor),
    canResubmit: isInitiator && approval.state === 'returned',
    canHandOver: isWaiting && (!!own || actsFor),
    canAddDocuments: isOpen && (isInitiator || !!own),
  };
}

export const decisionsOf = ({ allowsReturn }: FrozenStage): Decision[] =>
  allowsReturn ? ['approve', 'decline', 'return'] : ['approve', 'decline'];

function toCanDecideView(
  ctx: Ctx,
  { approval, documents, kinds, steps }: CardParts,
  step: FlowStep,
): ApprovalCanDecideView {
  const stage = approval.route.stages[step.stage]!;
  const missing = missingOf(approval, stage.documents, documents);
  const wanted = stage.documents.filter(({ kindId }) => missing.includes(kindId));
  return {
    stepId: steps.find(({ key }) => key === step.key)?.id ?? '',
    decisions: decisionsOf(stage),
    missing: toDemandViews(ctx, wanted, kinds, missing),
  };
}

export const toTicketApprovalView = (ctx: Ctx, row: TicketApprovalRow): TicketApprovalView => {
  const waitsFor = row.waitsFor.map((wait) => toWaitView(ctx, wait));
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    kind: toRef(ctx, row.kind),
    state: row.state,
    isOverdue: waitsFor.some((wait) => wait.isOverdue),
    waitsFor,
    startedAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    canOpen: row.canOpen,
    amount: toMoney(row.amount),
    currency: row.currency,
  };
};
