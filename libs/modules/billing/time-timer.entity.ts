import { Timestamp } from '@opora/platform/db';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one timer of an employee. It is a row, so it survives restarts, other devices and closed windows. */
@Entity('time_timer')
export class TimeTimer {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_time_timer' }) employeeId: string;
  @Column('uuid') ticketId: string;
  @Timestamp() startedAt: Date;
  /** Counted before the present run. */
  @Column('int', { default: 0 }) accumulatedSeconds: number;
  /** Since when it runs; null while paused. */
  @Timestamp({ nullable: true }) runningSince: Date | null;
}
