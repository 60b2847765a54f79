import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';
import type { FormulaType } from './formula';

/** What may have fields of its own. */
export const FIELD_SUBJECTS = ['ticket', 'company', 'contact', 'object'] as const;
export type FieldSubject = (typeof FIELD_SUBJECTS)[number];

export const CUSTOM_FIELD_TYPES = [
  'text',
  'number',
  'money',
  'date',
  'datetime',
  'checkbox',
  'select',
  'multiselect',
  'reference',
  'file',
  'formula',
] as const;
export type CustomFieldType = (typeof CUSTOM_FIELD_TYPES)[number];

/** What a reference may lead to. */
export const REFERENCE_KINDS = ['company', 'contact', 'object', 'employee', 'ticket'] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

export type LocalText = { ru: string; en: string };
export type FieldOption = { value: string; label: LocalText; isArchived: boolean };

/** Limits and meaning of a field; which of them a type knows is in custom-field-config.ts. */
export type FieldConfig = {
  isMultiline?: boolean;
  maxLength?: number;
  pattern?: string;
  min?: number | string;
  max?: number | string;
  decimals?: number;
  reference?: ReferenceKind;
  formula?: string;
  /** What the formula gives; found out when it is read. */
  result?: FormulaType;
};

/** A field that an installation added to tickets, companies, contacts or service objects. */
@Entity('custom_field')
@Index('custom_field_code_key', ['subject', 'code'], { unique: true })
export class CustomField {
  @Id() id: string;
  @Column('text') subject: FieldSubject;
  @Column('text') code: string;
  @Column('jsonb') name: LocalText;
  @Column('jsonb', { nullable: true }) hint: LocalText | null;
  @Column('text') type: CustomFieldType;
  @Column('jsonb', { default: [] }) options: FieldOption[];
  @Column('jsonb', { default: {} }) config: FieldConfig;
  @Column('boolean', { default: false }) isClientVisible: boolean;
  @Column('boolean', { default: false }) isClientEditable: boolean;
  @Column('int') position: number;
  @Timestamp({ nullable: true }) archivedAt: Date | null;
  @Column('int', { default: 1 }) version: number;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
}

/** One row that changes with every change of a field or a rule: what processes keep in memory is known by it. */
@Entity('field_revision')
export class FieldRevision {
  @Column('int', { primary: true }) id: number;
  @Column('uuid') revision: string;
}
