import type { Condition } from '@opora/modules/fields';
import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Whether a row asks for the hours of its calendar, and for which. */
export const ROUTING_HOURS = ['any', 'inside', 'outside'] as const;
export type RoutingHours = (typeof ROUTING_HOURS)[number];

/** «Who gets what»: the first row that fits a ticket names its team. */
@Entity('routing_row')
@Index('routing_row_position_idx', ['position', 'id'])
export class RoutingRow {
  @Id() id: string;
  @Column('int') position: number;
  @Column('text') name: string;
  @Column('boolean') isActive: boolean;
  @Column('jsonb') when: Condition;
  @Column('text', { default: 'any' }) hours: RoutingHours;
  @Column('uuid', { nullable: true }) calendarId: string | null;
  @Column('uuid') teamId: string;
  @Column('uuid', { nullable: true }) assigneeId: string | null;
  @Column('int', { default: 1 }) version: number;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
}

/** When a ticket that nobody works on is routed anew. */
export const REROUTES = ['never', 'while_unassigned'] as const;
export type Reroutes = (typeof REROUTES)[number];

/** The table as a whole: its only row. */
@Entity('routing_table')
export class RoutingTableRow {
  @PrimaryColumn('int') id: number;
  /** Another one with every change of a row. */
  @Column('uuid') revision: string;
  @Column('text') reroutes: Reroutes;
}
