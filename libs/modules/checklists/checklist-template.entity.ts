import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';
import type { Axis, ItemFacts } from './checklist-item';

/** A checklist to be copied onto tickets, by hand or by itself. */
@Entity('checklist_template')
@Index('checklist_template_name_idx', ['name', 'id'])
export class ChecklistTemplate {
  @Id() id: string;
  @Column('text') name: string;
  /** Ticket types it is for; empty means every type. */
  @Column('uuid', { array: true, default: [] }) typeIds: string[];
  /** Put on every new ticket of these types. */
  @Column('boolean', { default: false }) isAutomatic: boolean;
  @Column('text', { nullable: true }) axis: Axis | null;
  @Column('jsonb', { default: [] }) items: ItemFacts[];
  @Column('int', { default: 1 }) version: number;
  @Timestamp({ nullable: true }) archivedAt: Date | null;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
}
