import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';

export class SetObjectCalendar {
  @IsUUID()
  calendarId: string;
}

export class ObjectCalendarView {
  objectId: string;
  /** Null: the object has no hours of its own and inherits none, so it is open whenever the provider works. */
  @ApiProperty({ type: String, nullable: true })
  calendarId: string | null;
  @ApiProperty({ type: String, nullable: true })
  calendarName: string | null;
  /** The object above from which the hours are inherited. */
  @ApiProperty({ type: String, nullable: true })
  inheritedFromId: string | null;
}
