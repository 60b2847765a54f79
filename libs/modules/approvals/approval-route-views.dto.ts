import { ApiProperty } from '@nestjs/swagger';
import { STAGE_MODES, STAGE_ORDERS, type StageMode, type StageOrder } from './approval-flow';
import { DELEGATIONS, type Delegation, TERM_TIMES, type TermTime } from './approval-terms';
import { ApprovalRef } from './approval-refs.dto';
import {
  APPROVER_SOURCES,
  type ApproverSource,
  DOCUMENT_GIVERS,
  type DocumentGiver,
  IF_NOBODY,
} from './route-definition';

export class ApprovalNameView {
  ru: string;
  en: string;
}

export class ThresholdView {
  value: string;
  @ApiProperty({ enum: ['index', 'money'] })
  in: 'index' | 'money';
  @ApiProperty({ type: String, nullable: true })
  indexId: string | null;
}

export class ApproverView {
  @ApiProperty({ enum: APPROVER_SOURCES })
  by: ApproverSource;
  @ApiProperty({ type: String, nullable: true })
  employeeId: string | null;
  @ApiProperty({ type: String, nullable: true })
  roleId: string | null;
  @ApiProperty({ type: String, nullable: true })
  teamId: string | null;
  @ApiProperty({ type: Number, nullable: true })
  levels: number | null;
  @ApiProperty({ type: String, nullable: true })
  upToRoleId: string | null;
  /** Who it is, in words. */
  label: string;
}

export class StageTermView {
  seconds: number;
  @ApiProperty({ enum: TERM_TIMES })
  time: TermTime;
  @ApiProperty({ type: String, nullable: true })
  calendarId: string | null;
}

export class StageEscalationView {
  afterSeconds: number;
  to: ApproverView;
}

export class StageDocumentView {
  kindId: string;
  @ApiProperty({ enum: DOCUMENT_GIVERS })
  by: DocumentGiver;
}

export class RouteStageView {
  id: string;
  name: ApprovalNameView;
  @ApiProperty({ enum: STAGE_MODES })
  mode: StageMode;
  @ApiProperty({ type: Number, nullable: true })
  k: number | null;
  @ApiProperty({ enum: STAGE_ORDERS })
  order: StageOrder;
  approvers: ApproverView[];
  @ApiProperty({ type: StageTermView, nullable: true })
  term: StageTermView | null;
  remindBefore: number[];
  @ApiProperty({ type: StageEscalationView, nullable: true })
  escalate: StageEscalationView | null;
  @ApiProperty({ enum: DELEGATIONS })
  delegate: Delegation;
  documents: StageDocumentView[];
  @ApiProperty({ enum: IF_NOBODY })
  ifNobody: (typeof IF_NOBODY)[number];
  allowsReturn: boolean;
}

export class RouteExecutorView {
  who: ApproverView;
  text: ApprovalNameView;
}

export class RouteDefinitionView {
  stages: RouteStageView[];
  copies: ApproverView[];
  executors: RouteExecutorView[];
  mergesRepeated: boolean;
  @ApiProperty({ enum: ['start', 'stage'] })
  returnsTo: 'start' | 'stage';
  needsBase: boolean;
}

export class ApprovalRouteView {
  id: string;
  /** Of a shipped route. */
  @ApiProperty({ type: String, nullable: true })
  code: string | null;
  name: ApprovalNameView;
  label: string;
  kind: ApprovalRef;
  isActive: boolean;
  position: number;
  version: number;
  @ApiProperty({ type: ThresholdView, nullable: true })
  over: ThresholdView | null;
  @ApiProperty({ type: ThresholdView, nullable: true })
  upTo: ThresholdView | null;
  definition: RouteDefinitionView;
  @ApiProperty({ type: String, nullable: true })
  archivedAt: string | null;
  updatedAt: string;
}

export class RouteSaverRef {
  id: string;
  name: string;
}

export class ApprovalRouteVersionView {
  version: number;
  savedAt: string;
  @ApiProperty({ type: RouteSaverRef, nullable: true })
  savedBy: RouteSaverRef | null;
  name: ApprovalNameView;
  @ApiProperty({ type: ThresholdView, nullable: true })
  over: ThresholdView | null;
  @ApiProperty({ type: ThresholdView, nullable: true })
  upTo: ThresholdView | null;
  definition: RouteDefinitionView;
}
