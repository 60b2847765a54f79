import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Ticket } from './ticket.entity';

/** Kinds people may choose; «split» comes about by splitting a ticket. */
export const LINK_KINDS = ['relates', 'duplicates', 'blocks', 'caused_by'] as const;
export type LinkKind = (typeof LINK_KINDS)[number] | 'split';

export const LINK_DIRECTIONS = ['outward', 'inward'] as const;
export type LinkDirection = (typeof LINK_DIRECTIONS)[number];

/** «Связь»: how one ticket stands to another. A pair has each kind once, whichever way round. */
@Entity('ticket_link')
@Index('ticket_link_from_idx', ['fromId', 'id'])
@Index('ticket_link_to_idx', ['toId', 'id'])
@Index('ticket_link_pair_key', { synchronize: false })
export class TicketLinkRow {
  @Id() id: string;
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'fromId', foreignKeyConstraintName: 'ticket_link_from_fk' })
  from?: Relation<Ticket>;
  @Column('uuid') fromId: string;
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'toId', foreignKeyConstraintName: 'ticket_link_to_fk' })
  to?: Relation<Ticket>;
  @Column('uuid') toId: string;
  @Column('text') kind: LinkKind;
  @Timestamp() createdAt: Date;
  @Column('uuid', { nullable: true }) createdById: string | null;
  @Column('text') createdByName: string;
}
