import type { StoredValues } from '@opora/modules/fields';
import { Employee, Team } from '@opora/modules/people';
import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';
import { Company } from './company.entity';

export const OBJECT_KINDS = ['directorate', 'site', 'shop', 'building', 'room', 'vehicle', 'other'] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** The deepest level of the tree, the root being the first. */
export const MAX_OBJECT_DEPTH = 12;

/** A place or thing we serve: a node of the company's tree. */
@Entity('service_object')
@Index('service_object_custom_fields_idx', { synchronize: false })
@Index('service_object_company_idx', { synchronize: false })
@Index('service_object_name_idx', { synchronize: false })
@Index('service_object_path_idx', { synchronize: false })
@Index('service_object_search_idx', { synchronize: false })
@Index('service_object_parent_idx', ['parentId'])
@Index('service_object_responsible_employee_idx', ['responsibleEmployeeId'])
@Index('service_object_responsible_team_idx', ['responsibleTeamId'])
export class ServiceObject {
  @Id()
  id: string;

  @Column('uuid')
  companyId: string;

  @ManyToOne(() => Company)
  @JoinColumn({ name: 'companyId', foreignKeyConstraintName: 'service_object_company_fk' })
  company?: Company;

  @Column('uuid', { nullable: true })
  parentId: string | null;

  @ManyToOne(() => ServiceObject, { nullable: true })
  @JoinColumn({ name: 'parentId', foreignKeyConstraintName: 'service_object_parent_fk' })
  parent?: ServiceObject;

  /** Ids from the root down to the object itself. */
  @Column('uuid', { array: true })
  path: string[];

  @Column('text')
  name: string;

  @Column('text')
  kind: ObjectKind;

  @Column('text', { nullable: true })
  address: string | null;

  @Column('double precision', { nullable: true })
  latitude: number | null;

  @Column('double precision', { nullable: true })
  longitude: number | null;

  @Column('text', { nullable: true })
  timeZone: string | null;

  @Column('uuid', { nullable: true })
  responsibleEmployeeId: string | null;

  @ManyToOne(() => Employee, { nullable: true })
  @JoinColumn({ name: 'responsibleEmployeeId', foreignKeyConstraintName: 'service_object_responsible_employee_fk' })
  responsibleEmployee?: Employee;

  @Column('uuid', { nullable: true })
  responsibleTeamId: string | null;

  @ManyToOne(() => Team, { nullable: true })
  @JoinColumn({ name: 'responsibleTeamId', foreignKeyConstraintName: 'service_object_responsible_team_fk' })
  responsibleTeam?: Team;

  @Column('text', { nullable: true })
  comment: string | null;

  @Column('jsonb')
  externalIds: Record<string, string>;

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
