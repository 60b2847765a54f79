import type { Condition } from '@opora/modules/fields';
import { STATUS_CATEGORIES, type StatusCategory } from '@opora/modules/tickets';
import { ApiProperty } from '@nestjs/swagger';
import { EscalationInput, WarningInput } from './sla-policies.dto';
import { FINDING_KINDS } from './sla-policy-check';
import {
  OBJECT_CALENDAR_MODES,
  ON_CALENDAR_CHANGE,
  ON_CHANGE,
  type PolicyMetric,
  type PolicyOnChange,
  type SlaEscalation,
} from './sla-policy.entity';
import { type Reaction, REACTIONS, SLA_METRICS, type SlaMetric } from './sla-story';

export class PolicyRefView {
  /** Null: the one that is being checked and is not saved yet. */
  @ApiProperty({ type: String, nullable: true })
  id: string | null;
  name: string;
}

export class PolicyFindingView {
  /** `unreachable`: earlier policies take everything. `overlap`: both may fit one ticket, the order decides. */
  @ApiProperty({ enum: FINDING_KINDS })
  kind: (typeof FINDING_KINDS)[number];
  policy: PolicyRefView;
  others: PolicyRefView[];
  message: string;
}

export class PolicyCheckView {
  findings: PolicyFindingView[];
}

export class MetricView implements PolicyMetric {
  @ApiProperty({ enum: SLA_METRICS })
  metric: SlaMetric;
  seconds: number;
  @ApiProperty({ type: String, nullable: true })
  calendarId: string | null;
  @ApiProperty({ enum: STATUS_CATEGORIES, isArray: true })
  pauseCategories: StatusCategory[];
  pauseStatusIds: string[];
  pausesWhenPutAside: boolean;
  statusIds: string[];
  @ApiProperty({ enum: REACTIONS })
  reactionOn: Reaction;
  @ApiProperty({ type: [WarningInput] })
  warnings: PolicyMetric['warnings'];
  @ApiProperty({ type: [EscalationInput] })
  escalateTo: SlaEscalation[];
}

export class OnChangeView implements PolicyOnChange {
  @ApiProperty({ enum: ON_CHANGE })
  type: PolicyOnChange['type'];
  @ApiProperty({ enum: ON_CHANGE })
  priority: PolicyOnChange['priority'];
  @ApiProperty({ enum: ON_CHANGE })
  client: PolicyOnChange['client'];
  @ApiProperty({ enum: ON_CHANGE })
  policy: PolicyOnChange['policy'];
  @ApiProperty({ enum: ON_CALENDAR_CHANGE })
  calendar: PolicyOnChange['calendar'];
}

export class PolicyView {
  id: string;
  name: string;
  /** The first is 1. */
  position: number;
  isActive: boolean;
  @ApiProperty({ type: 'object', additionalProperties: true })
  when: Condition;
  calendar: PolicyRefView;
  @ApiProperty({ enum: OBJECT_CALENDAR_MODES })
  objectCalendarMode: (typeof OBJECT_CALENDAR_MODES)[number];
  metrics: MetricView[];
  onChange: OnChangeView;
  /** What the order does to it, and what it does to others by standing before them. */
  findings: PolicyFindingView[];
  version: number;
  updatedAt: string;
}
