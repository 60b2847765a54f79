import { ApiProperty } from '@nestjs/swagger';
import type { Ctx } from '@opora/platform/context';
import { Flag, Optional } from '@opora/platform/http';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsUUID,
  Matches,
  NotEquals,
} from 'class-validator';
import {
  CUSTOM_FIELD_TYPES,
  type CustomField,
  type CustomFieldType,
  FIELD_SUBJECTS,
  type FieldConfig,
  type FieldOption,
  type FieldSubject,
  REFERENCE_KINDS,
  type ReferenceKind,
} from './custom-field.entity';
import { FieldHintInput, FieldNameInput, Nested } from './fields-text';
import { FORMULA_TYPES, type FormulaType } from './formula';

/** A text in both languages. */
export class FieldTextView {
  ru: string;
  en: string;
}

/** A choice of a select or multiselect field. */
export class FieldOptionView {
  /** Stable; what values hold. */
  value: string;
  label: FieldTextView;
  /** Kept by the rows that have it, offered to nobody. */
  isArchived: boolean;
}

/** Limits and meaning; which of them a type knows: text `isMultiline maxLength pattern`, number `min max decimals`, money `min max`, date `min max`, reference `reference`, formula `formula decimals`. */
export class FieldConfigView {
  isMultiline?: boolean;
  maxLength?: number;
  /** A regular expression for the whole text. */
  pattern?: string;
  @ApiProperty({ required: false, oneOf: [{ type: 'number' }, { type: 'string' }] })
  min?: number | string;
  @ApiProperty({ required: false, oneOf: [{ type: 'number' }, { type: 'string' }] })
  max?: number | string;
  decimals?: number;
  @ApiProperty({ required: false, enum: REFERENCE_KINDS })
  reference?: ReferenceKind;
  /** Numbers, texts in quotes, codes of other fields, + - * / ( ), comparisons, if, and, or, not, empty, round, min, max, concat, days_between. */
  formula?: string;
  /** What the formula gives; told by the server. */
  @ApiProperty({ required: false, enum: FORMULA_TYPES })
  result?: FormulaType;
}

export class FieldSettings {
  @Optional()
  @IsArray()
  @ApiProperty({
    required: false,
    type: [FieldOptionView],
    description: 'Choices of select and multiselect, 1 to 500.',
  })
  options?: FieldOption[];

  @Optional()
  @IsObject()
  @ApiProperty({ required: false, type: FieldConfigView })
  config?: FieldConfig;

  /** Shown to clients on the portal. */
  @Optional()
  @IsBoolean()
  isClientVisible?: boolean;

  /** Clients fill it in themselves. */
  @Optional()
  @IsBoolean()
  isClientEditable?: boolean;

  /** A sentence under the field. */
  @IsOptional()
  @Nested(FieldHintInput)
  hint?: FieldHintInput | null;
}

export class CreateCustomField extends FieldSettings {
  @IsIn(FIELD_SUBJECTS)
  subject: FieldSubject;

  /** Stable name in the API: small Latin letters, digits, underscore. */
  @ApiProperty({ example: 'serial_number' })
  @Matches(/^[a-z][a-z0-9_]{0,39}$/)
  @NotEquals('constructor')
  @NotEquals('prototype')
  @NotEquals('true')
  @NotEquals('false')
  code: string;

  @Nested(FieldNameInput)
  name: FieldNameInput;

  @IsIn(CUSTOM_FIELD_TYPES)
  type: CustomFieldType;
}

export class UpdateCustomField extends FieldSettings {
  @Optional()
  @Nested(FieldNameInput)
  name?: FieldNameInput;

  /** Only while no row has a value. */
  @Optional()
  @IsIn(CUSTOM_FIELD_TYPES)
  type?: CustomFieldType;
}

export class ListCustomFields {
  @IsOptional()
  @IsIn(FIELD_SUBJECTS)
  subject?: FieldSubject;

  /** True: those in the archive; otherwise those in use. */
  @IsOptional()
  @Flag()
  @IsBoolean()
  archived?: boolean;
}

export class PortalCustomFieldsQuery {
  @IsIn(FIELD_SUBJECTS)
  subject: FieldSubject;
}

export class OrderCustomFields {
  @IsIn(FIELD_SUBJECTS)
  subject: FieldSubject;

  /** Every field in use, in the order wanted. */
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids: string[];
}

export class CustomFieldView {
  id: string;
  @ApiProperty({ enum: FIELD_SUBJECTS })
  subject: FieldSubject;
  code: string;
  /** The name in the request's language. */
  label: string;
  name: FieldTextView;
  hint: FieldTextView | null;
  @ApiProperty({ enum: CUSTOM_FIELD_TYPES })
  type: CustomFieldType;
  options: FieldOptionView[];
  config: FieldConfigView;
  isClientVisible: boolean;
  isClientEditable: boolean;
  position: number;
  archivedAt: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export class PortalFieldOptionView {
  value: string;
  label: string;
}

/** A custom field as a client's form needs it, in his language. */
export class PortalCustomFieldView {
  code: string;
  label: string;
  hint: string | null;
  @ApiProperty({ enum: CUSTOM_FIELD_TYPES })
  type: CustomFieldType;
  /** What may be chosen. A value of older days is told in words by the row that has it. */
  options: PortalFieldOptionView[];
  config: FieldConfigView;
  isEditable: boolean;
}

export const toCustomFieldView = (ctx: Ctx, field: CustomField): CustomFieldView => ({
  id: field.id,
  subject: field.subject,
  code: field.code,
  label: field.name[ctx.locale],
  name: field.name,
  hint: field.hint,
  type: field.type,
  options: field.options,
  config: field.config,
  isClientVisible: field.isClientVisible,
  isClientEditable: field.isClientEditable,
  position: field.position,
  archivedAt: field.archivedAt?.toISOString() ?? null,
  version: field.version,
  createdAt: field.createdAt.toISOString(),
  updatedAt: field.updatedAt.toISOString(),
});

export function toPortalCustomFieldView(ctx: Ctx, field: CustomField): PortalCustomFieldView {
  const { formula: _, ...config } = field.config;
  return {
    code: field.code,
    label: field.name[ctx.locale],
    hint: field.hint?.[ctx.locale] ?? null,
    type: field.type,
    options: field.options
      .filter(({ isArchived }) => !isArchived)
      .map(({ value, label }) => ({ value, label: label[ctx.locale] })),
    config,
    isEditable: field.isClientEditable && field.type !== 'formula',
  };
}
