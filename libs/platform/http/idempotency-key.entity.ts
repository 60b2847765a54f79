import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Timestamp } from '../db';

/** The first answer to a POST that carried an `Idempotency-Key`. */
@Entity('idempotency_key')
@Index('idempotency_key_age_idx', ['createdAt'])
export class IdempotencyKey {
  @PrimaryColumn('text')
  key: string;

  /** Who sent it: `employee:<id>`. Keys of different people never meet. */
  @PrimaryColumn('text')
  owner: string;

  @PrimaryColumn('text')
  route: string;

  @Column('text')
  bodyHash: string;

  @Column('int', { default: 0 })
  status: number;

  /** Encrypted: the answer may hold a secret that is shown once. */
  @Column('text', { nullable: true })
  body: string | null;

  @Column('jsonb', { default: {} })
  headers: Record<string, string>;

  @Timestamp()
  createdAt: Date;
}
