import { Nested } from '@opora/modules/fields';
import { Flag, Optional, PageQuery } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsOptional, IsUUID } from 'class-validator';
import { ApprovalDay, ApprovalMoney, ApprovalMoneyRequired, OPTIONAL_UUID, Given } from './approval-text';
import { CURRENCIES, type Currency } from './route-choice';
import { ApprovalNameInput, RouteDefinitionInput } from './route-definition.dto';

export class ThresholdInput {
  /** So many indexes, or an amount. */
  @ApiProperty({ example: '100' })
  @ApprovalMoneyRequired()
  value: string;
  @ApiProperty({ enum: ['index', 'money'] })
  @IsIn(['index', 'money'])
  in: 'index' | 'money';
  @ApiProperty(OPTIONAL_UUID)
  @IsOptional()
  @IsUUID()
  indexId?: string | null;
}

export class ApprovalRouteFields {
  @Optional()
  @IsBoolean()
  isActive?: boolean;
  /** Chosen for amounts above this; null: no lower limit. */
  @ApiProperty({ type: ThresholdInput, required: false, nullable: true })
  @Given()
  @Nested(ThresholdInput)
  over?: ThresholdInput | null;
  /** … and up to this, inclusive. */
  @ApiProperty({ type: ThresholdInput, required: false, nullable: true })
  @Given()
  @Nested(ThresholdInput)
  upTo?: ThresholdInput | null;
}

export class CreateApprovalRoute extends ApprovalRouteFields {
  @Nested(ApprovalNameInput)
  name: ApprovalNameInput;
  @IsUUID()
  kindId: string;
  @Nested(RouteDefinitionInput)
  definition: RouteDefinitionInput;
}

export class UpdateApprovalRoute extends ApprovalRouteFields {
  @Optional()
  @Nested(ApprovalNameInput)
  name?: ApprovalNameInput;
  @Optional()
  @IsUUID()
  kindId?: string;
  @Optional()
  @Nested(RouteDefinitionInput)
  definition?: RouteDefinitionInput;
}

export class ListApprovalRoutes extends PageQuery {
  @Optional()
  @IsUUID()
  kindId?: string;
  /** Those out of use instead. */
  @ApiProperty({ required: false })
  @Optional()
  @Flag()
  @IsBoolean()
  archived?: boolean;
}

export class OrderApprovalRoutes {
  /** All routes in use, in their new order. */
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids: string[];
}

export class ChooseApprovalRoute {
  @IsUUID()
  kindId: string;
  @ApiProperty({ required: false, nullable: true, type: String, example: '432500.00' })
  @ApprovalMoney()
  amount?: string | null;
  @ApiProperty({ required: false, enum: CURRENCIES })
  @Optional()
  @IsIn(CURRENCIES)
  currency?: Currency;
  @ApiProperty({ required: false, example: '2026-11-22' })
  @Optional()
  @ApprovalDay()
  date?: string;
}
