import { ApiProperty } from '@nestjs/swagger';
import { ApprovalPersonView, ApprovalRef } from './approval-refs.dto';
import { PlannedStageView } from './approval-stages.dto';
import { NULLABLE_MONEY } from './approval-text';
import { CHOICE_REASONS, type ChoiceReason, CURRENCIES, type Currency } from './route-choice';

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
