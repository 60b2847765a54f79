import type { Locale } from '@opora/platform/context';
import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';

/** A person of the service company. */
@Entity('employee')
@Index('employee_email_key', ['email'], { unique: true })
@Index('employee_name_idx', { synchronize: false })
@Index('employee_roles_idx', { synchronize: false })
@Index('employee_manager_idx', ['managerId'])
export class Employee {
  @Id()
  id: string;

  @Column('text')
  name: string;

  /** Lowercased; also the login. */
  @Column('text')
  email: string;

  @Column('text', { nullable: true })
  phone: string | null;

  @Column('text', { nullable: true })
  phoneExtension: string | null;

  @Column('text')
  locale: Locale;

  /** IANA name; null means the organisation's. */
  @Column('text', { nullable: true })
  timeZone: string | null;

  @Column('boolean')
  isActive: boolean;

  @Column('uuid', { array: true })
  roleIds: string[];

  /** Job title, as papers name the person. */
  @Column('text', { default: '' })
  position: string;

  /** Whom the person reports to. */
  @Column('uuid', { nullable: true })
  managerId: string | null;

  @Timestamp()
  createdAt: Date;

  @Timestamp({ nullable: true })
  archivedAt: Date | null;
}
