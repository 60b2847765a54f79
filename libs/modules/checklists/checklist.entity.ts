import { Id, Timestamp } from '@opora/platform/db';
import type { PersonKind } from '@opora/modules/tickets';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Axis, ItemFacts, ItemKind, MarkState, ResultKind, ResultLimits, Subject } from './checklist-item';

/** «Чек-лист» of a ticket; with subjects it is a matrix of items and people or objects. */
@Entity('checklist')
@Index('checklist_ticket_idx', ['ticketId', 'position', 'id'])
export class Checklist {
  @Id() id: string;
  @Column('uuid') ticketId: string;
  @Column('uuid', { nullable: true }) templateId: string | null;
  @Column('text') name: string;
  @Column('text', { nullable: true }) axis: Axis | null;
  @Column('jsonb', { default: [] }) subjects: Subject[];
  @Column('int') position: number;
  @Column('boolean', { default: false }) isAutomatic: boolean;
  @Column('int', { default: 1 }) version: number;
  @Column('uuid', { nullable: true }) createdById: string | null;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
}

@Entity('checklist_item')
@Index('checklist_item_place_idx', ['checklistId', 'position'])
export class ChecklistItem implements ItemFacts {
  @Id() id: string;
  @Column('uuid') checklistId: string;
  @Column('int') position: number;
  @Column('text') kind: ItemKind;
  @Column('text') title: string;
  @Column('text', { default: '' }) hint: string;
  @Column('boolean', { default: false }) isRequired: boolean;
  @Column('text', { array: true, default: [] }) requiredTo: string[];
  @Column('text', { array: true, default: [] }) requiredFrom: string[];
  @Column('boolean', { default: false }) isClientVisible: boolean;
  @Column('text', { default: 'none' }) resultKind: ResultKind;
  @Column('jsonb', { default: {} }) resultLimits: ResultLimits;
  @Column('uuid', { nullable: true }) assigneeId: string | null;
  @Column('int', { nullable: true }) plannedSeconds: number | null;
  @Column('int', { default: 1 }) version: number;
}

/** A tick: who, when, with what result. */
@Entity('checklist_mark')
@Index('checklist_mark_checklist_idx', ['checklistId'])
export class ChecklistMark {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_checklist_mark' }) itemId: string;
  /** NO_SUBJECT where the checklist is no matrix. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_checklist_mark' }) subjectId: string;
  @Column('uuid') checklistId: string;
  @Column('text') state: MarkState;
  @Column('jsonb', { nullable: true }) result: string | number | null;
  @Column('uuid', { array: true, default: [] }) fileIds: string[];
  @Column('text', { default: '' }) reason: string;
  @Column('text') byKind: PersonKind;
  @Column('uuid', { nullable: true }) byId: string | null;
  @Column('text') byName: string;
  @Timestamp() at: Date;
}

/** How far a ticket's checklists are: one row for lists and guards. */
@Entity('ticket_checklist')
export class TicketChecklist {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_ticket_checklist' }) ticketId: string;
  @Column('int') done: number;
  @Column('int') total: number;
  @Column('int') requiredDone: number;
  @Column('int') required: number;
}
