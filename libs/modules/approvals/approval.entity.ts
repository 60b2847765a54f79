import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ApprovalState, Decision, FlowPerson, StepState } from './approval-flow';
import type { Moment } from './approval-terms';
import type { SheetContent } from './approval-sheet';
import type { Currency, Judged } from './route-choice';
import type { LocalText, RouteDefinition, Stage } from './route-definition';

export type SubjectKind = FlowPerson['kind'];
/** How a decision came. */
export const DECISION_WAYS = ['app', 'portal', 'mail', 'merged'] as const;
export type DecisionWay = (typeof DECISION_WAYS)[number];

/** A stage with the people who were found for it. */
export type FrozenStage = Stage & { people: FlowPerson[]; escalateTo: FlowPerson[]; note: string | null };
/** The route as it was at the start, with everybody it comes to. */
export type FrozenRoute = Omit<RouteDefinition, 'stages' | 'copies' | 'executors'> & {
  stages: FrozenStage[];
  copies: FlowPerson[];
  executors: { person: FlowPerson; text: LocalText }[];
};
/** Why this route: the verdicts of all routes of the kind. */
export type FrozenChoice = { by: 'kind' | 'route'; routes: (Judged & { name: LocalText })[] };

/** A request that people decide about. */
@Entity('approval')
@Index('approval_number_key', ['number'], { unique: true })
@Index('approval_initiator_idx', ['initiatorId', 'id'])
@Index('approval_ticket_idx', ['ticketId', 'id'])
@Index('approval_based_idx', ['basedOnId'])
@Index('approval_state_idx', ['state', 'id'])
@Index('approval_kind_idx', ['kindId', 'state', 'finishedAt'])
export class Approval {
  @Id() id: string;
  @Column('int') number: number;
  @Column('uuid') kindId: string;
  @Column('uuid') routeId: string;
  @Column('int') routeVersion: number;
  @Column('text') title: string;
  @Column('text', { default: '' }) text: string;
  /** In hundredths of the currency. */
  @Column('bigint', {
    nullable: true,
    transformer: {
      to: (value: number) => value,
      from: (value: string | null) => (value === null ? null : Number(value)),
    },
  })
  amount: number | null;
  @Column('text') currency: Currency;
  /** The day whose index values count. */
  @Column('date') date: string;
  @Column('jsonb') choice: FrozenChoice;
  @Column('jsonb') route: FrozenRoute;
  @Column('text') initiatorKind: SubjectKind;
  @Column('uuid') initiatorId: string;
  @Column('uuid', { nullable: true }) ticketId: string | null;
  @Column('uuid', { nullable: true }) basedOnId: string | null;
  @Column('text') state: ApprovalState;
  @Column('int') round: number;
  @Column('int') stage: number;
  @Column('int', { default: 1 }) version: number;
  @Timestamp() createdAt: Date;
  @Timestamp({ nullable: true }) finishedAt: Date | null;
  /** The sheet as it was at the end: names and titles of that day. */
  @Column('jsonb', { nullable: true }) sheet: SheetContent | null;
  /** SHA-256 of the sheet's content, once it is over. */
  @Column('text', { nullable: true }) sheetHash: string | null;
  @Column('uuid', { nullable: true }) sheetFileId: string | null;
}

export const FACT_KINDS = [
  'started',
  'decided',
  'replaced',
  'resubmitted',
  'recalled',
  'reminded',
  'overdue',
  'escalated',
  'stuck',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];
type Plain = string | number | null;
export type FactData = {
  step?: string;
  decision?: Decision;
  comment?: string;
  via?: DecisionWay;
  person?: FlowPerson;
  why?: 'absent' | 'overdue' | 'left' | 'by_hand';
  fromStart?: boolean;
  /** What a resubmission changed: before and after. */
  changed?: Record<string, [Plain, Plain]>;
  to?: FlowPerson[];
};

/** Something that happened to an approval. Never changed; everything else follows from these. */
@Entity('approval_fact')
@Index('approval_fact_order_key', ['approvalId', 'seq'], { unique: true })
export class ApprovalFact {
  @Id() id: string;
  @Column('uuid') approvalId: string;
  @Column('int') seq: number;
  @Timestamp() at: Date;
  @Column('text') kind: FactKind;
  @Column('text') actorKind: SubjectKind | 'system';
  @Column('uuid', { nullable: true }) actorId: string | null;
  @Column('jsonb') data: FactData;
}

/** One person asked, or to be asked, in a stage. */
@Entity('approval_step')
@Index('approval_step_key', ['approvalId', 'key'], { unique: true })
@Index('approval_step_inbox_idx', { synchronize: false })
@Index('approval_step_person_idx', ['personId', 'approvalId'])
@Index('approval_step_next_idx', { synchronize: false })
export class ApprovalStep {
  @Id() id: string;
  @Column('uuid') approvalId: string;
  @Column('text') key: string;
  @Column('int') round: number;
  @Column('int') stage: number;
  @Column('int') slot: number;
  @Column('int') generation: number;
  @Column('text') personKind: SubjectKind;
  @Column('uuid') personId: string;
  /** Whose place he takes. */
  @Column('uuid', { nullable: true }) insteadOfId: string | null;
  @Column('text') state: StepState;
  @Timestamp({ nullable: true }) askedAt: Date | null;
  @Timestamp({ nullable: true }) dueAt: Date | null;
  @Timestamp({ nullable: true }) endedAt: Date | null;
  /** When it was told as late. */
  @Timestamp({ nullable: true }) overdueAt: Date | null;
  @Column('text', { default: '' }) comment: string;
  @Column('text', { nullable: true }) via: DecisionWay | null;
  /** What is still to be told, in order. */
  @Column('jsonb', { default: [] }) moments: Moment[];
  @Timestamp({ nullable: true }) nextAt: Date | null;
}

/** A file of a request; the kind says which demand it meets. */
@Entity('approval_document')
@Index('approval_document_approval_idx', ['approvalId', 'id'])
export class ApprovalDocument {
  @Id() id: string;
  @Column('uuid') approvalId: string;
  @Column('uuid', { nullable: true }) kindId: string | null;
  @Column('uuid') fileId: string;
  @Column('text') addedByKind: SubjectKind | 'system';
  @Column('uuid', { nullable: true }) addedById: string | null;
  @Timestamp() addedAt: Date;
  @Timestamp({ nullable: true }) removedAt: Date | null;
}

/** Somebody who may read along. */
@Entity('approval_copy')
@Index('approval_copy_employee_idx', ['employeeId', 'approvalId'])
export class ApprovalCopy {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_approval_copy' }) approvalId: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_approval_copy' }) employeeId: string;
}

/** What somebody does after the last yes. */
@Entity('approval_task')
@Index('approval_task_approval_idx', ['approvalId'])
@Index('approval_task_employee_idx', ['employeeId', 'id'])
export class ApprovalTask {
  @Id() id: string;
  @Column('uuid') approvalId: string;
  @Column('uuid') employeeId: string;
  @Column('jsonb') text: LocalText;
  @Column('text', { default: '' }) comment: string;
  @Timestamp() createdAt: Date;
  @Timestamp({ nullable: true }) doneAt: Date | null;
}

/** A way to decide without sign-in, for one person and one step. Only the hash of its token is kept. */
@Entity('approval_link')
@Index('approval_link_step_idx', ['stepId'])
export class ApprovalLink {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_approval_link' }) tokenHash: string;
  @Column('uuid') stepId: string;
  @Timestamp() createdAt: Date;
}
