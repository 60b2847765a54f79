import { Optional } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min, ValidateIf } from 'class-validator';
import { IsDay } from './time-entries.dto';
import type { TimeSettings } from './time-settings.entity';

export class UpdateTimeSettings {
  /** Hours after writing during which an author may change his entry; null means always. */
  @ApiProperty({ required: false, nullable: true, type: Number, example: 72 })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsInt()
  @Min(0)
  @Max(8760)
  editWindowHours?: number | null;

  /** Days up to and including this one are closed, today at the latest; null opens all. */
  @ApiProperty({ required: false, nullable: true, type: String, example: '2026-10-31' })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsDay()
  lockedUntil?: string | null;

  /** A timer counts up to whole steps of so many minutes. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(60)
  timerStepMinutes?: number;
}

export class TimeSettingsView {
  editWindowHours: number | null;
  lockedUntil: string | null;
  timerStepMinutes: number;
  version: number;
  updatedAt: string;
}

export const toTimeSettingsView = (settings: TimeSettings): TimeSettingsView => ({
  editWindowHours: settings.editWindowHours,
  lockedUntil: settings.lockedUntil,
  timerStepMinutes: settings.timerStepMinutes,
  version: settings.version,
  updatedAt: settings.updatedAt.toISOString(),
});
