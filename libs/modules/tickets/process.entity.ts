import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import type { OwnDefinition } from './process-definition';
import type { StatusCategory } from './ticket-status';
import type { GuardRef } from './transition-guards';

/** A text in both languages. */
export type LocalText = { ru: string; en: string };

/** «Схема движения заявки»: statuses and the transitions between them. */
@Entity('process')
@Index('process_code_key', ['code'], { unique: true })
export class Process {
  @Id() id: string;
  @Column('text') code: string;
  @Column('jsonb') name: LocalText;
  @Column('uuid') initialStatusId: string;
  @Column('boolean', { default: false }) isDefault: boolean;
  /** A variant stands on this process: it has its statuses and transitions but for those it hides, and adds its own. */
  @ManyToOne(() => Process)
  @JoinColumn({ name: 'baseId', foreignKeyConstraintName: 'process_base_fk' })
  base?: Relation<Process>;
  @Column('uuid', { nullable: true }) baseId: string | null;
  @Column('uuid', { array: true, default: () => `'{}'` }) hiddenStatusIds: string[];
  @Column('uuid', { array: true, default: () => `'{}'` }) hiddenTransitionIds: string[];
  /** Number of the published version. */
  @Column('int', { default: 1 }) version: number;
  /** Grows with every change, of the draft too: what `If-Match` compares. */
  @Column('int', { default: 1 }) revision: number;
  @Column('jsonb', { nullable: true }) draft: ProcessDraft | null;
}

/** A definition nobody works by yet. */
export type ProcessDraft = { definition: OwnDefinition; savedAt: string; savedBy: string };

/** What was published once, kept to be looked at and brought back. */
@Entity('process_version')
@Index('process_version_number_key', ['processId', 'number'], { unique: true })
export class ProcessVersion {
  @Id() id: string;
  @ManyToOne(() => Process)
  @JoinColumn({ name: 'processId', foreignKeyConstraintName: 'process_version_process_fk' })
  process?: Relation<Process>;
  @Column('uuid') processId: string;
  @Column('int') number: number;
  @Column('jsonb') definition: OwnDefinition;
  @Column('text', { nullable: true }) note: string | null;
  @Timestamp() publishedAt: Date;
  @Column('text') publishedBy: string;
}

/** Which process tickets of a type, of a company or of companies of a category go by: the first that fits. */
@Entity('process_binding')
@Index('process_binding_process_idx', ['processId'])
export class ProcessBinding {
  @Id() id: string;
  @Column('int') position: number;
  @Column('uuid', { nullable: true }) typeId: string | null;
  @Column('uuid', { nullable: true }) companyId: string | null;
  @Column('uuid', { nullable: true }) categoryId: string | null;
  @ManyToOne(() => Process)
  @JoinColumn({ name: 'processId', foreignKeyConstraintName: 'process_binding_process_fk' })
  process?: Relation<Process>;
  @Column('uuid') processId: string;
}

@Entity('ticket_status')
@Index('ticket_status_code_key', { synchronize: false })
export class TicketStatus {
  @Id() id: string;
  @ManyToOne(() => Process)
  @JoinColumn({ name: 'processId', foreignKeyConstraintName: 'ticket_status_process_fk' })
  process?: Relation<Process>;
  @Column('uuid') processId: string;
  @Column('text') code: string;
  @Column('jsonb') name: LocalText;
  /** What the client reads instead of the name. */
  @Column('jsonb') clientName: LocalText;
  @Column('text') color: string;
  @Column('text') category: StatusCategory;
  @Column('int') position: number;
  /** No work is expected in it: the ticket counts as finished. */
  @Column('boolean', { default: false }) isFinal: boolean;
  /** Place in the diagram; without it the diagram finds one. */
  @Column('int', { nullable: true }) x: number | null;
  @Column('int', { nullable: true }) y: number | null;
  /** The process and the variants in which it is in force: written when one of them is published. */
  @Column('uuid', { array: true, default: () => `'{}'` }) processIds: string[];
  /** No longer in its process; histories still name it. */
  @Timestamp({ nullable: true }) archivedAt: Date | null;
}

@Entity('status_transition')
@Index('status_transition_process_idx', ['processId'])
@Index('status_transition_from_idx', ['fromId'])
@Index('status_transition_to_idx', ['toId'])
export class StatusTransition {
  @Id() id: string;
  @ManyToOne(() => Process)
  @JoinColumn({ name: 'processId', foreignKeyConstraintName: 'status_transition_process_fk' })
  process?: Relation<Process>;
  @Column('uuid') processId: string;
  @ManyToOne(() => TicketStatus)
  @JoinColumn({ name: 'fromId', foreignKeyConstraintName: 'status_transition_from_fk' })
  from?: Relation<TicketStatus>;
  @Column('uuid') fromId: string;
  @ManyToOne(() => TicketStatus)
  @JoinColumn({ name: 'toId', foreignKeyConstraintName: 'status_transition_to_fk' })
  to?: Relation<TicketStatus>;
  @Column('uuid') toId: string;
  /** The button's text; without it the name of the target status. */
  @Column('jsonb', { nullable: true }) name: LocalText | null;
  /** Only for these types; null means every type of the process. */
  @Column('uuid', { array: true, nullable: true }) typeIds: string[] | null;
  /** Only for holders of these roles (codes or ids); null means everybody who may change the status. */
  @Column('text', { array: true, nullable: true }) roleCodes: string[] | null;
  @Column('boolean', { default: false }) requiresComment: boolean;
  @Column('boolean', { default: false }) availableForClient: boolean;
  @Column('int', { default: 0 }) position: number;
  /** What must be done before, beside what always must. */
  @Column('jsonb', { default: [] }) guards: GuardRef[];
  /** The process and the variants in which it is in force. */
  @Column('uuid', { array: true, default: () => `'{}'` }) processIds: string[];
}

@Entity('priority')
@Index('priority_code_key', ['code'], { unique: true })
export class Priority {
  @Id() id: string;
  @Column('text') code: string;
  @Column('jsonb') name: LocalText;
  @Column('text') color: string;
  /** Order of urgency: the greater, the more urgent. */
  @Column('int') position: number;
  @Column('boolean', { default: false }) isDefault: boolean;
  @Timestamp({ nullable: true }) archivedAt: Date | null;
}
