import { Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SubjectKind } from './credential.entity';

export const LINK_PURPOSES = ['sign_in', 'invite'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** A link that signs a person in once. Only the hash of its token is kept. */
@Entity('sign_in_link')
@Index('sign_in_link_subject_idx', ['subjectKind', 'subjectId', 'createdAt'])
@Index('sign_in_link_expires_idx', ['expiresAt'])
export class SignInLink {
  @PrimaryColumn('text')
  tokenHash: string;

  @Column('text')
  subjectKind: SubjectKind;

  @Column('uuid')
  subjectId: string;

  @Column('text')
  purpose: LinkPurpose;

  @Timestamp()
  createdAt: Date;

  @Timestamp()
  expiresAt: Date;

  @Timestamp({ nullable: true })
  usedAt: Date | null;
}
