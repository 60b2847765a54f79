import { ApiProperty } from '@nestjs/swagger';
import {
  STAGE_MODES,
  STAGE_ORDERS,
  STAGE_STATES,
  type StageMode,
  type StageOrder,
  type StageState,
  STEP_STATES,
  type StepState,
} from './approval-flow';
import { ApprovalPersonView, ApprovalRef } from './approval-refs.dto';
import { TERM_TIMES, type TermTime } from './approval-terms';
import { DECISION_WAYS, type DecisionWay } from './approval.entity';
import { DOCUMENT_GIVERS, type DocumentGiver } from './route-definition';

export class ApprovalTermView {
  seconds: number;
  @ApiProperty({ enum: TERM_TIMES })
  time: TermTime;
  @ApiProperty({ type: String, nullable: true })
  calendarId: string | null;
}

export class ApprovalDemandView {
  kind: ApprovalRef;
  @ApiProperty({ enum: DOCUMENT_GIVERS })
  by: DocumentGiver;
  isGiven: boolean;
}

export class ApprovalStepView {
  /** Null while it is not his turn. */
  @ApiProperty({ type: String, nullable: true })
  id: string | null;
  person: ApprovalPersonView;
  @ApiProperty({ type: ApprovalPersonView, nullable: true })
  insteadOf: ApprovalPersonView | null;
  @ApiProperty({ enum: STEP_STATES })
  state: StepState;
  @ApiProperty({ type: String, nullable: true })
  askedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  dueAt: string | null;
  isOverdue: boolean;
  @ApiProperty({ type: String, nullable: true })
  decidedAt: string | null;
  comment: string;
  @ApiProperty({ enum: DECISION_WAYS, nullable: true })
  via: DecisionWay | null;
  /** Why he is asked in somebody's place, or why he is not asked. */
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
}

/** What a stage asks for, begun or only planned. */
export class ApprovalStageRules {
  name: string;
  @ApiProperty({ enum: STAGE_MODES })
  mode: StageMode;
  @ApiProperty({ type: Number, nullable: true })
  k: number | null;
  @ApiProperty({ enum: STAGE_ORDERS })
  order: StageOrder;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  @ApiProperty({ type: ApprovalTermView, nullable: true })
  term: ApprovalTermView | null;
  documents: ApprovalDemandView[];
}

export class ApprovalStageView extends ApprovalStageRules {
  index: number;
  @ApiProperty({ enum: STAGE_STATES })
  state: StageState;
  /** How many must agree. */
  needed: number;
  /** Of the newest round. */
  steps: ApprovalStepView[];
  /** Of the rounds before, the oldest first. */
  earlier: ApprovalStepView[];
}

export class PlannedStageView extends ApprovalStageRules {
  needed: number;
  people: ApprovalPersonView[];
  /** Nobody was found, and it may be left out. */
  skipped: boolean;
}
