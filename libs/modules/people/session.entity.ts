import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';
import type { SubjectKind } from './credential.entity';

export const SIGN_IN_METHODS = ['password', 'link'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** One signed-in device: a family of refresh tokens, of which only the newest works. */
@Entity('session')
@Index('session_subject_idx', ['subjectKind', 'subjectId', 'lastUsedAt'])
@Index('session_expires_idx', ['expiresAt'])
export class Session {
  @Id()
  id: string;

  @Column('text')
  subjectKind: SubjectKind;

  @Column('uuid')
  subjectId: string;

  /** How it began: a session begun by a one-time link may set a new password without the old one. */
  @Column('text')
  method: SignInMethod;

  @Column('text')
  refreshHash: string;

  @Column('text', { nullable: true })
  previousHash: string | null;

  /** Key from which the next token of the family is derived. */
  @Column('text')
  rotationKey: string;

  @Timestamp()
  rotatedAt: Date;

  @Column('text')
  userAgent: string;

  @Column('text')
  ip: string;

  @Timestamp()
  createdAt: Date;

  @Timestamp()
  lastUsedAt: Date;

  @Timestamp()
  expiresAt: Date;

  @Timestamp({ nullable: true })
  revokedAt: Date | null;
}
