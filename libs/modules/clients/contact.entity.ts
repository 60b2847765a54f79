import type { StoredValues } from '@opora/modules/fields';
import type { Locale } from '@opora/platform/context';
import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';

/** A person on the client's side; may belong to several companies, or to none yet. */
@Entity('contact')
@Index('contact_custom_fields_idx', { synchronize: false })
@Index('contact_name_idx', { synchronize: false })
@Index('contact_search_name_idx', { synchronize: false })
@Index('contact_search_text_idx', { synchronize: false })
export class Contact {
  @Id()
  id: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  position: string | null;

  @Column('text', { nullable: true })
  telegram: string | null;

  @Column('text')
  locale: Locale;

  @Column('text', { nullable: true })
  comment: string | null;

  @Column('text')
  searchName: string;

  /** The name with phones and e-mail addresses, for those who may see them. */
  @Column('text')
  searchText: string;

  /** Values of custom fields by code. */
  @Column('jsonb', { default: {} })
  customFields: StoredValues;

  /** The version at which each field was last changed. */
  @Column('jsonb')
  fieldVersions: Record<string, number>;

  @Column('int')
  version: number;

  @Timestamp({ nullable: true })
  archivedAt: Date | null;

  @Timestamp()
  createdAt: Date;
}

/** An address of a contact, in lower case; among active contacts it belongs to one. */
@Entity('contact_email')
@Index('contact_email_active_idx', { synchronize: false })
@Index('contact_email_contact_idx', ['contactId'])
export class ContactEmail {
  @Id()
  id: string;

  @Column('uuid')
  contactId: string;

  @ManyToOne(() => Contact, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'contactId', foreignKeyConstraintName: 'contact_email_contact_fk' })
  contact?: Contact;

  @Column('text')
  email: string;

  @Column('boolean')
  isPrimary: boolean;

  /** False while the contact is archived: the address is free for another. */
  @Column('boolean')
  isActive: boolean;
}

/** A phone of a contact; several people may share one. */
@Entity('contact_phone')
@Index('contact_phone_e164_idx', ['e164'])
@Index('contact_phone_contact_idx', ['contactId'])
export class ContactPhone {
  @Id()
  id: string;

  @Column('uuid')
  contactId: string;

  @ManyToOne(() => Contact, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'contactId', foreignKeyConstraintName: 'contact_phone_contact_fk' })
  contact?: Contact;

  @Column('text')
  e164: string;

  /** As it was entered, with its extension if any. */
  @Column('text')
  raw: string;

  @Column('boolean')
  isPrimary: boolean;
}
