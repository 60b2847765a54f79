import { Timestamp } from '@opora/platform/db';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the board knows of a person beside skills and zones: from where he sets out and how much he works. */
@Entity('engineer')
export class Engineer {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_engineer' }) employeeId: string;
  @Column('double precision', { nullable: true }) latitude: number | null;
  @Column('double precision', { nullable: true }) longitude: number | null;
  @Column('text', { nullable: true }) address: string | null;
  /** His hours; null takes those of the settings. */
  @Column('uuid', { nullable: true }) calendarId: string | null;
  @Timestamp() updatedAt: Date;
}

/** One row: how travel is estimated and how long a day is. */
@Entity('dispatch_settings')
export class DispatchSettings {
  @PrimaryColumn('int', { primaryKeyConstraintName: 'PK_dispatch_settings' }) id: number;
  /** How much longer roads are than the straight line. */
  @Column('double precision', { default: 1.4 }) roadFactor: number;
  @Column('int', { default: 40 }) speedKmh: number;
  /** Hours of people without their own; null is Monday to Friday, `daySeconds` from nine o'clock. */
  @Column('uuid', { nullable: true }) calendarId: string | null;
  @Column('int', { default: 28800 }) daySeconds: number;
  /** How long a visit is taken to last when its ticket does not say. */
  @Column('int', { default: 3600 }) visitSeconds: number;
  @Column('int', { default: 1 }) version: number;
  @Timestamp() updatedAt: Date;
}
