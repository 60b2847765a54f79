import type { Ctx } from '@opora/platform/context';
import type { FieldProblem } from '@opora/platform/errors';
import { fieldText, Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { StoredActionInput } from './bulk-runs.dto';
import type { Macro } from './macro.entity';
import { KEEP_SCOPES, type KeepScope, mayKeep } from './scope';
import { ScopeInput, StoredProblemView } from './scope.dto';

export class CreateMacro extends ScopeInput {
  @ApiProperty({ example: 'Взять и отложить до завтра' })
  @Trimmed()
  @IsString()
  @Length(1, 120)
  name: string;

  /** When to use it. */
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  description?: string;

  /** What it does, one after the other: 1 to 20 of `GET /ticket-actions?for=macro`. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => StoredActionInput)
  actions: StoredActionInput[];
}

export class UpdateMacro extends PartialType(CreateMacro) {}

export class ListMacros extends PageQuery {
  /** Words of the name. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}

export class OrderMacros {
  /** Macros in their new order; those left out stay behind them. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids: string[];
}

/** The ticket, by its id or its human number. */
export class MacroTicketInput {
  @ApiProperty({ example: '1042' })
  @Matches(/^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{1,15})$/)
  ticketId: string;
}

export class StoredActionView {
  action: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  params: Record<string, unknown>;
}

export class MacroView {
  id: string;
  name: string;
  description: string;
  @ApiProperty({ enum: KEEP_SCOPES, enumName: 'KeepScope' })
  scope: KeepScope;
  teamIds: string[];
  actions: StoredActionView[];
  /** What in it no longer holds, by pointers into `actions`. */
  problems: StoredProblemView[];
  /** You may change and delete it. */
  mayEdit: boolean;
  version: number;
  updatedAt: string;
}

export type MacroRow = Macro & { problems: FieldProblem[] };

export const toProblemViews = ({ locale }: Ctx, problems: readonly FieldProblem[]): StoredProblemView[] =>
  problems.map((each) => ({ pointer: each.pointer, code: each.code, message: fieldText(locale, each) }));

export const toMacroView = (ctx: Ctx, macro: MacroRow): MacroView => ({
  id: macro.id,
  name: macro.name,
  description: macro.description,
  scope: macro.scope,
  teamIds: macro.teamIds,
  actions: macro.actions.map(({ action, params }) => ({ action, params })),
  problems: toProblemViews(ctx, macro.problems),
  mayEdit: mayKeep(ctx.actor, macro),
  version: macro.version,
  updatedAt: macro.updatedAt.toISOString(),
});
