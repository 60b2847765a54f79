import type { Ctx } from '@opora/platform/context';
import { List, Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import {
  type BulkRun,
  ROW_STATES,
  type RowState,
  RUN_STATES,
  type RunState,
  UNDO_STATES,
  type UndoState,
} from './bulk-run.entity';
import { ActionProblemView } from './ticket-actions.dto';
import type { ToldProblem } from './problem-words';

/** Seconds after the end of a run in which it can be undone. */
export const UNDO_WITHIN = 600;

/** One action with its settings. */
export class StoredActionInput {
  @ApiProperty({ example: 'assign' })
  @IsString()
  @Length(1, 60)
  action: string;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { assigneeId: 'me' } })
  @IsObject()
  params: Record<string, unknown>;
}

/** Tickets by their ids, or everything a list shows: a filter, a saved view, or both. */
export class BulkSelection {
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5000)
  @IsUUID(undefined, { each: true })
  ticketIds?: string[];

  /** Filter as `GET /tickets` takes it; empty means every ticket in sight. */
  @Optional()
  @IsString()
  @MaxLength(4000)
  @ApiProperty({ required: false, example: 'is:open assignee:none' })
  q?: string;

  /** A saved view, whose filter applies as well. */
  @Optional()
  @IsUUID()
  view?: string;

  /** Tickets of the filter that stay as they are. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(5000)
  @IsUUID(undefined, { each: true })
  except?: string[];
}

export class PreviewBulkRun {
  @IsObject()
  @ValidateNested()
  @Type(() => BulkSelection)
  selection: BulkSelection;

  /** What to do; or a macro. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => StoredActionInput)
  actions?: StoredActionInput[];

  @Optional()
  @IsUUID()
  macroId?: string;
}

export class StartBulkRun extends PreviewBulkRun {
  /** What histories of the tickets call it; the macro's name when left out. */
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 200)
  name?: string;
}

export class ListBulkRows extends PageQuery {
  /** Only rows in these states. */
  @IsOptional()
  @List()
  @IsArray()
  @ArrayMaxSize(5)
  @IsIn(ROW_STATES, { each: true })
  @ApiProperty({ required: false, isArray: true, enum: ROW_STATES })
  state?: RowState[];
}

export class BulkUndoView {
  @ApiProperty({ enum: UNDO_STATES, enumName: 'BulkUndoState' })
  state: UndoState;
  /** Tickets given back as they were. */
  done: number;
  /** Tickets of which something stays as the run left it. */
  refused: number;
}

export class BulkRunView {
  id: string;
  name: string;
  @ApiProperty({ enum: RUN_STATES, enumName: 'BulkRunState' })
  state: RunState;
  total: number;
  done: number;
  refused: number;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** Until then it can be undone; null while it goes on, and when there is nothing to undo. */
  undoUntil: string | null;
  @ApiProperty({ type: BulkUndoView, nullable: true })
  undo: BulkUndoView | null;
}

/** A ticket of a run; number and subject are null for one out of sight. */
export class BulkRowTicketView {
  id: string;
  number: number | null;
  subject: string | null;
}

export class BulkRowView {
  ticket: BulkRowTicketView;
  @ApiProperty({ enum: ROW_STATES, enumName: 'BulkRowState' })
  state: RowState;
  problems: ActionProblemView[];
}

/** One change and how many tickets it meets. */
export class BulkChangeView {
  label: string;
  /** Null as well where the tickets differ in it. */
  before: string | null;
  after: string | null;
  /** The tickets have had different values. */
  isBeforeMixed: boolean;
  count: number;
}

export class BulkRefusedView {
  count: number;
  /** The first of them. */
  sample: BulkRowView[];
}

export class BulkPreviewView {
  total: number;
  /** How many of them were looked at: the first 500. */
  checked: number;
  changes: BulkChangeView[];
  refused: BulkRefusedView;
}

export class MacroRunTicketView {
  id: string;
  number: number;
  version: number;
}

/** A macro run on one ticket; taken back by `POST /bulk-runs/{runId}/undo`. */
export class MacroRunView {
  runId: string;
  ticket: MacroRunTicketView;
  undoUntil: string;
}

export type RunRowRow = {
  ticketId: string;
  number: number | null;
  subject: string | null;
  state: RowState;
  problems: ToldProblem[];
  position: number;
};

export const undoUntilOf = ({ finishedAt }: Pick<BulkRun, 'finishedAt'>): Date | null =>
  finishedAt && new Date(finishedAt.getTime() + UNDO_WITHIN * 1000);

export function toBulkRunView(_: Ctx, run: BulkRun): BulkRunView {
  const { id, name, state, total, done, refused, undoState, undone, undoRefused } = run;
  return {
    id,
    name,
    state,
    total,
    done,
    refused,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    undoUntil: (done && !undoState && undoUntilOf(run)?.toISOString()) || null,
    undo: undoState && { state: undoState, done: undone, refused: undoRefused },
  };
}

export const toBulkRowView = (_: Ctx, row: Omit<RunRowRow, 'position'>): BulkRowView => ({
  ticket: { id: row.ticketId, number: row.number, subject: row.subject },
  state: row.state,
  problems: row.problems,
});
