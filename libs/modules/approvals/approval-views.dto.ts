import { FileView } from '@opora/platform/files';
import { ApiProperty } from '@nestjs/swagger';
import { APPROVAL_STATES, type ApprovalState, type Decision, DECISIONS } from './approval-flow';
import { RouteChoiceView, ApprovalExecutorView } from './approval-plans.dto';
import {
  ApprovalPersonView,
  ApprovalRef,
  ApprovalTicketRef,
  ApprovalLinkRef,
  ApprovalWaitView,
} from './approval-refs.dto';
import { ApprovalDemandView, ApprovalStageView } from './approval-stages.dto';
import { NULLABLE_MONEY } from './approval-text';
import { FACT_KINDS, type FactKind } from './approval.entity';
import { CURRENCIES, type Currency } from './route-choice';

export class ApprovalStageRef {
  /** From 0. */
  index: number;
  count: number;
  name: string;
}

export class ApprovalMineView {
  stepId: string;
  @ApiProperty({ type: String, nullable: true })
  dueAt: string | null;
  isOverdue: boolean;
}

export class ApprovalRowView {
  id: string;
  number: number;
  title: string;
  kind: ApprovalRef;
  route: ApprovalRef;
  @ApiProperty(NULLABLE_MONEY)
  amount: string | null;
  @ApiProperty({ enum: CURRENCIES })
  currency: Currency;
  @ApiProperty({ enum: APPROVAL_STATES })
  state: ApprovalState;
  /** Somebody's term has passed. */
  isOverdue: boolean;
  @ApiProperty({ type: ApprovalStageRef, nullable: true })
  stage: ApprovalStageRef | null;
  initiator: ApprovalPersonView;
  /** Who is asked now. */
  waitsFor: ApprovalWaitView[];
  @ApiProperty({ type: ApprovalTicketRef, nullable: true })
  ticket: ApprovalTicketRef | null;
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  finishedAt: string | null;
  /** My step, where I am asked. */
  @ApiProperty({ type: ApprovalMineView, nullable: true })
  mine: ApprovalMineView | null;
}

export class ApprovalReturnView {
  stageIndex: number;
  by: ApprovalPersonView;
  reason: string;
  at: string;
}

export class ApprovalDocumentView {
  id: string;
  @ApiProperty({ type: ApprovalRef, nullable: true })
  kind: ApprovalRef | null;
  file: FileView;
  sha256: string;
  @ApiProperty({ type: ApprovalPersonView, nullable: true })
  addedBy: ApprovalPersonView | null;
  addedAt: string;
  canRemove: boolean;
}

export class ApprovalHistoryView {
  at: string;
  @ApiProperty({ enum: FACT_KINDS })
  kind: FactKind;
  @ApiProperty({ type: ApprovalPersonView, nullable: true })
  who: ApprovalPersonView | null;
  /** The whole line in words. */
  text: string;
  comment: string;
}

export class ApprovalCanDecideView {
  stepId: string;
  @ApiProperty({ enum: DECISIONS, isArray: true })
  decisions: Decision[];
  /** Documents without which there is no yes. */
  missing: ApprovalDemandView[];
}

export class ApprovalView extends ApprovalRowView {
  text: string;
  date: string;
  choice: RouteChoiceView;
  round: number;
  @ApiProperty({ type: ApprovalReturnView, nullable: true })
  returned: ApprovalReturnView | null;
  @ApiProperty({ type: ApprovalLinkRef, nullable: true })
  basedOn: ApprovalLinkRef | null;
  /** Requests that stand on this one. */
  foundedHere: ApprovalLinkRef[];
  stages: ApprovalStageView[];
  copies: ApprovalPersonView[];
  executors: ApprovalExecutorView[];
  documents: ApprovalDocumentView[];
  history: ApprovalHistoryView[];
  @ApiProperty({ type: ApprovalCanDecideView, nullable: true })
  canDecide: ApprovalCanDecideView | null;
  canRecall: boolean;
  canResubmit: boolean;
  /** My own step, or anybody's. */
  canHandOver: boolean;
  canAddDocuments: boolean;
  /** SHA-256 of the sheet, once it is over. */
  @ApiProperty({ type: String, nullable: true })
  sheetHash: string | null;
  version: number;
}

export class ApprovalCountsView {
  inbox: number;
  overdue: number;
  /** Mine that came back to me. */
  returned: number;
  tasks: number;
}

export class TicketApprovalView {
  id: string;
  number: number;
  title: string;
  kind: ApprovalRef;
  @ApiProperty({ enum: APPROVAL_STATES })
  state: ApprovalState;
  isOverdue: boolean;
  waitsFor: ApprovalWaitView[];
  startedAt: string;
  @ApiProperty({ type: String, nullable: true })
  finishedAt: string | null;
  /** The actor takes part, or reads all. */
  canOpen: boolean;
  @ApiProperty(NULLABLE_MONEY)
  amount: string | null;
  @ApiProperty({ enum: CURRENCIES, nullable: true })
  currency: Currency | null;
}

export class ApprovalTaskApprovalRef {
  id: string;
  number: number;
  title: string;
  @ApiProperty(NULLABLE_MONEY)
  amount: string | null;
  @ApiProperty({ enum: CURRENCIES })
  currency: Currency;
}

export class ApprovalTaskView {
  id: string;
  text: string;
  @ApiProperty({ enum: ['open', 'done'] })
  state: 'open' | 'done';
  comment: string;
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  doneAt: string | null;
  employee: ApprovalPersonView;
  approval: ApprovalTaskApprovalRef;
}

export class ApprovalSheetView {
  /** SHA-256 of `content` as canonical JSON: keys in order, no spaces. */
  hash: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  content: Record<string, unknown>;
}
