import { Optional } from '@opora/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { NOTIFICATION_KINDS, type NotificationKind, type Wish, WISHES } from './notification.entity';

const DIGESTS = ['hourly', 'daily'] as const;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const END = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const WAYS = ['now', 'at', 'digest', 'off'] as const;

export class QuietPeriodView {
  /** Weekdays on which it begins: 1 is Monday. */
  @ApiProperty({ type: [Number], example: [1, 2, 3, 4, 5] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(7)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  days: number[];
  @ApiProperty({ example: '20:00' })
  @Matches(TIME)
  from: string;
  /** Not after the beginning: on the next day. */
  @ApiProperty({ example: '08:00' })
  @Matches(END)
  to: string;
}

export class NotificationWish {
  @ApiProperty({ enum: NOTIFICATION_KINDS })
  @IsIn(NOTIFICATION_KINDS)
  kind: NotificationKind;
  @ApiProperty({ enum: WISHES })
  @IsIn(WISHES)
  app: Wish;
  @ApiProperty({ enum: WISHES })
  @IsIn(WISHES)
  mail: Wish;
}

export class NotificationSettingView extends NotificationWish {
  /** The organisation has fixed it. */
  appLocked: boolean;
  mailLocked: boolean;
  /** May break through quiet hours. */
  isUrgent: boolean;
}

export class NotificationSettingsView {
  settings: NotificationSettingView[];
  @ApiProperty({ enum: DIGESTS })
  digest: 'hourly' | 'daily';
  /** `HH:MM` of the daily digest on my clock. */
  digestAt: string;
  quietHours: QuietPeriodView[];
  /** What is urgent is mailed in quiet hours too. */
  urgentBreaksThrough: boolean;
  /** My clock. */
  timeZone: string;
}

/** What is left out stays as it is. */
export class SaveNotificationSettings {
  @Optional()
  @IsArray()
  @ArrayMaxSize(40)
  @ArrayUnique((setting: NotificationWish) => setting?.kind)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => NotificationWish)
  settings?: NotificationWish[];
  @ApiPropertyOptional({ enum: DIGESTS })
  @Optional()
  @IsIn(DIGESTS)
  digest?: 'hourly' | 'daily';
  @Optional()
  @Matches(TIME)
  digestAt?: string;
  @Optional()
  @IsArray()
  @ArrayMaxSize(14)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => QuietPeriodView)
  quietHours?: QuietPeriodView[];
  @Optional()
  @IsBoolean()
  urgentBreaksThrough?: boolean;
}

export class NotificationPreviewRow {
  @ApiProperty({ enum: NOTIFICATION_KINDS })
  kind: NotificationKind;
  /** `now`, `at` the end of quiet hours, with the `digest`, or `off`. */
  @ApiProperty({ enum: WAYS })
  app: (typeof WAYS)[number];
  appAt: string | null;
  @ApiProperty({ enum: WAYS })
  mail: (typeof WAYS)[number];
  mailAt: string | null;
}

export class NotificationPreviewView {
  at: string;
  /** Quiet hours hold now. */
  isQuiet: boolean;
  quietUntil: string | null;
  rows: NotificationPreviewRow[];
}

export class NotificationDefaultInput extends NotificationWish {
  /** Nobody may choose otherwise. */
  @IsBoolean()
  appLocked: boolean;
  @IsBoolean()
  mailLocked: boolean;
}

export class NotificationDefaultView extends NotificationDefaultInput {
  isUrgent: boolean;
  /** The mail is written by another part of the product and always goes. */
  hasOwnMail: boolean;
}

export class NotificationDefaultsView {
  defaults: NotificationDefaultView[];
  /** Whoever stands in for an absent responsible hears what he would. */
  tellsSubstitutes: boolean;
}

/** What is left out stays as it is. */
export class SaveNotificationDefaults {
  @Optional()
  @IsArray()
  @ArrayMaxSize(40)
  @ArrayUnique((row: NotificationDefaultInput) => row?.kind)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => NotificationDefaultInput)
  defaults?: NotificationDefaultInput[];
  @Optional()
  @IsBoolean()
  tellsSubstitutes?: boolean;
}

export class TicketMuteView {
  isMuted: boolean;
}
