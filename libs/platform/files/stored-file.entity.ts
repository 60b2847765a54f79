import { Column, Entity, Index } from 'typeorm';
import { Id, Timestamp } from '../db';

/** Bytes kept once by their hash; who may read them is decided by the noun that claimed them. */
@Entity('stored_file')
@Index('stored_file_unclaimed_idx', { synchronize: false })
export class StoredFile {
  @Id()
  id: string;

  /** SHA-256, hex; also the key in the store. */
  @Column('text')
  sha256: string;

  @Column('text')
  name: string;

  /** What the bytes are by their signature, else what the sender said. */
  @Column('text')
  mime: string;

  @Column('bigint', { transformer: { to: (value: number) => value, from: Number } })
  size: number;

  @Column('text')
  ownerKind: string;

  @Column('text')
  ownerId: string;

  @Timestamp()
  createdAt: Date;

  /** When a ticket, a comment or another noun took the file. */
  @Timestamp({ nullable: true })
  claimedAt: Date | null;
}
