import { Column, Entity, Index } from 'typeorm';
import { Id, Timestamp } from '../db';

export const OUTBOX_STATES = ['pending', 'done', 'dead'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

/** One handler's share of an event, or one job: the truth of what must still happen. */
@Entity('outbox')
@Index('outbox_due_idx', { synchronize: false })
@Index('outbox_key_idx', { synchronize: false })
@Index('outbox_state_idx', ['state', 'id'])
export class OutboxRow {
  @Id()
  id: string;

  @Column('uuid')
  eventId: string;

  @Column('text')
  name: string;

  @Column('text')
  handler: string;

  @Column('jsonb')
  payload: Record<string, unknown>;

  /** How many automatic steps lead to this row. */
  @Column('smallint', { default: 0 })
  depth: number;

  /** The employee whose deed led here at once. */
  @Column('uuid', { nullable: true })
  initiatorId: string | null;

  /** While a row with this key waits, another of the same key is not added. */
  @Column('text', { nullable: true })
  key: string | null;

  @Column('text', { default: 'pending' })
  state: OutboxState;

  @Timestamp()
  dueAt: Date;

  @Timestamp({ nullable: true })
  leasedUntil: Date | null;

  @Column('int', { default: 0 })
  attempts: number;

  @Column('text', { nullable: true })
  lastError: string | null;

  @Timestamp()
  createdAt: Date;

  @Timestamp({ nullable: true })
  doneAt: Date | null;
}
