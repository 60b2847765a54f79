import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';

/** The one scale that is stored: bad, normal, good. */
export const SCORES = ['bad', 'normal', 'good'] as const;
export type Score = (typeof SCORES)[number];

export const RATING_SOURCES = ['mail', 'portal', 'automatic'] as const;
export type RatingSource = (typeof RATING_SOURCES)[number];

export type EarlierMark = { score: Score; comment: string | null; at: string; source: RatingSource };

/** What a contact thinks of the work on a ticket. The last mark counts; the earlier ones stay. */
@Entity('rating')
@Index('rating_ticket_contact_key', ['ticketId', 'contactId'], { unique: true })
@Index('rating_created_idx', ['createdAt', 'id'])
export class Rating {
  @Id() id: string;
  @Column('uuid') ticketId: string;
  @Column('uuid') contactId: string;
  @Column('text') score: Score;
  @Column('text', { nullable: true }) comment: string | null;
  @Column('jsonb', { default: [] }) previous: EarlierMark[];
  @Column('text') source: RatingSource;
  /** Set by a policy after silence; left out of the satisfaction figures. */
  @Column('boolean', { default: false }) isAutomatic: boolean;
  @Timestamp() createdAt: Date;
  @Timestamp() changedAt: Date;
}

/** The link in a mail: it names one ticket and one contact and serves nothing else. */
@Entity('rating_link')
@Index('rating_link_ticket_idx', ['ticketId'])
export class RatingLink {
  /** SHA-256 of the token; the token itself is only in the mail. */
  @Column('text', { primary: true }) tokenHash: string;
  @Column('uuid') ticketId: string;
  @Column('uuid') contactId: string;
  @Timestamp() createdAt: Date;
  @Timestamp() expiresAt: Date;
}
