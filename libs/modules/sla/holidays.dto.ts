import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsString, Matches, MaxLength, ValidateNested, IsObject } from 'class-validator';
import { HOLIDAY_KINDS, type HolidayKind } from './work-day';

export class HolidayDayInput {
  @ApiProperty({ example: '2027-01-01' })
  @IsString()
  @MaxLength(10)
  date: string;

  /** `off`: day off; `short`: an hour less; `working`: a Saturday or Sunday that is worked. */
  @ApiProperty({ enum: HOLIDAY_KINDS, example: 'off' })
  @IsIn(HOLIDAY_KINDS)
  kind: HolidayKind;
}

export class PutHolidays {
  /** Ordinary Saturdays and Sundays are not listed. */
  @ApiProperty({ type: [HolidayDayInput], example: [{ date: '2027-01-01', kind: 'off' }] })
  @IsArray()
  @ArrayMaxSize(366)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => HolidayDayInput)
  days: HolidayDayInput[];
}

export class HolidayYearParams {
  @Matches(/^[a-z]{2}$/)
  country: string;

  @Matches(/^(19|20|21)\d\d$/)
  year: string;
}

export class HolidayYearView {
  country: string;
  year: number;
  days: HolidayDayInput[];
  updatedAt: string;
}
