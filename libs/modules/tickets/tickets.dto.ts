import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsMoment, Optional } from '@opora/platform/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  Max,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { type Audience, AUDIENCES } from './audience';
import { OBSERVER_KINDS, type ObserverKind } from './ticket-participants.entity';
import { Code, ExternalIds, Line } from './ticket-text';
import { TICKET_SOURCES, type TicketSource } from './ticket.entity';

/** Two years in seconds: the longest plan. */
export const MAX_PLAN = 63_072_000;
export const MAX_HTML = 200_000;

/** Values of custom fields by their codes; what each takes is checked against its definition. */
export const CustomValues = (): PropertyDecorator =>
  applyDecorators(
    Optional(),
    IsObject(),
    ApiProperty({
      type: 'object',
      additionalProperties: true,
      example: { serial: 'SN-1042' },
      required: false,
    } as never),
  );

export class ObserverInput {
  @IsIn(OBSERVER_KINDS)
  kind: ObserverKind;
  @IsUUID()
  id: string;
}

export class TicketFileInput {
  /** An upload of yours. */
  @IsUUID()
  fileId: string;
  /** Who may see it; without it, staff alone. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsIn(AUDIENCES, { each: true })
  audience?: Audience[];
  @IsOptional()
  @Line(0, 500)
  caption?: string | null;
}

/** A person who calls for the first time. */
export class NewContactInput {
  @ApiProperty({ example: 'Пётр Сидоров' })
  @Line(1, 200)
  name: string;
  @IsOptional()
  @Line(3, 254)
  email?: string | null;
  @IsOptional()
  @Line(3, 40)
  phone?: string | null;
}

/** Fields that can be set at registration and changed later. */
export class TicketFields {
  /** Rich text; made safe by an allow-list. */
  @ApiProperty({ example: '<p>После обновления не печатает чеки</p>', required: false })
  @Optional()
  @IsString()
  @MaxLength(MAX_HTML)
  description?: string;
  @Optional()
  @IsUUID()
  typeId?: string;
  @Optional()
  @IsUUID()
  priorityId?: string;
  @IsOptional()
  @IsUUID()
  companyId?: string | null;
  @IsOptional()
  @IsUUID()
  contactId?: string | null;
  /** Service object of the company. */
  @IsOptional()
  @IsUUID()
  objectId?: string | null;
  /** Responsible person; without person and team the client's default responsible is set. */
  @IsOptional()
  @IsUUID()
  assigneeId?: string | null;
  @IsOptional()
  @IsUUID()
  teamId?: string | null;
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  coExecutorIds?: string[];
  /** The date promised by hand, beside the computed one. Needs `sla.set_deadline`, a change of it a `reason`, too. */
  @IsOptional()
  @IsMoment()
  deadlineAt?: string | null;
  /** When the work is planned to begin. */
  @IsOptional()
  @IsMoment()
  scheduledFor?: string | null;
  /** Planned duration in seconds. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_PLAN)
  plannedSeconds?: number | null;
  /** How far the trouble reaches and how soon it must be over: codes of `GET /priority-matrix`. Both make the priority, unless one is given. */
  @IsOptional()
  @Code()
  impact?: string | null;
  @IsOptional()
  @Code()
  urgency?: string | null;
  @IsOptional()
  @IsUUID()
  parentId?: string | null;
  /** The ticket's id in other systems, by the system's name. */
  @Optional()
  @ExternalIds()
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { '1c': '000123' },
    selfRequired: false,
  })
  externalIds?: Record<string, string>;
  /** Values of custom fields by their codes; null clears one. */
  @CustomValues()
  customFields?: Record<string, unknown>;
}

export class CreateTicket extends TicketFields {
  /** One line, shown in every list. */
  @ApiProperty({ example: 'Не печатает чековый принтер HP-7919' })
  @Line(1, 300)
  subject: string;
  /** Registers the caller as a contact of the company at the same time. */
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => NewContactInput)
  newContact?: NewContactInput;
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ObserverInput)
  observers?: ObserverInput[];
  @Optional()
  @IsIn(TICKET_SOURCES)
  source?: TicketSource;
  /** Why a date is promised by hand; kept in the history. */
  @IsOptional()
  @Line(0, 500)
  reason?: string | null;
  /** The contact in whose name the ticket is registered. */
  @IsOptional()
  @IsUUID()
  authorContactId?: string | null;
  @Optional()
  @IsArray()
  @ArrayMaxSize(300)
  @IsObject({ each: true })
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TicketFileInput)
  files?: TicketFileInput[];
}

/** Only the fields named are changed. */
export class UpdateTicket extends TicketFields {
  @Optional()
  @Line(1, 300)
  subject?: string;
  /** Why the responsible or the deadline was changed. */
  @IsOptional()
  @Line(0, 500)
  reason?: string | null;
}

export class AssignTicket {
  /** Null takes the person off. */
  @IsOptional()
  @IsUUID()
  assigneeId?: string | null;
  /** Null takes the team off. */
  @IsOptional()
  @IsUUID()
  teamId?: string | null;
  /** Why it is handed over; kept in the history. */
  @IsOptional()
  @Line(0, 500)
  reason?: string | null;
}

export class TransitionCommentInput {
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_HTML)
  html: string;
  @Optional()
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsIn(AUDIENCES, { each: true })
  audience?: Audience[];
}

/** A transition of the process, or the status it should lead to. */
export class TransitionTicket {
  @IsOptional()
  @IsUUID()
  transitionId?: string;
  @IsOptional()
  @IsUUID()
  statusId?: string;
  /** The status you saw: where the ticket has left it meanwhile, nothing is changed and 409 `tickets.statusMoved` tells by whom. */
  @IsOptional()
  @IsUUID()
  ifStatusId?: string;
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => TransitionCommentInput)
  comment?: TransitionCommentInput;
  /** Fields filled in together with it: both happen or neither. */
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => UpdateTicket)
  fields?: UpdateTicket;
}

export class DeleteTicket {
  @ApiProperty({ example: 'Создана по ошибке' })
  @Line(1, 500)
  reason: string;
}

export class ReadTicket {
  /** The last comment the person has seen; null when there is none. */
  @IsOptional()
  @IsUUID()
  lastSeenCommentId?: string | null;
}

export class GrantInput {
  /** Until when; at most a year ahead. */
  @IsMoment()
  expiresAt: string;
}
