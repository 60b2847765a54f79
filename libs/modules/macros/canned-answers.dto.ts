import { type Ctx, LOCALES, type Locale } from '@opora/platform/context';
import { Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';
import type { CannedAnswer } from './canned-answer.entity';
import { KEEP_SCOPES, type KeepScope, mayKeep } from './scope';
import { ScopeInput, StoredProblemView } from './scope.dto';

const MAX_HTML = 50_000;

export class CreateCannedAnswer extends ScopeInput {
  @ApiProperty({ example: 'Просим перезагрузить кассу' })
  @Trimmed()
  @IsString()
  @Length(1, 200)
  title: string;

  /** What is typed after `/` to find it first: letters, digits, hyphen, underscore. */
  @ApiProperty({ example: 'касса', required: false, nullable: true, type: String })
  @IsOptional()
  @Matches(/^[\p{L}\p{N}_-]{1,40}$/u)
  shortcut?: string | null;

  /** Rich text with variables: `{{contact.name}}`; `{{#object.name}}…{{/object.name}}` stays where there is a value, `{{^…}}` where there is none. */
  @ApiProperty({ example: '<p>Здравствуйте, {{contact.firstName}}! Перезагрузите, пожалуйста, кассу.</p>' })
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_HTML)
  html: string;

  /** The language it is written in; null fits any reader. */
  @ApiProperty({ enum: LOCALES, required: false, nullable: true })
  @IsOptional()
  @IsIn(LOCALES)
  locale?: Locale | null;
}

export class UpdateCannedAnswer extends PartialType(CreateCannedAnswer) {}

export class ListCannedAnswers extends PageQuery {
  /** Words of the title, the shortcut or the text. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}

export class SearchCannedAnswers {
  /** What was typed after `/`. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  /** The ticket whose values are put in: an id or a number. */
  @IsOptional()
  @Matches(/^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{1,15})$/)
  ticketId?: string;

  @ApiPropertyOptional({ default: 10, minimum: 1, maximum: 20 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(20)
  limit: number = 10;
}

export class PreviewCannedAnswer {
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_HTML)
  html: string;

  /** The ticket whose values are put in: an id or a number. */
  @Optional()
  @Matches(/^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{1,15})$/)
  ticketId?: string;
}

export class CannedAnswerView {
  id: string;
  title: string;
  shortcut: string | null;
  html: string;
  @ApiProperty({ enum: LOCALES, nullable: true })
  locale: Locale | null;
  @ApiProperty({ enum: KEEP_SCOPES, enumName: 'KeepScope' })
  scope: KeepScope;
  teamIds: string[];
  /** Variables that no longer exist, such as a custom field now hidden from clients. */
  problems: StoredProblemView[];
  /** You may change and delete it. */
  mayEdit: boolean;
  version: number;
  updatedAt: string;
}

/** An answer with the ticket's values put in. */
export class FilledAnswerView {
  id: string;
  title: string;
  shortcut: string | null;
  /** Safe HTML, ready to be put into the editor. */
  html: string;
  @ApiProperty({ enum: LOCALES, nullable: true })
  locale: Locale | null;
  @ApiProperty({ enum: KEEP_SCOPES, enumName: 'KeepScope' })
  scope: KeepScope;
}

export class FilledTextView {
  html: string;
}

export class TextVariableView {
  /** As it stands between the brackets. */
  name: string;
  label: string;
}

export type CannedAnswerRow = CannedAnswer & { problems: StoredProblemView[] };

export const toCannedAnswerView = (ctx: Ctx, row: CannedAnswerRow): CannedAnswerView => ({
  id: row.id,
  title: row.title,
  shortcut: row.shortcut,
  html: row.html,
  locale: row.locale,
  scope: row.scope,
  teamIds: row.teamIds,
  problems: row.problems,
  mayEdit: mayKeep(ctx.actor, row),
  version: row.version,
  updatedAt: row.updatedAt.toISOString(),
});

export const toFilledAnswerView = (_: Ctx, row: CannedAnswer): FilledAnswerView => ({
  id: row.id,
  title: row.title,
  shortcut: row.shortcut,
  html: row.html,
  locale: row.locale,
  scope: row.scope,
});
