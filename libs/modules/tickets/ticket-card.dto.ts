import { ApiProperty } from '@nestjs/swagger';
import type { Ctx } from '@opora/platform/context';
import { fieldText } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { withFileLinks } from './rich-text';
import type { TicketCard } from './ticket-card.query';
import type { Awaiting, PersonKind, TicketSource } from './ticket.entity';
import { ROUTED_BY, type RoutedBy } from './ticket-routing-reason';
import type { ObserverKind } from './ticket-participants.entity';
import type { StatusCategory } from './ticket-status';
import type { GuardParams, GuardRef } from './transition-guards';

export class TicketNamed {
  id: string;
  name: string;
}

export class TicketTypeRef {
  id: string;
  code: string;
  name: string;
  isInner: boolean;
}

export class TicketStatusRef {
  id: string;
  code: string;
  name: string;
  color: string;
  category: StatusCategory;
}

export class TicketPriorityRef {
  id: string;
  code: string;
  name: string;
  color: string;
}

export class TicketContactRef {
  id: string;
  name: string;
  position: string | null;
  /** Absent for those who may not see clients' addresses and phones. */
  emails?: string[];
  phones?: string[];
}

export class TicketObjectRef {
  id: string;
  name: string;
  address: string | null;
  /** Names from the root of the tree down to the object. */
  path: string[];
}

export class TicketTeamRef {
  id: string;
  name: string;
  /** Support line, 1 to 9. */
  line: number;
}

export class TicketPersonRef {
  kind: PersonKind;
  id: string | null;
  name: string;
}

export class TicketLink {
  id: string;
  number: number;
  subject: string;
  status: TicketStatusRef;
}

export class TicketObserverView {
  kind: ObserverKind;
  id: string;
  name: string;
}

export class GuardRefView implements GuardRef {
  name: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  params: GuardParams;
}

export class TransitionView {
  id: string;
  /** The button's text. */
  name: string;
  to: TicketStatusRef;
  requiresComment: boolean;
  /** Conditions the process puts on it. */
  guards: GuardRefView[];
  /** What must be done first, in words; empty when the transition is open. */
  blockedBy: string[];
}

/** What the asker may do with this ticket: for buttons. */
export class TicketCan {
  update: boolean;
  assign: boolean;
  take: boolean;
  transition: boolean;
  commentInternal: boolean;
  replyClient: boolean;
  delete: boolean;
  restore: boolean;
  grant: boolean;
}

/** Something the form asks for that the ticket lacks or has wrong. */
export class IncompleteView {
  /** A built-in field, or `cf.<code>`. */
  field: string;
  label: string;
  code: string;
  message: string;
}

/** The tickets below, at any depth, that the asker may see. */
export class TicketFamilyView {
  descendants: number;
  open: number;
}

/** Why a ticket is where it is. */
export class TicketRoutingView {
  /** A person named the team; the client's responsible; a row of the routing table; a rule; the installation; nobody. */
  @ApiProperty({ enum: ROUTED_BY })
  by: RoutedBy;
  /** Of the person, the object or company, the row, the rule. */
  id: string | null;
  name: string;
  /** What named the responsible. */
  @ApiProperty({ enum: ['object', 'company'], nullable: true, type: String })
  level: 'object' | 'company' | null;
  /** Those who would have got it, had they been there. */
  absent: string[];
}

export class TicketView {
  id: string;
  number: number;
  version: number;
  subject: string;
  /** Safe HTML. */
  description: string;
  type: TicketTypeRef;
  status: TicketStatusRef;
  priority: TicketPriorityRef;
  company: TicketNamed | null;
  contact: TicketContactRef | null;
  object: TicketObjectRef | null;
  assignee: TicketNamed | null;
  team: TicketTeamRef | null;
  author: TicketPersonRef;
  source: TicketSource;
  sourceRef: string | null;
  observers: TicketObserverView[];
  coExecutors: TicketNamed[];
  parent: TicketLink | null;
  children: TicketLink[];
  family: TicketFamilyView;
  deadlineAt: string | null;
  scheduledFor: string | null;
  /** Codes of the priority matrix. */
  impact: string | null;
  urgency: string | null;
  /** Put aside until then. */
  putAsideUntil: string | null;
  /** The status it returns to; null when it stays where it is. */
  putAsideReturnStatus: TicketStatusRef | null;
  /** Planned duration in seconds. */
  plannedSeconds: number | null;
  /** Values of custom fields by their codes. */
  customFields: Record<string, unknown>;
  /** The same as a person reads them. */
  customTexts: Record<string, string>;
  /** Links of file fields that live five minutes. */
  customLinks: Record<string, string>;
  /** What the ticket's form asks for and the ticket lacks; it cannot move on before. */
  incomplete: IncompleteView[];
  externalIds: Record<string, string>;
  createdAt: string;
  updatedAt: string;
  lastClientMessageAt: string | null;
  lastStaffReplyAt: string | null;
  lastCommentId: string | null;
  /** Whose move it is. */
  awaiting: Awaiting | null;
  solvedAt: string | null;
  closedAt: string | null;
  mergedIntoId: string | null;
  deletedAt: string | null;
  deleteReason: string | null;
  commentCount: number;
  fileCount: number;
  /** How many times one team has handed the ticket to another. */
  handoverCount: number;
  /** How many of these times it came back to a team that had it before. */
  pingPongCount: number;
  /** Why it is where it is; null where that is not known. */
  routing: TicketRoutingView | null;
  /** The last comment the asker has seen. */
  lastSeenCommentId: string | null;
  transitions: TransitionView[];
  can: TicketCan;
}

export const iso = (moment: Date | string | null): string | null =>
  moment === null ? null : new Date(moment).toISOString();
type UrlOf = (fileId: string) => string;

export function toTicketView(ctx: Ctx, card: TicketCard, urlOf: UrlOf): TicketView {
  const own = new Set(card.descriptionFileIds);
  return {
    id: card.id,
    number: card.number,
    version: card.version,
    subject: card.subject,
    description: withFileLinks(card.description, (id) => (own.has(id) ? urlOf(id) : undefined)),
    type: card.type,
    status: card.status,
    priority: card.priority,
    company: card.company,
    contact: card.contact,
    object: card.object,
    assignee: card.assignee,
    team: card.team,
    author: { kind: card.authorKind, id: card.authorId, name: card.authorName ?? t(ctx, 'tickets.system') },
    source: card.source,
    sourceRef: card.sourceRef,
    observers: card.observers,
    coExecutors: card.coExecutors,
    parent: card.parentLink,
    children: card.children,
    family: card.family,
    impact: card.impact,
    urgency: card.urgency,
    putAsideUntil: iso(card.putAsideUntil),
    putAsideReturnStatus: card.putAsideReturnStatus,
    deadlineAt: iso(card.deadlineAt),
    scheduledFor: iso(card.scheduledFor),
    plannedSeconds: card.plannedSeconds,
    customFields: card.shown?.customFields ?? {},
    customTexts: card.shown?.customTexts ?? {},
    customLinks: card.shown?.customLinks ?? {},
    incomplete: (card.shown?.incomplete ?? []).map(({ field, label, code }) => ({
      field,
      label,
      code,
      message: fieldText(ctx.locale, { pointer: '', code, message: '' }),
    })),
    externalIds: card.externalIds,
    createdAt: card.createdAt.toISOString(),
    updatedAt: card.updatedAt.toISOString(),
    lastClientMessageAt: iso(card.lastClientMessageAt),
    lastStaffReplyAt: iso(card.lastStaffReplyAt),
    lastCommentId: card.lastCommentId,
    awaiting: card.awaiting,
    solvedAt: iso(card.solvedAt),
    closedAt: iso(card.closedAt),
    mergedIntoId: card.mergedIntoId,
    deletedAt: iso(card.deletedAt),
    deleteReason: card.deleteReason,
    commentCount: card.commentCount,
    fileCount: card.fileCount,
    handoverCount: card.handoverCount,
    pingPongCount: card.pingPongCount,
    routing: routingOf(card),
    lastSeenCommentId: card.lastSeenCommentId,
    transitions: card.can.transition && !card.deletedAt && !card.mergedIntoId ? card.transitions : [],
    can: canNow(card),
    ...card.facets,
  };
}

const NOBODY: TicketRoutingView = { by: 'none', id: null, name: '', level: null, absent: [] };
const routingOf = ({ routing, teamId, assigneeId }: TicketCard): TicketRoutingView | null =>
  teamId || assigneeId ? routing && { ...NOBODY, ...routing } : NOBODY;

/** In the bin only restoring is possible, a merged ticket is not changed at all; a taken ticket is not taken again. */
function canNow({ can, deletedAt, mergedIntoId, assigneeId }: TicketCard): TicketCan {
  if (!deletedAt && !mergedIntoId) return { ...can, take: can.take && assigneeId === null, restore: false };
  return {
    update: false,
    assign: false,
    take: false,
    transition: false,
    commentInternal: false,
    replyClient: false,
    delete: false,
    restore: can.restore && deletedAt !== null,
    grant: false,
  };
}
