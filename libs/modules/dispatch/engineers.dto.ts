import { Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsLatitude,
  IsLongitude,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { SkillLevelInput, SkillLevelView } from './skills.dto';
import { DispatchPersonRef } from './zones.dto';

export class ListEngineers extends PageQuery {
  @IsOptional()
  @IsUUID()
  teamId?: string;

  /** Words of the name. */
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  q?: string;
}

export class BasePointInput {
  @IsNumber()
  @IsLatitude()
  latitude: number;

  @IsNumber()
  @IsLongitude()
  longitude: number;

  /** In words, for people. */
  @Optional()
  @Trimmed()
  @IsString()
  @Length(0, 300)
  address?: string;
}

/** Only what is given is changed. */
export class UpdateEngineer {
  @ApiProperty({ type: [SkillLevelInput], required: false })
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SkillLevelInput)
  skills?: SkillLevelInput[];

  /** Zones the person serves. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  zoneIds?: string[];

  /** From where the day begins; null forgets it. */
  @ApiProperty({ type: BasePointInput, required: false, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BasePointInput)
  base?: BasePointInput | null;

  /** Working calendar of the person; null takes the one of the settings. */
  @ApiProperty({ required: false, nullable: true, type: String })
  @IsOptional()
  @IsUUID()
  calendarId?: string | null;
}

export class BasePointView {
  latitude: number;
  longitude: number;
  address: string | null;
}

export class EngineerView {
  id: string;
  name: string;
  @ApiProperty({ type: [DispatchPersonRef] })
  teams: DispatchPersonRef[];
  @ApiProperty({ type: [SkillLevelView] })
  skills: SkillLevelView[];
  zoneIds: string[];
  @ApiProperty({ type: BasePointView, nullable: true })
  base: BasePointView | null;
  calendarId: string | null;
  /** The asker may change it. */
  isManaged: boolean;
}

export class UpdateDispatchSettings {
  /** How much longer roads are than the straight line. */
  @Optional()
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(1)
  @Max(5)
  roadFactor?: number;

  @Optional()
  @IsInt()
  @Min(1)
  @Max(200)
  speedKmh?: number;

  /** Hours of people without their own; null is Monday to Friday from nine o'clock. */
  @ApiProperty({ required: false, nullable: true, type: String })
  @IsOptional()
  @IsUUID()
  calendarId?: string | null;

  /** Length of a day without a calendar. */
  @Optional()
  @IsInt()
  @Min(3600)
  @Max(54_000)
  daySeconds?: number;

  /** How long a visit is taken to last when its ticket does not say. */
  @Optional()
  @IsInt()
  @Min(300)
  @Max(86_400)
  visitSeconds?: number;
}

export class DispatchSettingsView {
  roadFactor: number;
  speedKmh: number;
  calendarId: string | null;
  daySeconds: number;
  visitSeconds: number;
  version: number;
}
