import { IsMoment, Optional, PageQuery, Trimmed } from '@opora/platform/http';
import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import { ApiProperty, type ApiPropertyOptions, IntersectionType, OmitType } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, MaxLength, registerDecorator, ValidateIf } from 'class-validator';
import { formatSpent, MOST_SECONDS } from './spent-time';
import { TIME_SOURCES, type TimeSource } from './time-entry.entity';
import { isDay } from './time-rules';
import type { TotalsRow } from './time-entries.query';

/** A day: `2026-11-22`. */
export const IsDay = () => (target: object, propertyName: string) =>
  registerDecorator({ name: 'isDay', target: target.constructor, propertyName, validator: { validate: isDay } });

/** A text such as `2:30`, or whole seconds; the meaning is judged by `parseSpent`. */
const IsSpent = () => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isSpent',
    target: target.constructor,
    propertyName,
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' ? value.length <= 200 : Number.isInteger(value) && (value as number) <= MOST_SECONDS,
    },
  });

const SPENT = {
  required: false,
  example: '2 ч. 30 мин.',
  oneOf: [{ type: 'string' }, { type: 'integer', minimum: 1, maximum: MOST_SECONDS }],
} satisfies ApiPropertyOptions;

export class TimeEntryFields {
  /** How long: `2 ч. 30 мин.`, `2:30`, `2,5 часа`, `2.5h`, `30м`, or whole seconds. */
  @ApiProperty(SPENT)
  @Optional()
  @IsSpent()
  spent?: string | number;

  /** The day of work in the organisation's time zone; today without it. */
  @ApiProperty({ required: false, example: '2026-11-22' })
  @Optional()
  @IsDay()
  workedOn?: string;

  /** When the work began, if it is known; overlaps are told from it. */
  @ApiProperty({ required: false, nullable: true, type: String, example: '2026-11-22T09:00:00Z' })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsMoment()
  startedAt?: string | null;

  @ApiProperty({ required: false, maxLength: 2000, example: 'Заменил блок питания' })
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(2000)
  comment?: string;
}

export class CreateTimeEntry extends TimeEntryFields {
  /** Time and comment in one line instead of `spent`: `30м удалённо`. */
  @ApiProperty({ required: false, maxLength: 2000, example: '30м удалённо' })
  @Optional()
  @IsString()
  @MaxLength(2000)
  line?: string;

  /** Who worked; the caller without it. For somebody else one needs `billing.log_for_others`. */
  @Optional()
  @IsUUID()
  employeeId?: string;
}

export class UpdateTimeEntry extends TimeEntryFields {}

export class FilterTimeEntries {
  /** The first day of work. */
  @ApiProperty({ required: false, example: '2026-11-01' })
  @IsOptional()
  @IsDay()
  from?: string;

  /** The last day of work, inclusive. */
  @ApiProperty({ required: false, example: '2026-11-30' })
  @IsOptional()
  @IsDay()
  to?: string;

  @IsOptional()
  @IsUUID()
  employeeId?: string;

  @IsOptional()
  @IsUUID()
  companyId?: string;

  /** Words of the comment or of the ticket's subject, or its number. */
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  q?: string;
}

export class ListTimeEntries extends IntersectionType(PageQuery, FilterTimeEntries) {}

export class TimeNameRef {
  id: string;
  name: string;
}

export class TimeTicketRef {
  id: string;
  number: number;
  subject: string;
}

export class TimeWarning {
  /** `overlap`: the hours meet those of another entry. `dayTooLong`: the day has more than 24 hours. */
  @ApiProperty({ enum: ['overlap', 'dayTooLong'] })
  code: 'overlap' | 'dayTooLong';
  message: string;
  /** The other entry. */
  entryId: string | null;
}

export class TimeEntryDeeds {
  edit: boolean;
}

export class TimeEntryView {
  id: string;
  /** Null where the ticket is not shown to the reader any more. */
  ticket: TimeTicketRef | null;
  employee: TimeNameRef;
  workedOn: string;
  startedAt: string | null;
  endedAt: string | null;
  seconds: number;
  /** The same in words: «2 ч. 30 мин.». */
  spent: string;
  comment: string;
  @ApiProperty({ enum: TIME_SOURCES })
  source: TimeSource;
  createdBy: TimeNameRef | null;
  createdAt: string;
  updatedAt: string;
  version: number;
  can: TimeEntryDeeds;
  /** What looks wrong; told when the entry is written, it is kept all the same. */
  warnings: TimeWarning[];
}

export class PersonTimeView extends TimeNameRef {
  seconds: number;
  entries: number;
}

export class DayTimeView {
  day: string;
  seconds: number;
}

/** Sums over the entries that the same filter lists. */
export class TimeTotalsView {
  seconds: number;
  entries: number;
  people: PersonTimeView[];
  days: DayTimeView[];
}

export class TicketTimeView {
  spentSeconds: number;
  /** With everything below it. */
  withChildrenSeconds: number;
  /** Who worked on this ticket itself. */
  people: PersonTimeView[];
}

/** Sums of a ticket in lists and on its card. */
export class TicketTimeFacet extends OmitType(TicketTimeView, ['people']) {}

export type TimeEntryRow = {
  id: string;
  ticketId: string;
  ticketNumber: number;
  ticketSubject: string;
  isTicketShown: boolean;
  employeeId: string;
  employeeName: string;
  workedOn: string;
  startedAt: Date | null;
  seconds: number;
  comment: string;
  source: TimeSource;
  createdById: string | null;
  createdByName: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
  canEdit: boolean;
};
export type TimeOverlap = { code: TimeWarning['code']; entryId: string | null; number: number | null; day: string };

export function toTimeEntryView(ctx: Ctx, row: TimeEntryRow, warnings: TimeOverlap[] = []): TimeEntryView {
  const { startedAt } = row;
  return {
    id: row.id,
    ticket: row.isTicketShown
      ? { id: row.ticketId, number: Number(row.ticketNumber), subject: row.ticketSubject }
      : null,
    employee: { id: row.employeeId, name: row.employeeName },
    workedOn: row.workedOn,
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: startedAt ? new Date(startedAt.getTime() + row.seconds * 1000).toISOString() : null,
    seconds: row.seconds,
    spent: formatSpent(row.seconds, ctx.locale),
    comment: row.comment,
    source: row.source,
    createdBy: row.createdById ? { id: row.createdById, name: row.createdByName ?? '' } : null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    version: row.version,
    can: { edit: row.canEdit },
    warnings: warnings.map(({ code, entryId, number, day }) => ({
      code,
      entryId,
      message: t(ctx, `billing.warning.${code}${number === null && code === 'overlap' ? 'Elsewhere' : ''}`, {
        number: number ?? '',
        day,
      }),
    })),
  };
}

export function toTimeTotalsView(rows: TotalsRow[]): TimeTotalsView {
  const all = rows.find(({ kind }) => kind === 3);
  return {
    seconds: all?.seconds ?? 0,
    entries: all?.entries ?? 0,
    people: rows.flatMap(({ kind, id, name, seconds, entries }) =>
      kind === 1 ? [{ id: id ?? '', name: name ?? '', seconds: seconds ?? 0, entries }] : [],
    ),
    days: rows
      .flatMap(({ kind, day, seconds }) => (kind === 2 ? [{ day: day ?? '', seconds: seconds ?? 0 }] : []))
      .sort((a, b) => (a.day < b.day ? 1 : -1)),
  };
}
