import type { TicketMoment } from '@opora/modules/tickets';
import { Id, Timestamp } from '@opora/platform/db';
import type { Locale } from '@opora/platform/context';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { ToldProblem } from './problem-words';
import type { StoredAction } from './ticket-action';
import type { RunTraces } from './ticket-actions.service';

export const RUN_STATES = ['waiting', 'running', 'done', 'cancelled'] as const;
export type RunState = (typeof RUN_STATES)[number];
export const UNDO_STATES = ['waiting', 'running', 'done'] as const;
export type UndoState = (typeof UNDO_STATES)[number];
export const ROW_STATES = ['waiting', 'done', 'refused', 'undone', 'undo_refused'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** Actions done to the tickets chosen when it was started, in the name of whoever started it. */
@Entity('bulk_run')
@Index('bulk_run_mine_idx', { synchronize: false })
@Index('bulk_run_created_idx', ['createdAt'])
export class BulkRun {
  @Id() id: string;
  /** What histories call it. */
  @Column('text') name: string;
  @Column('uuid', { nullable: true }) macroId: string | null;
  /** A macro run on one ticket: done in the request itself. */
  @Column('boolean', { default: false }) isSingle: boolean;
  @Column('jsonb') actions: StoredAction[];
  @Column('text') state: RunState;
  @Column('uuid') startedById: string;
  @Column('text') locale: Locale;
  /** What an API key was limited to when it started the run. */
  @Column('text', { array: true, nullable: true }) limitedTo: string[] | null;
  @Column('int', { default: 0 }) total: number;
  @Column('int', { default: 0 }) done: number;
  @Column('int', { default: 0 }) refused: number;
  @Column('text', { nullable: true }) undoState: UndoState | null;
  @Column('int', { default: 0 }) undone: number;
  @Column('int', { default: 0 }) undoRefused: number;
  @Timestamp() createdAt: Date;
  @Timestamp({ nullable: true }) startedAt: Date | null;
  @Timestamp({ nullable: true }) finishedAt: Date | null;
  @Timestamp({ nullable: true }) undoFinishedAt: Date | null;
}

/** One ticket of a run. Its state is written in the transaction of the change, so that nothing is done twice or lost. */
@Entity('bulk_run_row')
@Index('bulk_run_row_place_idx', ['runId', 'position'])
@Index('bulk_run_row_state_idx', ['runId', 'state', 'position'])
export class BulkRunRow {
  @ManyToOne(() => BulkRun, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'runId', foreignKeyConstraintName: 'bulk_run_row_run_fk' })
  run?: Relation<BulkRun>;
  @PrimaryColumn('uuid') runId: string;
  /** As it was asked for: it need not exist, nor be in sight. */
  @PrimaryColumn('uuid') ticketId: string;
  @Column('int') position: number;
  @Column('text') state: RowState;
  @Column('jsonb', { default: [] }) problems: ToldProblem[];
  /** The ticket just before and just after, to take the change back. */
  @Column('jsonb', { nullable: true }) before: TicketMoment | null;
  @Column('jsonb', { nullable: true }) after: TicketMoment | null;
  @Column('jsonb', { default: [] }) traces: RunTraces;
}
