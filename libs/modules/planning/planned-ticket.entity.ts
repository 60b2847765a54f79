import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';
import type { OffReason, Shift } from './planned-dates';

/** Which objects a plan makes tickets for: none, those named, or all that fit a filter at the time. */
export const OBJECT_MODES = ['none', 'list', 'filter'] as const;
export type ObjectMode = (typeof OBJECT_MODES)[number];
/** A ticket for each object, or one parent ticket with a child for each. */
export const FAN_OUTS = ['one_each', 'one_group'] as const;
export type FanOut = (typeof FAN_OUTS)[number];
/** What becomes of dates that passed while nobody worked: all are made, the last of each object, or none. */
export const CATCH_UPS = ['all', 'last', 'skip'] as const;
export type CatchUp = (typeof CATCH_UPS)[number];

/** A calendar rule, or so many days after the last ticket was done; `dtstart` is the wall clock's first moment. */
export type PlanRule = {
  rrule: string | null;
  afterDone: { days: number } | null;
  dtstart: string;
  timeZone: string;
  rdates: string[];
  exdates: string[];
};
export type PlanObjects = {
  mode: ObjectMode;
  ids: string[];
  companyIds: string[];
  categoryIds: string[];
  underIds: string[];
  kinds: string[];
};
/** What the tickets are made of; subject and description may hold variables. */
export type PlanTicket = {
  subject: string;
  description: string;
  typeId: string | null;
  priorityId: string | null;
  companyId: string | null;
  contactId: string | null;
  teamId: string | null;
  assigneeId: string | null;
  plannedSeconds: number | null;
  deadlineSeconds: number | null;
  customFields: Record<string, unknown>;
};

/** Work that comes round: when, for which objects, and what its tickets are. */
@Entity('planned_ticket')
@Index('planned_ticket_name_idx', ['name', 'id'])
export class PlannedTicket {
  @Id() id: string;
  @Column('text') name: string;
  @Column('boolean', { default: true }) isActive: boolean;
  @Column('jsonb') ticket: PlanTicket;
  @Column('jsonb') rule: PlanRule;
  @Column('text', { default: 'none' }) shift: Shift;
  @Column('uuid', { nullable: true }) calendarId: string | null;
  /** The ticket is made so long before its date. */
  @Column('integer', { default: 0 }) leadSeconds: number;
  @Column('jsonb') objects: PlanObjects;
  /** Categories of companies that bound whoever saved it last; null without bounds. */
  @Column('uuid', { array: true, nullable: true }) reach: string[] | null;
  @Column('text', { default: 'one_each' }) fanOut: FanOut;
  @Column('uuid', { nullable: true }) checklistTemplateId: string | null;
  @Column('text', { default: 'all' }) catchUp: CatchUp;
  /** No dates after it. */
  @Timestamp({ nullable: true }) until: Date | null;
  /** From when on the present rule makes dates. */
  @Timestamp() since: Date;
  /** Until when its dates are laid out. */
  @Timestamp({ nullable: true }) filledUntil: Date | null;
  /** The objects they are laid out for. */
  @Column('text', { default: '' }) objectsMark: string;
  @Column('int', { default: 1 }) version: number;
  @Column('uuid', { nullable: true }) createdById: string | null;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
  @Timestamp({ nullable: true }) archivedAt: Date | null;
}

export const OCCURRENCE_STATES = ['planned', 'created', 'skipped', 'failed'] as const;
export type OccurrenceState = (typeof OCCURRENCE_STATES)[number];
/** Why it has no ticket: passed while nobody worked, while the plan was paused, the object is gone, a person's decision. */
export const SKIP_KINDS = ['missed', 'paused', 'object_gone', 'person'] as const;
export type SkipKind = (typeof SKIP_KINDS)[number];

/** One date of a plan for one object. The same date of the same object is there once. */
@Entity('planned_occurrence')
@Index('planned_occurrence_once_idx', { synchronize: false })
@Index('planned_occurrence_due_idx', { synchronize: false })
@Index('planned_occurrence_ticket_idx', { synchronize: false })
@Index('planned_occurrence_failed_idx', { synchronize: false })
@Index('planned_occurrence_calendar_idx', ['plannedAt', 'id'])
@Index('planned_occurrence_plan_idx', ['plannedId', 'plannedAt', 'id'])
@Index('planned_occurrence_object_idx', ['objectId', 'plannedAt', 'id'])
export class PlannedOccurrence {
  @Id() id: string;
  @Column('uuid') plannedId: string;
  @ManyToOne(() => PlannedTicket)
  @JoinColumn({ name: 'plannedId', foreignKeyConstraintName: 'planned_occurrence_planned_fk' })
  planned?: PlannedTicket;
  @Column('uuid', { nullable: true }) objectId: string | null;
  @Column('uuid', { nullable: true }) companyId: string | null;
  /** The date the rule and its shift give: what the occurrence is known by. */
  @Timestamp() ruleAt: Date;
  /** The date it stands on: the same, unless a person moved it. */
  @Timestamp() plannedAt: Date;
  /** The rule's own date, where a day off moved it. */
  @Timestamp({ nullable: true }) shiftedFrom: Date | null;
  @Column('text', { nullable: true }) shiftedWhy: OffReason | null;
  /** When its ticket is due to be made. */
  @Timestamp() dueAt: Date;
  /** When it is looked at next; null once nothing is left to do, or while its plan is paused. */
  @Timestamp({ nullable: true }) nextAt: Date | null;
  @Column('text', { default: 'planned' }) state: OccurrenceState;
  @Column('uuid', { nullable: true }) ticketId: string | null;
  @Column('text', { nullable: true }) skipKind: SkipKind | null;
  /** A person's words, or what went wrong. */
  @Column('text', { nullable: true }) reason: string | null;
  /** A person moved or skipped it: a new rule leaves that alone. */
  @Column('uuid', { nullable: true }) decidedById: string | null;
  @Column('smallint', { default: 0 }) attempts: number;
  @Timestamp({ nullable: true }) settledAt: Date | null;
}
