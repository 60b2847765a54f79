import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Standing } from './ticket-merge-standing';
import { type PersonKind, Ticket } from './ticket.entity';

/** One ticket merged into another; taken back by `undoneAt`. Several of one request share `groupId`. */
@Entity('ticket_merge')
@Index('ticket_merge_from_idx', ['fromId', 'id'])
@Index('ticket_merge_to_idx', ['toId', 'id'])
@Index('ticket_merge_group_idx', ['groupId'])
@Index('ticket_merge_standing_key', { synchronize: false })
export class TicketMerge {
  @Id() id: string;
  @Column('uuid') groupId: string;
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'fromId', foreignKeyConstraintName: 'ticket_merge_from_fk' })
  from?: Relation<Ticket>;
  @Column('uuid') fromId: string;
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'toId', foreignKeyConstraintName: 'ticket_merge_to_fk' })
  to?: Relation<Ticket>;
  @Column('uuid') toId: string;
  @Column('text', { nullable: true }) reason: string | null;
  @Timestamp() at: Date;
  @Column('text') actorKind: PersonKind;
  @Column('uuid', { nullable: true }) actorId: string | null;
  @Column('text') actorName: string;
  /** Whose move it was, and the last answers: of the merged ticket, and of the survivor. */
  @Column('jsonb') fromBefore: Standing;
  @Column('jsonb') toBefore: Standing;
  /** Something a client can see came with it. */
  @Column('boolean') isPublic: boolean;
  @Timestamp({ nullable: true }) undoneAt: Date | null;
  @Column('text', { nullable: true }) undoneByName: string | null;
}

/** What a merge moved or added, so that undoing it is exact. */
@Entity('ticket_merge_item')
export class TicketMergeItem {
  @ManyToOne(() => TicketMerge)
  @JoinColumn({ name: 'mergeId', foreignKeyConstraintName: 'ticket_merge_item_merge_fk' })
  merge?: Relation<TicketMerge>;
  @PrimaryColumn('uuid') mergeId: string;
  @PrimaryColumn('text') kind: string;
  @PrimaryColumn('uuid') itemId: string;
  @Column('jsonb', { nullable: true }) data: unknown;
}
