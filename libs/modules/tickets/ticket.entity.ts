import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import type { RoutingReason } from './ticket-routing-reason';
import type { StatusCategory } from './ticket-status';

export const TICKET_SOURCES = [
  'portal',
  'email',
  'phone',
  'api',
  'agent',
  'partner',
  'schedule',
  'monitoring',
  'telegram',
] as const;
export type TicketSource = (typeof TICKET_SOURCES)[number];

/** Whose move it is: ours, the client's, or nobody's. */
export const AWAITING = ['us', 'client'] as const;
export type Awaiting = (typeof AWAITING)[number];

export const PERSON_KINDS = ['employee', 'contact', 'system', 'partner'] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];

/** Id of the process the product is shipped with. */
export const DEFAULT_PROCESS = '01940000-0000-7000-8000-000001000001';

/**
 * A client's request. Employees, companies, types and statuses are archived and never deleted, so the columns that name them
 * carry no foreign key: a key would lock the same few rows in every insert.
 */
@Entity('ticket')
@Index('ticket_number_key', ['number'], { unique: true })
@Index('ticket_company_public_idx', ['companyId', 'publicUpdatedAt'])
@Index('ticket_contact_public_idx', ['contactId', 'publicUpdatedAt'])
@Index('ticket_parent_idx', { synchronize: false })
@Index('ticket_updated_idx', { synchronize: false })
@Index('ticket_created_idx', { synchronize: false })
@Index('ticket_deadline_idx', { synchronize: false })
@Index('ticket_assignee_idx', { synchronize: false })
@Index('ticket_open_idx', { synchronize: false })
@Index('ticket_team_idx', { synchronize: false })
@Index('ticket_author_idx', { synchronize: false })
@Index('ticket_object_idx', { synchronize: false })
@Index('ticket_put_aside_idx', { synchronize: false })
@Index('ticket_scheduled_idx', { synchronize: false })
@Index('ticket_ping_pong_idx', { synchronize: false })
@Index('ticket_custom_fields_idx', { synchronize: false })
@Index('ticket_merged_idx', { synchronize: false })
export class Ticket {
  @Id() id: string;
  /** The human number; gaps are possible, repetitions are not. */
  @Column('int') number: number;
  /** Grows with every change of a field. */
  @Column('int', { default: 1 }) version: number;
  @Column('text') subject: string;
  /** Safe HTML. */
  @Column('text', { default: '' }) description: string;
  @Column('text', { default: '' }) descriptionText: string;
  /** The HTML as it came, where it differs from the safe one. */
  @Column('text', { nullable: true }) descriptionOriginal: string | null;
  @Column('uuid') typeId: string;
  @Column('uuid') statusId: string;
  /** The process or variant it goes by: found when it is registered and when its type or company changes. */
  @Column('uuid', { default: DEFAULT_PROCESS }) processId: string;
  /** Copy of the status's category, for lists and counters. */
  @Column('text') statusCategory: StatusCategory;
  @Column('uuid') priorityId: string;
  /** How far the trouble reaches and how soon it must be over: codes of the priority matrix. */
  @Column('text', { nullable: true }) impact: string | null;
  @Column('text', { nullable: true }) urgency: string | null;
  @Column('uuid', { nullable: true }) companyId: string | null;
  @Column('uuid', { nullable: true }) contactId: string | null;
  @Column('uuid', { nullable: true }) objectId: string | null;
  @Column('uuid', { nullable: true }) assigneeId: string | null;
  @Column('uuid', { nullable: true }) teamId: string | null;
  @Column('text') authorKind: PersonKind;
  @Column('uuid', { nullable: true }) authorId: string | null;
  @Column('text') source: TicketSource;
  @Column('text', { nullable: true }) sourceRef: string | null;
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'parentId', foreignKeyConstraintName: 'ticket_parent_fk' })
  parent?: Relation<Ticket>;
  @Column('uuid', { nullable: true }) parentId: string | null;
  @Timestamp({ nullable: true }) deadlineAt: Date | null;
  /** «Назначена на»: when the work is planned to begin. */
  @Timestamp({ nullable: true }) scheduledFor: Date | null;
  @Column('int', { nullable: true }) plannedSeconds: number | null;
  /** Put aside: nobody need look at it until then. */
  @Timestamp({ nullable: true }) putAsideUntil: Date | null;
  /** The status it returns to; null leaves it where it is. */
  @Column('uuid', { nullable: true }) putAsideReturnStatusId: string | null;
  @Column('jsonb', { default: {} }) customFields: Record<string, unknown>;
  @Column('jsonb', { default: {} }) externalIds: Record<string, string>;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
  /** The last change a client can see: internal work does not move it. */
  @Timestamp() publicUpdatedAt: Date;
  @Timestamp({ nullable: true }) lastClientMessageAt: Date | null;
  @Timestamp({ nullable: true }) lastStaffReplyAt: Date | null;
  @Timestamp({ nullable: true }) lastCommentAt: Date | null;
  @Column('uuid', { nullable: true }) lastCommentId: string | null;
  @Column('text', { nullable: true }) awaiting: Awaiting | null;
  @Timestamp({ nullable: true }) solvedAt: Date | null;
  @Timestamp({ nullable: true }) closedAt: Date | null;
  @Column('uuid', { nullable: true }) mergedIntoId: string | null;
  @Timestamp({ nullable: true }) deletedAt: Date | null;
  @Column('text', { nullable: true }) deleteReason: string | null;
  @Column('int', { default: 0 }) commentCount: number;
  @Column('int', { default: 0 }) fileCount: number;
  /** How many times one team has handed the ticket to another. */
  @Column('int', { default: 0 }) handoverCount: number;
  /** How many of these times it came back to a team that had it before. */
  @Column('int', { default: 0 }) pingPongCount: number;
  /** Why it is where it is; null where that was never told. */
  @Column('jsonb', { nullable: true }) routing: RoutingReason | null;
}

/**
 * Every column of alias `t`, for hand-written queries that connections plan once: with a star such a plan would break while a
 * migration adds a column.
 */
export const TICKET_COLUMNS = (
  'id number version subject description descriptionText descriptionOriginal typeId statusId processId statusCategory ' +
  'priorityId impact urgency companyId contactId objectId assigneeId teamId authorKind authorId source sourceRef parentId ' +
  'deadlineAt scheduledFor plannedSeconds putAsideUntil putAsideReturnStatusId customFields externalIds createdAt updatedAt publicUpdatedAt ' +
  'lastClientMessageAt lastStaffReplyAt lastCommentAt lastCommentId awaiting solvedAt closedAt mergedIntoId ' +
  'deletedAt deleteReason commentCount fileCount handoverCount pingPongCount routing'
)
  .split(' ')
  .map((name) => `t."${name}"`)
  .join(', ');
