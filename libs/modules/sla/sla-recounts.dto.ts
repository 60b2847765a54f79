import { ApiProperty } from '@nestjs/swagger';
import { Optional } from '@opora/platform/http';
import { IsBoolean } from 'class-validator';
import { SLA_METRICS, type SlaMetric } from './sla-story';
import { ON_CHANGE } from './sla-policy.entity';
import { RECOUNT_STATES, type RecountState } from './sla-recount.entity';
import { SlaNameRef, SlaTicketRef } from './sla-report.dto';

export class StartRecount {
  /** Also clocks that are over are judged anew; otherwise only those that run. */
  @Optional()
  @IsBoolean()
  withClosed?: boolean;
}

export class RecountView {
  id: string;
  @ApiProperty({ type: SlaNameRef, nullable: true })
  policy: SlaNameRef | null;
  @ApiProperty({ enum: RECOUNT_STATES })
  state: RecountState;
  total: number;
  done: number;
  /** Tickets of which an end has moved. */
  moved: number;
  withClosed: boolean;
  @ApiProperty({ type: SlaNameRef, nullable: true })
  startedBy: SlaNameRef | null;
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  finishedAt: string | null;
}

export class ImpactSampleView {
  ticket: SlaTicketRef;
  @ApiProperty({ enum: SLA_METRICS })
  metric: SlaMetric;
  /** The end as it is; null when there is none. */
  @ApiProperty({ type: String, nullable: true })
  before: string | null;
  @ApiProperty({ type: String, nullable: true })
  after: string | null;
}

export class ImpactCountView {
  /** Tickets that were looked at. */
  checked: number;
  /** Tickets of which an end would move. */
  moved: number;
  /** Tickets that would be late at once. */
  breached: number;
  /** Tickets that would be late no more. */
  rescued: number;
  sample: ImpactSampleView[];
}

/** What saving would do at once; what a recount would do instead stands beside it. */
export class ImpactView extends ImpactCountView {
  /** The policy’s own setting, which says what saving does to tickets that have it: with `keep` none of them moves. */
  @ApiProperty({ enum: ON_CHANGE })
  onChange: (typeof ON_CHANGE)[number];
  /** What `POST …/recount` would do to open tickets, were the policy saved like this. */
  recount: ImpactCountView;
}
