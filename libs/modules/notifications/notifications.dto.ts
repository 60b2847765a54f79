import { Flag, PageQuery } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsObject,
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  ValidateNested,
} from 'class-validator';
import { type Notification, NOTIFICATION_KINDS, type NotificationKind } from './notification.entity';

export class ListNotifications extends PageQuery {
  /** Only those not read yet. */
  @IsOptional()
  @Flag()
  @IsBoolean()
  unread?: boolean;
}

export class NotificationTicketView {
  id: string;
  number: number;
  subject: string;
}

export class NotificationView {
  id: string;
  @ApiProperty({ enum: NOTIFICATION_KINDS })
  kind: NotificationKind;
  /** The line to show, in the request's language. */
  text: string;
  ticket: NotificationTicketView;
  commentId: string | null;
  actorName: string;
  /** Why you are told, in the request's language. */
  reason: string;
  createdAt: string;
  readAt: string | null;
}

export class NotificationCountView {
  unread: number;
}

export class NotificationSettingView {
  @ApiProperty({ enum: NOTIFICATION_KINDS })
  @IsIn(NOTIFICATION_KINDS)
  kind: NotificationKind;
  @IsBoolean()
  app: boolean;
  @IsBoolean()
  mail: boolean;
}

export class NotificationSettingsView {
  settings: NotificationSettingView[];
}

export class SaveNotificationSettings {
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique((setting: NotificationSettingView) => setting?.kind)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => NotificationSettingView)
  settings: NotificationSettingView[];
}

export type NotificationRow = Notification & { ticketNumber: number; ticketSubject: string };
