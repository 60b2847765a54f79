import { OneLine, Nested } from '@opora/modules/fields';
import { Optional, Trimmed } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsTimeZone, IsUUID, Matches, MaxLength } from 'class-validator';
import { ApprovalDay, ApprovalMoney } from './approval-text';
import { ApprovalLinkRef, ApprovalPersonView } from './approval-refs.dto';
import { CURRENCIES, type Currency } from './route-choice';

export class ScheduledRequestInput {
  @IsOptional()
  @IsUUID()
  kindId?: string | null;
  @IsOptional()
  @IsUUID()
  routeId?: string | null;
  /** `{month}` and `{year}` become those of the day. */
  @ApiProperty({ example: 'Счета за {month} {year}' })
  @OneLine(1, 300)
  title: string;
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(10_000)
  text?: string;
  @ApiProperty({ required: false, nullable: true, type: String })
  @ApprovalMoney()
  amount?: string | null;
  @ApiProperty({ required: false, enum: CURRENCIES })
  @Optional()
  @IsIn(CURRENCIES)
  currency?: Currency;
  @IsOptional()
  @IsUUID()
  basedOnId?: string | null;
}

const Time = () => Matches(/^([01]\d|2[0-3]):[0-5]\d$/);

export class CreateApprovalSchedule {
  @OneLine(1, 200)
  name: string;
  @Optional()
  @IsBoolean()
  isActive?: boolean;
  /** RFC 5545 without DTSTART. */
  @ApiProperty({ example: 'FREQ=MONTHLY;BYMONTHDAY=5' })
  @Trimmed()
  @IsString()
  @MaxLength(500)
  rrule: string;
  @ApiProperty({ example: '2026-12-01' })
  @ApprovalDay()
  startsOn: string;
  @ApiProperty({ example: '09:00' })
  @Time()
  time: string;
  @ApiProperty({ required: false, example: 'Asia/Almaty' })
  @Optional()
  @IsTimeZone()
  timeZone?: string;
  /** In whose name it begins. */
  @IsUUID()
  initiatorId: string;
  @Nested(ScheduledRequestInput)
  request: ScheduledRequestInput;
}

export class UpdateApprovalSchedule {
  @Optional()
  @OneLine(1, 200)
  name?: string;
  @Optional()
  @IsBoolean()
  isActive?: boolean;
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  rrule?: string;
  @Optional()
  @ApprovalDay()
  startsOn?: string;
  @Optional()
  @Time()
  time?: string;
  @Optional()
  @IsTimeZone()
  timeZone?: string;
  @Optional()
  @IsUUID()
  initiatorId?: string;
  @Optional()
  @Nested(ScheduledRequestInput)
  request?: ScheduledRequestInput;
}

export class ScheduledRequestView {
  @ApiProperty({ type: String, nullable: true })
  kindId: string | null;
  @ApiProperty({ type: String, nullable: true })
  routeId: string | null;
  title: string;
  text: string;
  @ApiProperty({ type: String, nullable: true })
  amount: string | null;
  @ApiProperty({ enum: CURRENCIES })
  currency: Currency;
  @ApiProperty({ type: String, nullable: true })
  basedOnId: string | null;
}

export class ApprovalScheduleView {
  id: string;
  name: string;
  isActive: boolean;
  rrule: string;
  startsOn: string;
  time: string;
  timeZone: string;
  initiator: ApprovalPersonView;
  request: ScheduledRequestView;
  /** Null: there is no next time. */
  @ApiProperty({ type: String, nullable: true })
  nextAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  lastAt: string | null;
  @ApiProperty({ type: ApprovalLinkRef, nullable: true })
  lastApproval: ApprovalLinkRef | null;
  /** Why the last one could not begin, in words. */
  @ApiProperty({ type: String, nullable: true })
  lastProblem: string | null;
  version: number;
}
