import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A part of the country with engineers of its own. */
@Entity('zone')
@Index('zone_position_idx', ['position', 'id'])
export class Zone {
  @Id() id: string;
  @Column('text') name: string;
  @Column('text') color: string;
  /** Corners as the database reads them: `((lon,lat),…)`. */
  @Column('polygon', { nullable: true }) shape: string | null;
  /** Districts and towns as they were written… */
  @Column('text', { array: true, default: [] }) districts: string[];
  /** …and as addresses are searched for them. */
  @Column('text', { array: true, default: [] }) words: string[];
  /** Where zones overlap, the first counts. */
  @Column('int') position: number;
  @Column('int', { default: 1 }) version: number;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
}

/** An engineer serves a zone. */
@Entity('engineer_zone')
@Index('engineer_zone_zone_idx', ['zoneId'])
export class EngineerZone {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_engineer_zone' }) employeeId: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_engineer_zone' }) zoneId: string;
}
