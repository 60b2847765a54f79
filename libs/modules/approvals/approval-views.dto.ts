import { FileView } from '@opora/platform/files';
import { ApiProperty } from '@nestjs/swagger';
import {
  APPROVAL_STATES,
  type ApprovalState,
  type Decision,
  DECISIONS,
  type FlowPerson,
  STAGE_MODES,
  STAGE_ORDERS,
  STAGE_STATES,
  type StageMode,
  type StageOrder,
  type StageState,
  STEP_STATES,
  type StepState,
} from './approval-flow';
import { TERM_TIMES, type TermTime } from './approval-terms';
import { DECISION_WAYS, type DecisionWay, FACT_KINDS, type FactKind } from './approval.entity';
import { CHOICE_REASONS, type ChoiceReason, CURRENCIES, type Currency } from './route-choice';
import { DOCUMENT_GIVERS, type DocumentGiver } from './route-definition';

const NULLABLE_MONEY = { type: String, nullable: true, example: '432500.00' } as const;

export class ApprovalPersonView {
  @ApiProperty({ enum: ['employee', 'contact'] })
  kind: FlowPerson['kind'];
  id: string;
  name: string;
  @ApiProperty({ type: String, nullable: true })
  position: string | null;
}

export class ApprovalRef {
  id: string;
  label: string;
}

export class ApprovalTicketRef {
  id: string;
  number: number;
  subject: string;
}

export class ApprovalLinkRef {
  id: string;
  number: number;
  title: string;
  @ApiProperty({ enum: APPROVAL_STATES })
  state: ApprovalState;
}

export class ApprovalReferenceView extends ApprovalLinkRef {
  createdAt: string;
}

export class ApprovalWaitView {
  person: ApprovalPersonView;
  askedAt: string;
  @ApiProperty({ type: String, nullable: true })
  dueAt: string | null;
  isOverdue: boolean;
}

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

export class ApprovalStageView {
  index: number;
  name: string;
  @ApiProperty({ enum: STAGE_STATES })
  state: StageState;
  @ApiProperty({ enum: STAGE_MODES })
  mode: StageMode;
  @ApiProperty({ type: Number, nullable: true })
  k: number | null;
  /** How many must agree. */
  needed: number;
  @ApiProperty({ enum: STAGE_ORDERS })
  order: StageOrder;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  @ApiProperty({ type: ApprovalTermView, nullable: true })
  term: ApprovalTermView | null;
  documents: ApprovalDemandView[];
  /** Of the newest round. */
  steps: ApprovalStepView[];
  /** Of the rounds before, the oldest first. */
  earlier: ApprovalStepView[];
}

export class ApprovalLimitView {
  value: string;
  @ApiProperty({ enum: ['index', 'money'] })
  in: 'index' | 'money';
  @ApiProperty({ type: String, nullable: true })
  indexId: string | null;
  @ApiProperty({ type: String, nullable: true })
  indexValue: string | null;
  /** Since when that value holds. */
  @ApiProperty({ type: String, nullable: true })
  indexFrom: string | null;
  @ApiProperty(NULLABLE_MONEY)
  money: string | null;
}

export class JudgedRouteView {
  id: string;
  label: string;
  matched: boolean;
  @ApiProperty({ enum: CHOICE_REASONS })
  reason: ChoiceReason;
  @ApiProperty({ type: ApprovalLimitView, nullable: true })
  over: ApprovalLimitView | null;
  @ApiProperty({ type: ApprovalLimitView, nullable: true })
  upTo: ApprovalLimitView | null;
  /** The verdict in words. */
  why: string;
}

export class RouteChoiceView {
  @ApiProperty({ type: ApprovalRef, nullable: true })
  route: ApprovalRef | null;
  @ApiProperty(NULLABLE_MONEY)
  amount: string | null;
  @ApiProperty({ enum: CURRENCIES })
  currency: Currency;
  date: string;
  /** `route`: named by hand. */
  @ApiProperty({ enum: ['kind', 'route'] })
  by: 'kind' | 'route';
  routes: JudgedRouteView[];
}

export class ApprovalReturnView {
  stageIndex: number;
  by: ApprovalPersonView;
  reason: string;
  at: string;
}

export class ApprovalExecutorTaskView {
  id: string;
  @ApiProperty({ enum: ['open', 'done'] })
  state: 'open' | 'done';
  @ApiProperty({ type: String, nullable: true })
  doneAt: string | null;
  comment: string;
}

export class ApprovalExecutorView {
  person: ApprovalPersonView;
  text: string;
  /** Given after the last yes. */
  @ApiProperty({ type: ApprovalExecutorTaskView, nullable: true })
  task: ApprovalExecutorTaskView | null;
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

export class PlannedStageView {
  name: string;
  @ApiProperty({ enum: STAGE_MODES })
  mode: StageMode;
  @ApiProperty({ type: Number, nullable: true })
  k: number | null;
  needed: number;
  @ApiProperty({ enum: STAGE_ORDERS })
  order: StageOrder;
  people: ApprovalPersonView[];
  /** Nobody was found, and it may be left out. */
  skipped: boolean;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  @ApiProperty({ type: ApprovalTermView, nullable: true })
  term: ApprovalTermView | null;
  documents: ApprovalDemandView[];
}

export class PlanProblemView {
  pointer: string;
  code: string;
  message: string;
}

export class ApprovalPlanView {
  choice: RouteChoiceView;
  /** A base is demanded. */
  needsBase: boolean;
  stages: PlannedStageView[];
  copies: ApprovalPersonView[];
  executors: ApprovalExecutorView[];
  problems: PlanProblemView[];
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
