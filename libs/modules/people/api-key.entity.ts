import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';
import type { SubjectKind } from './credential.entity';

/** A key for programs: acts as its subject, never beyond the subject's rights. Only the hash of the secret is kept. */
@Entity('api_key')
@Index('api_key_prefix_key', ['prefix'], { unique: true })
@Index('api_key_subject_idx', ['subjectKind', 'subjectId'])
export class ApiKey {
  @Id()
  id: string;

  @Column('text')
  name: string;

  /** The public part of the key, by which it is found. */
  @Column('text')
  prefix: string;

  @Column('text')
  hash: string;

  @Column('text')
  subjectKind: SubjectKind;

  @Column('uuid')
  subjectId: string;

  /** As it was when the key was made: the list needs no look at who owns the kind. */
  @Column('text')
  subjectName: string;

  @Column('text', { array: true })
  permissions: string[];

  @Timestamp({ nullable: true })
  expiresAt: Date | null;

  @Timestamp({ nullable: true })
  lastUsedAt: Date | null;

  @Timestamp({ nullable: true })
  revokedAt: Date | null;

  @Column('uuid', { nullable: true })
  createdById: string | null;

  @Timestamp()
  createdAt: Date;
}
