import type { Ctx } from '@opora/platform/context';
import type { Files, FileView } from '@opora/platform/files';
import { missingOf } from './approval-documents.service';
import { type Decision, type Flow, type FlowPerson, type FlowStep, samePerson } from './approval-flow';
import { historyOf } from './approval-history';
import type { Reference, TicketApprovalRow } from './approval-reading.service';
import { toRef, toMoney, isOverdue, toWaitView, toPersonView, nameOf } from './approval-refs';
import type { ApprovalPersonView, ApprovalReferenceView } from './approval-refs.dto';
import { toDemandViews, toStageView } from './approval-stage-views';
import { actorOf, flowNow } from './approval-story';
import type {
  ApprovalCanDecideView,
  ApprovalDocumentView,
  ApprovalRowView,
  ApprovalView,
  TicketApprovalView,
} from './approval-views.dto';
import type { FrozenStage } from './approval.entity';
import { ApprovalPermission, reachesAll } from './approvals.access';
import type { ApprovalRow, CardParts, FileFacts } from './approvals.query';
import { toChoiceView } from './route-choice-view';

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
