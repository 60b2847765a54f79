import { Timestamp } from '@opora/platform/db';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How the house keeps its hours: one row. */
@Entity('time_settings')
export class TimeSettings {
  @PrimaryColumn('int', { primaryKeyConstraintName: 'PK_time_settings' }) id: number;
  /** How long after writing an entry its author may change it; null means always. */
  @Column('int', { nullable: true }) editWindowHours: number | null;
  /** Days up to this one are closed for everybody. */
  @Column('date', { nullable: true }) lockedUntil: string | null;
  /** A timer counts in steps of so many minutes. */
  @Column('int', { default: 1 }) timerStepMinutes: number;
  @Column('int', { default: 1 }) version: number;
  @Timestamp() updatedAt: Date;
  @Column('uuid', { nullable: true }) updatedById: string | null;
}
