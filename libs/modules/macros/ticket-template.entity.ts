import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';
import { Scoped } from './scope';

/** Values a new ticket begins with. */
@Entity('ticket_template')
@Index('ticket_template_name_idx', ['name', 'id'])
@Index('ticket_template_owner_idx', { synchronize: false })
export class TicketTemplate extends Scoped {
  @Id() id: string;
  @Column('text') name: string;
  @Column('text', { default: '' }) description: string;
  /** Fields as the request of a new ticket takes them. */
  @Column('jsonb') values: Record<string, unknown>;
  /** Checklists put on the ticket with it. */
  @Column('uuid', { array: true, default: [] }) checklistTemplateIds: string[];
  @Column('int', { default: 1 }) version: number;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
}
