import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
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
}

@Entity('ticket_status')
@Index('ticket_status_code_key', ['processId', 'code'], { unique: true })
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
