import type { FastifyReply } from 'fastify';
import { ApiProperty } from '@nestjs/swagger';
import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import { PROCESS_PROBLEMS, type ProcessProblem } from './process-check';
import type { OwnDefinition, ProcessDefinition, StatusDefinition, TransitionDefinition } from './process-definition';
import type { ProcessSheet } from './process-drafts.service';
import type { FamilyProblem, NeededMove } from './process-publishing.service';
import type { LocalText, Process, ProcessVersion } from './process.entity';
import { GuardRefView } from './ticket-card.dto';
import { STATUS_CATEGORIES, type StatusCategory } from './ticket-status';

export class LocalTextView implements LocalText {
  ru: string;
  en: string;
}

export class StatusView {
  id: string;
  code: string;
  /** In the request's language. */
  label: string;
  name: LocalTextView;
  clientName: LocalTextView;
  color: string;
  @ApiProperty({ enum: STATUS_CATEGORIES })
  category: StatusCategory;
  position: number;
  isFinal: boolean;
  /** Place in the diagram; without it the diagram finds one. */
  x: number | null;
  y: number | null;
  /** Of the base: a variant may hide it and not change it. */
  isInherited: boolean;
}

export class StatusTransitionView {
  id: string;
  fromId: string;
  toId: string;
  name: LocalTextView | null;
  typeIds: string[] | null;
  roleCodes: string[] | null;
  requiresComment: boolean;
  availableForClient: boolean;
  position: number;
  /** What must be done before, beside what always must. */
  guards: GuardRefView[];
  isInherited: boolean;
}

export class ProcessProblemView {
  /**
   * `unreachable`: no ticket gets there; `dead_end`: it cannot be left though work is not over; `no_exit`: work goes round in circles;
   * `hidden_status`: something still leads to a status the variant hides.
   */
  @ApiProperty({ enum: PROCESS_PROBLEMS })
  kind: ProcessProblem['kind'];
  statusId: string | null;
  transitionId: string | null;
  /** Only tickets of this type meet it. */
  typeId: string | null;
  /** The process or variant it lies in. */
  processId: string | null;
  /** In words, with names. */
  message: string;
}

export class ProcessRowView {
  id: string;
  code: string;
  label: string;
  name: LocalTextView;
  initialStatusId: string;
  isDefault: boolean;
  /** A variant stands on this process. */
  baseId: string | null;
  /** Number of the published version. */
  version: number;
  /** For `If-Match`; grows with the draft, too. */
  revision: number;
  hasDraft: boolean;
}

/** What a process says itself. */
export class ProcessDefinitionView {
  name: LocalTextView;
  /** Null in a variant that begins where its base does. */
  initialStatusId: string | null;
  statuses: StatusView[];
  transitions: StatusTransitionView[];
  hiddenStatusIds: string[];
  hiddenTransitionIds: string[];
}

/** What a variant stands on, with what it hides. */
export class ProcessBaseView {
  id: string;
  label: string;
  initialStatusId: string;
  statuses: StatusView[];
  transitions: StatusTransitionView[];
}

export class ProcessDraftView {
  definition: ProcessDefinitionView;
  /** The whole process as the draft would make it. */
  initialStatusId: string;
  statuses: StatusView[];
  transitions: StatusTransitionView[];
  problems: ProcessProblemView[];
  savedAt: string;
  savedBy: string;
}

/** The definition the process works by and its diagram is drawn from. */
export class ProcessView extends ProcessRowView {
  statuses: StatusView[];
  transitions: StatusTransitionView[];
  problems: ProcessProblemView[];
  own: ProcessDefinitionView;
  base: ProcessBaseView | null;
  draft: ProcessDraftView | null;
}

export class NeededMoveView implements NeededMove {
  statusId: string;
  name: string;
  /** How many tickets stand in it. */
  tickets: number;
}

export class ProcessCheckView {
  problems: ProcessProblemView[];
  /** Statuses that would go away while tickets stand in them. */
  moves: NeededMoveView[];
}

export class ProcessVersionRowView {
  number: number;
  note: string | null;
  publishedAt: string;
  publishedBy: string;
}

export class ProcessVersionView extends ProcessVersionRowView {
  definition: ProcessDefinitionView;
}

type Owner = Pick<OwnDefinition, 'statuses' | 'transitions'>;
const toStatusView = (ctx: Ctx, status: StatusDefinition, own: Owner): StatusView => ({
  id: status.id,
  code: status.code,
  label: status.name[ctx.locale],
  name: status.name,
  clientName: status.clientName,
  color: status.color,
  category: status.category,
  position: status.position,
  isFinal: status.isFinal,
  x: status.x,
  y: status.y,
  isInherited: !own.statuses.some(({ id }) => id === status.id),
});

const toStatusTransitionView = (transition: TransitionDefinition, own: Owner): StatusTransitionView => ({
  id: transition.id,
  fromId: transition.fromId,
  toId: transition.toId,
  name: transition.name,
  typeIds: transition.typeIds,
  roleCodes: transition.roleCodes,
  requiresComment: transition.requiresComment,
  availableForClient: transition.availableForClient,
  position: transition.position,
  guards: transition.guards.map(({ name, params }) => ({ name, params })),
  isInherited: !own.transitions.some(({ id }) => id === transition.id),
});

const partsOf = (ctx: Ctx, { statuses, transitions }: Owner, own: Owner) => ({
  statuses: statuses.map((status) => toStatusView(ctx, status, own)),
  transitions: transitions.map((transition) => toStatusTransitionView(transition, own)),
});

const toDefinitionView = (ctx: Ctx, own: OwnDefinition): ProcessDefinitionView => ({
  name: own.name,
  initialStatusId: own.initialStatusId,
  ...partsOf(ctx, own, own),
  hiddenStatusIds: own.hiddenStatusIds,
  hiddenTransitionIds: own.hiddenTransitionIds,
});

/** The problem in words: which status, or which way between which statuses. */
export function toProblemView(
  ctx: Ctx,
  { kind, statusId, transitionId, typeId, ...where }: ProcessProblem & Partial<FamilyProblem>,
  { statuses, transitions }: ProcessDefinition,
): ProcessProblemView {
  const nameOf = (id?: string): string => statuses.find((status) => status.id === id)?.name[ctx.locale] ?? '?';
  const way = transitions.find(({ id }) => id === transitionId);
  const place = way
    ? t(ctx, 'tickets.process.transition', { from: nameOf(way.fromId), to: nameOf(way.toId) })
    : statusId
      ? t(ctx, 'tickets.process.status', { name: nameOf(statusId) })
      : '';
  const words = t(ctx, `tickets.process.${typeId ? `${kind}_type` : kind}`);
  return {
    kind,
    statusId: statusId ?? null,
    transitionId: transitionId ?? null,
    typeId: typeId ?? null,
    processId: where.processId ?? null,
    message: place ? `${place}: ${words}` : words.charAt(0).toUpperCase() + words.slice(1),
  };
}

/** Puts the revision into the `ETag` header. */
export function withRevision(reply: FastifyReply, view: ProcessView): ProcessView {
  void reply.header('etag', `"${view.revision}"`);
  return view;
}

export const toProcessRowView = (ctx: Ctx, process: Process): ProcessRowView => ({
  id: process.id,
  code: process.code,
  label: process.name[ctx.locale],
  name: process.name,
  initialStatusId: process.initialStatusId,
  isDefault: process.isDefault,
  baseId: process.baseId,
  version: process.version,
  revision: process.revision,
  hasDraft: process.draft !== null,
});

export const toProcessView = (ctx: Ctx, { process, own, base, whole, problems, draft }: ProcessSheet): ProcessView => ({
  ...toProcessRowView(ctx, process),
  ...partsOf(ctx, whole, own),
  problems: problems.map((problem) => toProblemView(ctx, problem, whole)),
  own: toDefinitionView(ctx, own),
  base: base && {
    id: base.process.id,
    label: base.process.name[ctx.locale],
    initialStatusId: base.initialStatusId,
    ...partsOf(ctx, base, base),
  },
  draft: draft && {
    definition: toDefinitionView(ctx, draft.definition),
    initialStatusId: draft.whole.initialStatusId,
    ...partsOf(ctx, draft.whole, draft.definition),
    problems: draft.problems.map((problem) =>
      toProblemView(ctx, problem, { ...draft.whole, statuses: [...draft.whole.statuses, ...(base?.statuses ?? [])] }),
    ),
    savedAt: draft.savedAt,
    savedBy: draft.savedBy,
  },
});

export const toProcessVersionRowView = ({
  number,
  note,
  publishedAt,
  publishedBy,
}: Omit<ProcessVersion, 'definition'>): ProcessVersionRowView => ({
  number,
  note,
  publishedAt: publishedAt.toISOString(),
  publishedBy,
});

export const toProcessVersionView = (ctx: Ctx, version: ProcessVersion): ProcessVersionView => ({
  ...toProcessVersionRowView(version),
  definition: toDefinitionView(ctx, version.definition),
});
