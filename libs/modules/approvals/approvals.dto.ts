import { OneLine } from '@opora/modules/fields';
import { Flag, List, Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { APPROVAL_STATES, type ApprovalState, type Decision, DECISIONS } from './approval-flow';
import { ApprovalDay, ApprovalMoney } from './approval-text';
import { CURRENCIES, type Currency } from './route-choice';

export const MAX_DOCUMENTS = 50;
const MAX_TEXT = 10_000;
const MAX_COMMENT = 4000;

export class ApprovalDocumentInput {
  /** An upload of yours. */
  @IsUUID()
  fileId: string;
  /** What kind of document it is; a stage may demand one. */
  @IsOptional()
  @IsUUID()
  kindId?: string | null;
}

const Documents = () => (target: object, key: string) => {
  for (const decorate of [
    Optional(),
    IsArray(),
    ArrayMaxSize(MAX_DOCUMENTS),
    ArrayUnique(({ fileId }: ApprovalDocumentInput) => fileId),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(() => ApprovalDocumentInput),
  ])
    decorate(target, key);
};

export class ApprovalWish {
  /** The route follows from the kind and the amount … */
  @IsOptional()
  @IsUUID()
  kindId?: string | null;
  /** … or is named. */
  @IsOptional()
  @IsUUID()
  routeId?: string | null;
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(MAX_TEXT)
  text?: string;
  @ApiProperty({ required: false, nullable: true, type: String, example: '432500.00' })
  @ApprovalMoney()
  amount?: string | null;
  @ApiProperty({ required: false, enum: CURRENCIES })
  @Optional()
  @IsIn(CURRENCIES)
  currency?: Currency;
  /** The day whose index values count; today without it. */
  @ApiProperty({ required: false, example: '2026-11-22' })
  @Optional()
  @ApprovalDay()
  date?: string;
  /** The ticket it is about. */
  @IsOptional()
  @Matches(/^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{1,15})$/)
  ticketId?: string | null;
  /** The approved request it stands on. */
  @IsOptional()
  @IsUUID()
  basedOnId?: string | null;
  /** More people who may read along. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  copyIds?: string[];
  @Documents()
  documents?: ApprovalDocumentInput[];
}

export class PlanApproval extends ApprovalWish {
  @Optional()
  @OneLine(1, 300)
  title?: string;
}

export class StartApproval extends ApprovalWish {
  @ApiProperty({ example: 'Кассовый аппарат для пункта 12' })
  @OneLine(1, 300)
  title: string;
}

export const APPROVAL_BOXES = ['inbox', 'mine', 'copies', 'all'] as const;
export type ApprovalBox = (typeof APPROVAL_BOXES)[number];

export class ListApprovals extends PageQuery {
  /** `inbox` waits for me, the most urgent first; `mine` I began; `copies` I read along; the newest first. */
  @ApiProperty({ required: false, enum: APPROVAL_BOXES, default: 'all' })
  @Optional()
  @IsIn(APPROVAL_BOXES)
  box: ApprovalBox = 'all';
  /** One or more states, by comma. */
  @ApiProperty({ required: false, enum: APPROVAL_STATES, isArray: true })
  @Optional()
  @List()
  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(APPROVAL_STATES, { each: true })
  state?: ApprovalState[];
  @Optional()
  @IsUUID()
  kindId?: string;
  @Optional()
  @IsUUID()
  routeId?: string;
  @Optional()
  @IsUUID()
  ticketId?: string;
  /** Somebody's term has passed. */
  @ApiProperty({ required: false })
  @Optional()
  @Flag()
  @IsBoolean()
  overdue?: boolean;
  /** Words of the title, or the number. */
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  q?: string;
}

export class DecideApproval {
  @ApiProperty({ enum: DECISIONS })
  @IsIn(DECISIONS)
  decision: Decision;
  /** Needed to decline and to send back. */
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(MAX_COMMENT)
  comment?: string;
  /** The step meant; without it the one that waits for me. */
  @IsOptional()
  @IsUUID()
  stepId?: string | null;
  @Documents()
  documents?: ApprovalDocumentInput[];
}

export class ResubmitApproval {
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(MAX_COMMENT)
  comment?: string;
  /** Another title, text or amount begins the way anew. */
  @Optional()
  @OneLine(1, 300)
  title?: string;
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(MAX_TEXT)
  text?: string;
  @ApiProperty({ required: false, nullable: true, type: String, example: '432500.00' })
  @ApprovalMoney()
  amount?: string | null;
  @Documents()
  documents?: ApprovalDocumentInput[];
}

export class RecallApproval {
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(MAX_COMMENT)
  reason?: string;
}

export class HandOverApproval {
  /** Who decides instead. */
  @IsUUID()
  employeeId: string;
  /** Whose step; without it my own. */
  @IsOptional()
  @IsUUID()
  stepId?: string | null;
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(MAX_COMMENT)
  reason?: string;
}

export class ApprovalDocumentParam {
  @Matches(/^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{1,9})$/)
  id: string;
  @IsUUID()
  documentId: string;
}

/** An approval's id or its number. */
export class ApprovalParam {
  @Matches(/^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{1,9})$/)
  id: string;
}

export class ApprovalLinkParam {
  @IsString()
  @Length(1, 100)
  token: string;
}

export class DecideByLink {
  /** As the page of the link gave it. */
  @IsString()
  @Length(1, 100)
  confirmation: string;
  @ApiProperty({ enum: DECISIONS })
  @IsIn(DECISIONS)
  decision: Decision;
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(MAX_COMMENT)
  comment?: string;
}

export class DecidePortalApproval {
  @ApiProperty({ enum: DECISIONS })
  @IsIn(DECISIONS)
  decision: Decision;
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(MAX_COMMENT)
  comment?: string;
}

export class ListPortalApprovals extends PageQuery {
  /** `open` waits for me; `done` has been decided or no longer waits. */
  @ApiProperty({ required: false, enum: ['open', 'done'], default: 'open' })
  @Optional()
  @IsIn(['open', 'done'])
  state: 'open' | 'done' = 'open';
}

export class ListApprovalTasks extends PageQuery {
  @ApiProperty({ required: false, enum: ['open', 'done'], default: 'open' })
  @Optional()
  @IsIn(['open', 'done'])
  state: 'open' | 'done' = 'open';
}

export class FinishApprovalTask {
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(MAX_COMMENT)
  comment?: string;
}

export class FindApprovals {
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  q?: string;
}
