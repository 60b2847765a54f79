import { Id, Timestamp } from '@opora/platform/db';
import type { Cause } from '@opora/platform/context';
import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { type PersonKind, Ticket } from './ticket.entity';

/** One changed field of a ticket: who, when, why, from what to what. The database refuses to change or delete it. */
@Entity('ticket_change')
@Index('ticket_change_ticket_idx', ['ticketId', 'at', 'id'])
export class TicketChange {
  @Id() id: string;
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'ticketId', foreignKeyConstraintName: 'ticket_change_ticket_fk' })
  ticket?: Relation<Ticket>;
  @Column('uuid') ticketId: string;
  @Timestamp() at: Date;
  @Column('text') actorKind: PersonKind;
  @Column('uuid', { nullable: true }) actorId: string | null;
  @Column('text') actorName: string;
  @Column('jsonb') cause: Cause & { reason?: string };
  @Column('text') field: string;
  @Column('jsonb', { nullable: true }) before: unknown;
  @Column('jsonb', { nullable: true }) after: unknown;
  /** The version the change led to. */
  @Column('int') version: number;
}
