import { Nested } from '@opora/modules/fields';
import { Optional } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsObject, IsUUID, ValidateNested } from 'class-validator';
import { ApprovalNameView } from './approval-route-views.dto';
import { ApprovalNameInput } from './route-definition.dto';
import { ApprovalDay, ApprovalMoneyRequired } from './approval-text';
import { ApprovalPersonView } from './approval-refs.dto';
import { CURRENCIES, type Currency } from './route-choice';

export class CreateApprovalItem {
  @Nested(ApprovalNameInput)
  name: ApprovalNameInput;
}

export class UpdateApprovalItem {
  @Optional()
  @Nested(ApprovalNameInput)
  name?: ApprovalNameInput;
  /** Out of use: what names it already keeps it. */
  @Optional()
  @IsBoolean()
  isActive?: boolean;
}

export class CreateApprovalRole extends CreateApprovalItem {
  /** Who holds it, the first to be asked first. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  holderIds?: string[];
}

export class UpdateApprovalRole extends UpdateApprovalItem {
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  holderIds?: string[];
}

export class ApprovalItemView {
  id: string;
  /** Of what was shipped. */
  @ApiProperty({ type: String, nullable: true })
  code: string | null;
  name: ApprovalNameView;
  label: string;
  isActive: boolean;
}

export class ApprovalRoleView extends ApprovalItemView {
  holders: ApprovalPersonView[];
}

export class IndexValueInput {
  /** The first day on which it holds. */
  @ApiProperty({ example: '2026-01-01' })
  @ApprovalDay()
  from: string;
  @ApiProperty({ example: '4325.00' })
  @ApprovalMoneyRequired()
  value: string;
}

export class CreateApprovalIndex {
  @Nested(ApprovalNameInput)
  name: ApprovalNameInput;
  @ApiProperty({ enum: CURRENCIES })
  @IsIn(CURRENCIES)
  currency: Currency;
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique(({ from }: IndexValueInput) => from)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => IndexValueInput)
  values: IndexValueInput[];
}

export class UpdateApprovalIndex {
  @Optional()
  @Nested(ApprovalNameInput)
  name?: ApprovalNameInput;
  /** Replaces all. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique(({ from }: IndexValueInput) => from)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => IndexValueInput)
  values?: IndexValueInput[];
}

export class IndexValueView {
  from: string;
  value: string;
}

export class ApprovalIndexView {
  id: string;
  @ApiProperty({ type: String, nullable: true })
  code: string | null;
  name: ApprovalNameView;
  label: string;
  @ApiProperty({ enum: CURRENCIES })
  currency: Currency;
  values: IndexValueView[];
}

export class UpdateApprovalSettings {
  @ApiProperty({ enum: CURRENCIES })
  @IsIn(CURRENCIES)
  currency: Currency;
}

export class ApprovalSettingsView {
  /** Of requests that name none. */
  @ApiProperty({ enum: CURRENCIES })
  currency: Currency;
}
