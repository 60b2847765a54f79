import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Ticket } from './ticket.entity';

/**
 * What a ticket is found by. A table of its own, so that a change of status does not rewrite the words of the whole conversation.
 * Weights of the vector: A number, subject and names; B phones, addresses and foreign ids; C description and files of the client;
 * D comments and inner files. They say who may find by what: the portal asks A and C, whoever sees no contacts asks all but B.
 */
@Entity('ticket_search')
@Index('ticket_search_vector_idx', { synchronize: false })
@Index('ticket_search_short_idx', { synchronize: false })
export class TicketSearchDocument {
  @PrimaryColumn('uuid') ticketId: string;
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'ticketId', foreignKeyConstraintName: 'ticket_search_ticket_fk' })
  ticket?: Relation<Ticket>;
  @Column('tsvector') vector: string;
  /** Subject and names in lower case: typing mistakes are forgiven here. */
  @Column('text') shortText: string;
}
