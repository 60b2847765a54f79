import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CalendarDefinition, HolidayKind, Interval, Weekday } from './work-day';

/** When somebody works: the hours of a week, exceptions, a time zone. */
@Entity('work_calendar')
@Index('work_calendar_code_idx', ['code'], { unique: true })
@Index('work_calendar_name_idx', { synchronize: false })
export class WorkCalendarRow {
  @Id()
  id: string;

  @Column('text')
  code: string;

  @Column('text')
  name: string;

  @Column('text')
  timeZone: string;

  @Column('jsonb')
  week: Partial<Record<Weekday, Interval[]>>;

  @Column('jsonb')
  yearly: Record<string, Interval[]>;

  @Column('jsonb')
  dated: Record<string, Interval[]>;

  /** The country whose production calendar is followed. */
  @Column('text', { nullable: true })
  holidays: string | null;

  @Column('int')
  version: number;

  @Timestamp({ nullable: true })
  archivedAt: Date | null;

  @Timestamp()
  createdAt: Date;

  @Timestamp()
  updatedAt: Date;
}

/** What a calendar said at a version, with the production calendar of that time: never changed, so that the past stays countable. */
@Entity('work_calendar_version')
export class WorkCalendarVersion {
  @PrimaryColumn('uuid')
  calendarId: string;

  @PrimaryColumn('int')
  version: number;

  @Column('jsonb')
  definition: CalendarDefinition;

  @Column('jsonb')
  holidayDays: HolidayDay[];

  @Timestamp()
  createdAt: Date;
}

export type HolidayDay = { date: string; kind: HolidayKind };

/** A year of a country's production calendar. */
@Entity('holiday_year')
export class HolidayYear {
  @PrimaryColumn('text')
  country: string;

  @PrimaryColumn('int')
  year: number;

  @Column('jsonb')
  days: HolidayDay[];

  @Timestamp()
  updatedAt: Date;
}

/** The hours of a service object; its parts keep them too, unless they have their own. */
@Entity('object_calendar')
@Index('object_calendar_calendar_idx', ['calendarId'])
export class ObjectCalendar {
  @PrimaryColumn('uuid')
  objectId: string;

  @Column('uuid')
  calendarId: string;

  @Timestamp()
  updatedAt: Date;
}
