import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Audience } from './audience';
import { type Awaiting, type PersonKind, Ticket, type TicketSource } from './ticket.entity';

export const COMMENT_KINDS = ['comment', 'auto_reply', 'bounce', 'system'] as const;
export type CommentKind = (typeof COMMENT_KINDS)[number];

/** The ticket before a comment: whose move it was, the last answers, and the status move sent together with the comment. */
export type UndoState = {
  awaiting: Awaiting | null;
  lastStaffReplyAt: string | null;
  publicUpdatedAt: string;
  statusFrom?: string;
  statusTo?: string;
};

/** One message of a ticket's conversation and who may read it. */
@Entity('comment')
@Index('comment_ticket_idx', ['ticketId', 'createdAt', 'id'])
export class Comment {
  @Id() id: string;
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'ticketId', foreignKeyConstraintName: 'comment_ticket_fk' })
  ticket?: Relation<Ticket>;
  @Column('uuid') ticketId: string;
  @Column('text', { array: true }) audience: Audience[];
  @Column('text') authorKind: PersonKind;
  @Column('uuid', { nullable: true }) authorId: string | null;
  @Column('text') authorName: string;
  /** Safe HTML; pictures of the ticket are `img[data-file-id]`, their address is made when shown. */
  @Column('text') html: string;
  @Column('text') text: string;
  /** The HTML as it came, where it differs from the safe one. */
  @Column('text', { nullable: true }) original: string | null;
  @Column('text', { default: 'comment' }) kind: CommentKind;
  @Column('text') source: TicketSource;
  /** Addresses that get a copy besides the participants. */
  @Column('text', { array: true, default: () => `'{}'` }) cc: string[];
  /** What the comment changed on its ticket, so that undo takes it all back. */
  @Column('jsonb', { nullable: true }) undoState: UndoState | null;
  @Timestamp() createdAt: Date;
  /** From this moment clients and partners see it; until then its author can take it back. */
  @Timestamp() visibleAt: Date;
  @Timestamp({ nullable: true }) undoneAt: Date | null;
}

/** A file of a ticket, perhaps of one of its comments, and who may see it. */
@Entity('attachment')
@Index('attachment_ticket_idx', ['ticketId', 'createdAt', 'id'])
@Index('attachment_comment_idx', ['commentId'])
@Index('attachment_file_idx', ['fileId'])
export class Attachment {
  @Id() id: string;
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'ticketId', foreignKeyConstraintName: 'attachment_ticket_fk' })
  ticket?: Relation<Ticket>;
  @Column('uuid') ticketId: string;
  @ManyToOne(() => Comment)
  @JoinColumn({ name: 'commentId', foreignKeyConstraintName: 'attachment_comment_fk' })
  comment?: Relation<Comment>;
  @Column('uuid', { nullable: true }) commentId: string | null;
  @Column('uuid') fileId: string;
  @Column('text', { array: true }) audience: Audience[];
  @Column('text', { nullable: true }) caption: string | null;
  /** Shown inside the text, not in the list of files. */
  @Column('boolean', { default: false }) isInline: boolean;
  @Column('text') authorKind: PersonKind;
  @Column('uuid', { nullable: true }) authorId: string | null;
  @Timestamp() createdAt: Date;
}

/** An unsent comment: one per employee and ticket. */
@Entity('draft')
export class Draft {
  @ManyToOne(() => Ticket)
  @JoinColumn({ name: 'ticketId', foreignKeyConstraintName: 'draft_ticket_fk' })
  ticket?: Relation<Ticket>;
  @PrimaryColumn('uuid') ticketId: string;
  @PrimaryColumn('uuid') employeeId: string;
  @Column('text', { array: true }) audience: Audience[];
  @Column('text') html: string;
  @Column('uuid', { array: true, default: () => `'{}'` }) fileIds: string[];
  @Column('text', { array: true, default: () => `'{}'` }) cc: string[];
  /** The ticket's version when the draft was begun. */
  @Column('int', { nullable: true }) baseVersion: number | null;
  @Timestamp() updatedAt: Date;
}
