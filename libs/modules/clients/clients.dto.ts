import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { OneLine } from './plain-text';
import { PageQuery } from '@opora/platform/http';
import { applyDecorators } from '@nestjs/common';
import type { FieldDisplay } from '@opora/modules/fields';
import { Optional } from '@opora/platform/http';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Transform, Type } from 'class-transformer';

export const ARCHIVE_STATES = ['active', 'archived', 'all'] as const;
export type ArchiveState = (typeof ARCHIVE_STATES)[number];

/** Query of the directories: text, whether the archive is shown, a page. */
export class DirectoryQuery extends PageQuery {
  /** Words of the name; whoever may see phones and addresses finds by them too. */
  @IsOptional()
  @OneLine()
  @IsString()
  @MaxLength(200)
  q?: string;

  @IsOptional()
  @IsIn(ARCHIVE_STATES)
  state?: ArchiveState;

  /**
   * By custom fields, `<code>:<value>`; repeated ones must all hold. A value, several by comma for choices and references, part of a text
   * (`=` for the whole), `>=10` and the like for numbers, money, dates; `none` and `any`.
   */
  @ApiProperty({ required: false, type: [String], example: ['region:north', 'cost:>=1000'] })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value))
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  cf?: string[];
}

/** Values of custom fields by code; null clears one, what is left out stays. */
export const CustomFieldsInput = () =>
  applyDecorators(
    ApiProperty({
      selfRequired: false,
      type: 'object',
      additionalProperties: true,
      description: 'Values of custom fields by code; null clears one, what is left out stays.',
      example: { region: 'north' },
    }),
    Optional(),
    IsObject(),
  );

/** The value of a custom field as a person reads it. */
export class CustomFieldTextView implements FieldDisplay {
  text: string;
  /** Of a file; lives five minutes. */
  url?: string;
}

/** Custom fields in a view. */
@ApiExtraModels(CustomFieldTextView)
export class WithCustomFields {
  /** Values by code. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  customFields: Record<string, unknown>;
  /** The same as a person reads them: names of options and of what is referred to. */
  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(CustomFieldTextView) } })
  customFieldTexts: Record<string, CustomFieldTextView>;
}

/** Query of a picker: what was typed so far. */
export class PickerQuery {
  @IsOptional()
  @OneLine()
  @IsString()
  @MaxLength(200)
  q?: string;

  @IsOptional()
  @IsUUID()
  companyId?: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit: number = 20;
}

/** Something with a name. */
export class NameRef {
  id: string;
  name: string;
}

/** The default responsible person and team. */
export class ResponsibleView {
  employee: NameRef | null;
  team: NameRef | null;
}

export class ClientCan {
  /** The asker may change the record. */
  manage: boolean;
}
