import type { Ctx } from '@opora/platform/context';
import { IdParam, Optional } from '@opora/platform/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { ProcessProblem } from './process-check';
import type { LocalText, Process, StatusTransition, TicketStatus } from './process.entity';
import { STATUS_CATEGORIES, type StatusCategory } from './ticket-status';
import { Code, Line, TINTS } from './ticket-text';

/** A text in both languages. */
export class LocalTextInput implements LocalText {
  @Line(1, 100)
  ru: string;
  @Line(1, 100)
  en: string;
}

export class CreateProcess {
  @Code()
  code: string;
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name: LocalTextInput;
  /** The process whose statuses and transitions are copied; the default one without it. */
  @IsOptional()
  @IsUUID()
  copyOf?: string;
}

export class UpdateProcess {
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name?: LocalTextInput;
  /** The status a ticket begins with. */
  @Optional()
  @IsUUID()
  initialStatusId?: string;
  /** New types take this process; the one before steps back. */
  @Optional()
  @IsIn([true])
  isDefault?: true;
}

export class CreateStatus {
  @Code()
  code: string;
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name: LocalTextInput;
  /** What the client reads; the name without it. */
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  clientName?: LocalTextInput;
  @IsIn(TINTS)
  color: string;
  @IsIn(STATUS_CATEGORIES)
  category: StatusCategory;
  @Optional()
  @IsInt()
  @Min(0)
  @Max(1000)
  position?: number;
  /** The ticket counts as finished. */
  @Optional()
  @IsBoolean()
  isFinal?: boolean;
}

export class UpdateStatus {
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name?: LocalTextInput;
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  clientName?: LocalTextInput;
  @Optional()
  @IsIn(TINTS)
  color?: string;
  @Optional()
  @IsIn(STATUS_CATEGORIES)
  category?: StatusCategory;
  @Optional()
  @IsInt()
  @Min(0)
  @Max(1000)
  position?: number;
  @Optional()
  @IsBoolean()
  isFinal?: boolean;
}

export class TransitionFields {
  /** The button's text; null shows the status's name. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name?: LocalTextInput | null;
  /** Only for these types; null means all. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  typeIds?: string[] | null;
  /** Only for these roles, by preset code or id; null means all. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  roleCodes?: string[] | null;
  @Optional()
  @IsBoolean()
  requiresComment?: boolean;
  /** The client may use it on the portal. */
  @Optional()
  @IsBoolean()
  availableForClient?: boolean;
  @Optional()
  @IsInt()
  @Min(0)
  @Max(1000)
  position?: number;
}

export class CreateTransition extends TransitionFields {
  @IsUUID()
  fromId: string;
  @IsUUID()
  toId: string;
}

export class UpdateTransition extends TransitionFields {}

export class PartOfProcessParam extends IdParam {
  @IsUUID()
  partId: string;
}

export class LocalTextView implements LocalText {
  ru: string;
  en: string;
}

export class StatusView {
  id: string;
  code: string;
  /** In the request's language. */
  label: string;
  name: LocalTextView;
  clientName: LocalTextView;
  color: string;
  category: StatusCategory;
  position: number;
  isFinal: boolean;
}

export class StatusTransitionView {
  id: string;
  fromId: string;
  toId: string;
  name: LocalTextView | null;
  typeIds: string[] | null;
  roleCodes: string[] | null;
  requiresComment: boolean;
  availableForClient: boolean;
  position: number;
}

export class ProcessProblemView {
  statusId: string;
  /** `unreachable`: no ticket gets there; `dead_end`: it cannot be left though work is not over. */
  kind: ProcessProblem['kind'];
}

export class ProcessRowView {
  id: string;
  code: string;
  label: string;
  name: LocalTextView;
  initialStatusId: string;
  isDefault: boolean;
}

/** The definition the process works by and its diagram is drawn from. */
export class ProcessView extends ProcessRowView {
  statuses: StatusView[];
  transitions: StatusTransitionView[];
  problems: ProcessProblemView[];
}

export type WholeProcess = {
  process: Process;
  statuses: TicketStatus[];
  transitions: StatusTransition[];
  problems: ProcessProblem[];
};

export const toStatusView = (ctx: Ctx, status: TicketStatus): StatusView => ({
  id: status.id,
  code: status.code,
  label: status.name[ctx.locale],
  name: status.name,
  clientName: status.clientName,
  color: status.color,
  category: status.category,
  position: status.position,
  isFinal: status.isFinal,
});

export const toStatusTransitionView = (transition: StatusTransition): StatusTransitionView => ({
  id: transition.id,
  fromId: transition.fromId,
  toId: transition.toId,
  name: transition.name,
  typeIds: transition.typeIds,
  roleCodes: transition.roleCodes,
  requiresComment: transition.requiresComment,
  availableForClient: transition.availableForClient,
  position: transition.position,
});

export const toProcessRowView = (
  ctx: Ctx,
  { id, code, name, initialStatusId, isDefault }: Process,
): ProcessRowView => ({
  id,
  code,
  label: name[ctx.locale],
  name,
  initialStatusId,
  isDefault,
});

export const toProcessView = (ctx: Ctx, { process, statuses, transitions, problems }: WholeProcess): ProcessView => ({
  ...toProcessRowView(ctx, process),
  statuses: statuses.map((status) => toStatusView(ctx, status)),
  transitions: transitions.map(toStatusTransitionView),
  problems,
});
