import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export const SUBJECT_KINDS = ['employee', 'contact'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** Somebody who can sign in. */
export type Subject = { kind: SubjectKind; id: string };

/** How one person signs in. Employees and contacts have separate logins, so one can never pass for the other. */
@Entity('credential')
@Index('credential_login_key', ['subjectKind', 'login'], { unique: true })
@Index('credential_subject_key', ['subjectKind', 'subjectId'], { unique: true })
export class Credential {
  @Id()
  id: string;

  @Column('text')
  subjectKind: SubjectKind;

  @Column('uuid')
  subjectId: string;

  /** Lowercased e-mail address. */
  @Column('text')
  login: string;

  @Column('text')
  passwordHash: string;

  @Column('boolean')
  mustChange: boolean;

  @Timestamp()
  passwordChangedAt: Date;

  @Column('text', { nullable: true })
  totpSecret: string | null;

  @Timestamp({ nullable: true })
  totpConfirmedAt: Date | null;

  /** The last accepted 30-second step: a code works once. */
  @Column('int', { nullable: true })
  totpLastStep: number | null;

  /** SHA-256 of the unused recovery codes. */
  @Column('text', { array: true })
  recoveryCodes: string[];

  @Timestamp()
  createdAt: Date;
}

/** Guesses at one account, counted before the password is looked at. */
@Entity('sign_in_attempt')
@Index('sign_in_attempt_last_idx', ['lastAt'])
export class SignInAttempt {
  @PrimaryColumn('text')
  key: string;

  @Column('int')
  count: number;

  @Timestamp()
  lastAt: Date;

  @Timestamp()
  blockedUntil: Date;
}

/** A browser in which the person has signed in before. */
@Entity('known_device')
@Index('known_device_last_idx', ['lastUsedAt'])
export class KnownDevice {
  @PrimaryColumn('text')
  tokenHash: string;

  @PrimaryColumn('text')
  subjectKind: SubjectKind;

  @PrimaryColumn('uuid')
  subjectId: string;

  @Timestamp()
  lastUsedAt: Date;
}
