import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Comment } from './comment.entity';
import { Ticket } from './ticket.entity';

/**
 * What a ticket is found by. A table of its own, so that a change of status does not rewrite the words of the whole conversation.
 * Weights of the vector: A number, subject and names; B phones, addresses and foreign ids; C description and files of the client;
 * D inner files and, in a table of their own, comments. They say who may find by what: the portal asks A and C, whoever sees no contacts asks all but B.
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

/** What a ticket is found by in one of its comments; the weight is D. */
@Entity('comment_search')
@Index('comment_search_ticket_idx', ['ticketId'])
@Index('comment_search_vector_idx', { synchronize: false })
export class CommentSearchDocument {
  @PrimaryColumn('uuid') commentId: string;
  @ManyToOne(() => Comment)
  @JoinColumn({ name: 'commentId', foreignKeyConstraintName: 'comment_search_comment_fk' })
  comment?: Relation<Comment>;
  @Column('uuid') ticketId: string;
  @Column('tsvector') vector: string;
}
