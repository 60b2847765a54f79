import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How an entry came to be: typed in, measured by the timer. */
export const TIME_SOURCES = ['hand', 'timer'] as const;
export type TimeSource = (typeof TIME_SOURCES)[number];

/** «Трудозатраты»: who worked on a ticket, how long, on which day. Taken back by `deletedAt`, never erased. */
@Entity('time_entry')
@Index('time_entry_ticket_idx', { synchronize: false })
@Index('time_entry_employee_idx', { synchronize: false })
@Index('time_entry_worked_idx', { synchronize: false })
@Index('time_entry_started_idx', { synchronize: false })
export class TimeEntry {
  @Id() id: string;
  @Column('uuid') ticketId: string;
  @Column('uuid') employeeId: string;
  /** The day in the organisation's time zone to which the work belongs. */
  @Column('date') workedOn: string;
  @Timestamp({ nullable: true }) startedAt: Date | null;
  @Column('int') seconds: number;
  @Column('text', { default: '' }) comment: string;
  @Column('text') source: TimeSource;
  @Column('uuid', { nullable: true }) createdById: string | null;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
  @Column('int', { default: 1 }) version: number;
  @Timestamp({ nullable: true }) deletedAt: Date | null;
}

/** Sums of a ticket, kept with every entry so that a list reads one row. */
@Entity('ticket_time')
export class TicketTime {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_ticket_time' }) ticketId: string;
  @Column('int', { default: 0 }) seconds: number;
  /** With the tickets below it. */
  @Column('int', { default: 0 }) treeSeconds: number;
}
