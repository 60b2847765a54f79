import type { StoredValues } from '@opora/modules/fields';
import { Employee, Team } from '@opora/modules/people';
import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';

/** A company we serve, buy from or work with; one company may be all three. */
@Entity('company')
@Index('company_custom_fields_idx', { synchronize: false })
@Index('company_name_idx', { synchronize: false })
@Index('company_search_name_idx', { synchronize: false })
@Index('company_search_text_idx', { synchronize: false })
@Index('company_dedupe_idx', { synchronize: false })
@Index('company_external_ids_idx', { synchronize: false })
@Index('company_responsible_employee_idx', ['responsibleEmployeeId'])
@Index('company_responsible_team_idx', ['responsibleTeamId'])
export class Company {
  @Id()
  id: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  additionalName: string | null;

  @Column('text', { nullable: true })
  site: string | null;

  @Column('text', { nullable: true })
  email: string | null;

  /** As it was entered; its E.164 form is among the dedupe keys. */
  @Column('text', { nullable: true })
  phone: string | null;

  @Column('text', { nullable: true })
  address: string | null;

  @Column('double precision', { nullable: true })
  latitude: number | null;

  @Column('double precision', { nullable: true })
  longitude: number | null;

  @Column('text', { nullable: true })
  comment: string | null;

  @Column('text', { nullable: true })
  inn: string | null;

  @Column('text', { nullable: true })
  timeZone: string | null;

  @Column('boolean')
  isClient: boolean;

  @Column('boolean')
  isPartner: boolean;

  @Column('boolean')
  isSupplier: boolean;

  @Column('uuid', { nullable: true })
  responsibleEmployeeId: string | null;

  @ManyToOne(() => Employee, { nullable: true })
  @JoinColumn({ name: 'responsibleEmployeeId', foreignKeyConstraintName: 'company_responsible_employee_fk' })
  responsibleEmployee?: Employee;

  @Column('uuid', { nullable: true })
  responsibleTeamId: string | null;

  @ManyToOne(() => Team, { nullable: true })
  @JoinColumn({ name: 'responsibleTeamId', foreignKeyConstraintName: 'company_responsible_team_fk' })
  responsibleTeam?: Team;

  /** The company's id in other systems, by the system's name. */
  @Column('jsonb')
  externalIds: Record<string, string>;

  @Column('text', { array: true })
  emailDomains: string[];

  /** What the directory searches for everyone: names, tax number, site. */
  @Column('text')
  searchName: string;

  /** The same with phones and e-mail addresses, for those who may see them. */
  @Column('text')
  searchText: string;

  /** `inn:…`, `phone:…`, `domain:…`: two companies that share one are suspected to be the same. */
  @Column('text', { array: true })
  dedupeKeys: string[];

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
