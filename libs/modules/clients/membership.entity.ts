import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';
import { Company } from './company.entity';
import { Contact } from './contact.entity';

/** A contact's place and rights in one company. */
@Entity('membership')
@Index('membership_pair_idx', ['contactId', 'companyId'], { unique: true })
@Index('membership_company_idx', ['companyId'])
export class Membership {
  @Id()
  id: string;

  @Column('uuid')
  contactId: string;

  @ManyToOne(() => Contact, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'contactId', foreignKeyConstraintName: 'membership_contact_fk' })
  contact?: Contact;

  @Column('uuid')
  companyId: string;

  @ManyToOne(() => Company, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'companyId', foreignKeyConstraintName: 'membership_company_fk' })
  company?: Company;

  /** Sees every ticket of the company, not only his own. */
  @Column('boolean')
  seesCompany: boolean;

  @Column('boolean')
  closesCompany: boolean;

  /** Manages the company's people and their rights. */
  @Column('boolean')
  isAdmin: boolean;

  /** Limits his reach in the company to these service objects and what lies below them; empty means no limit. */
  @Column('uuid', { array: true })
  objectIds: string[];

  @Column('text', { nullable: true })
  position: string | null;

  /** Name and address as the client's administrator typed them: all he may learn of a person he did not bring. */
  @Column('text', { nullable: true })
  invitedName: string | null;

  @Column('text', { nullable: true })
  invitedEmail: string | null;

  @Timestamp()
  createdAt: Date;
}
