import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';

export const ROLE_SCOPES = ['all', 'teams', 'own', 'categories'] as const;
export type RoleScope = (typeof ROLE_SCOPES)[number];

export type LocalText = { ru: string; en: string };

/** A set of permissions with the rows they reach. */
@Entity('role')
@Index('role_code_key', ['code'], { unique: true })
export class Role {
  @Id()
  id: string;

  /** Set for presets only; their permissions live in preset-roles.ts. */
  @Column('text', { nullable: true })
  code: string | null;

  @Column('jsonb')
  name: LocalText;

  @Column('text', { array: true })
  permissions: string[];

  @Column('text')
  scope: RoleScope;

  /** Client categories the role reaches when its scope is `categories`. */
  @Column('uuid', { array: true })
  categoryIds: string[];

  @Column('boolean')
  isPreset: boolean;

  @Timestamp()
  createdAt: Date;
}
