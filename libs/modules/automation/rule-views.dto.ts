import { type Condition, ConditionFieldView } from '@opora/modules/fields';
import { ActionLineView, ActionProblemView } from '@opora/modules/macros';
import { ApiProperty } from '@nestjs/swagger';
import {
  ALARM_KINDS,
  type AlarmKind,
  FIRING_OUTCOMES,
  type FiringOutcome,
  WEBHOOK_STATES,
  type WebhookState,
} from './rule.entity';

const ANY = { type: 'object' as const, additionalProperties: true };

export class RuleActionView {
  action: string;
  /** A secret is shown as a row of dots. */
  @ApiProperty(ANY)
  params: Record<string, unknown>;
}

/** Something the order or another rule makes of this one. */
export class RuleFindingView {
  /** The two undo each other: each change of the one starts the other. */
  @ApiProperty({ enum: ['opposed'] })
  kind: 'opposed';
  ruleId: string;
  name: string;
  message: string;
}

export class RuleView {
  id: string;
  /** What people and the history call it by. */
  number: number;
  name: string;
  description: string | null;
  position: number;
  isActive: boolean;
  version: number;
  @ApiProperty(ANY)
  trigger: object;
  @ApiProperty(ANY)
  when: Condition;
  actions: RuleActionView[];
  stopsOthers: boolean;
  /** The next time of a schedule. */
  nextAt: string | null;
  /** Firings of the last 24 hours, and how many of them failed or were stopped. */
  firedLastDay: number;
  failedLastDay: number;
  lastFiredAt: string | null;
  openAlarms: number;
  findings: RuleFindingView[];
  updatedAt: string;
}

export class RulePersonView {
  id: string;
  name: string;
}

export class RuleVersionView {
  version: number;
  note: string | null;
  changedBy: RulePersonView | null;
  createdAt: string;
  name: string;
  isActive: boolean;
  @ApiProperty(ANY)
  trigger: object;
  @ApiProperty(ANY)
  when: Condition;
  actions: RuleActionView[];
  stopsOthers: boolean;
}

export class RuleRefView {
  id: string;
  number: number;
  name: string;
}

export class RuleTicketView {
  id: string;
  number: number;
  subject: string;
}

export class RuleFiringRowView {
  id: string;
  rule: RuleRefView;
  version: number;
  ticket: RuleTicketView;
  /** The event, moment or schedule. */
  event: string;
  depth: number;
  at: string;
  @ApiProperty({ enum: FIRING_OUTCOMES })
  outcome: FiringOutcome;
  /** Why it failed or was stopped. */
  reason: string | null;
}

/** A part of a condition with what was asked and what was found, in words. */
export class RuleConditionLineView {
  /** Where in the condition, such as `/all/0`. */
  pointer: string;
  depth: number;
  @ApiProperty({ enum: ['all', 'any', 'not'], nullable: true })
  joint: 'all' | 'any' | 'not' | null;
  field: string | null;
  label: string | null;
  op: string | null;
  expected: string | null;
  actual: string | null;
  /** Null: it depends on what is not known. */
  @ApiProperty({ type: Boolean, nullable: true })
  holds: boolean | null;
}

export class RuleFiringView extends RuleFiringRowView {
  /** The condition with the values it was judged by. */
  condition: RuleConditionLineView[];
  changes: ActionLineView[];
}

export class RuleTestView {
  /** Null: it depends on the event. */
  @ApiProperty({ type: Boolean, nullable: true })
  matched: boolean | null;
  condition: RuleConditionLineView[];
  /** What the actions would do to this ticket. */
  lines: ActionLineView[];
  /** What would refuse them. */
  problems: ActionProblemView[];
  /** Of a rule of time: when it would look at this ticket; null when never. */
  dueAt: string | null;
}

export class RuleAlarmView {
  id: string;
  @ApiProperty({ enum: ALARM_KINDS })
  kind: AlarmKind;
  rule: RuleRefView;
  ticket: RuleTicketView;
  /** How often it was stopped since. */
  count: number;
  /** Why, in words. */
  message: string;
  /** The rules that called each other, the first first. */
  chain: RuleRefView[];
  raisedAt: string;
  lastAt: string;
  resolvedAt: string | null;
  resolvedBy: RulePersonView | null;
}

export class RuleEventView {
  name: string;
  label: string;
  /** What conditions may ask of the event beside the fields of the ticket. */
  fields: ConditionFieldView[];
}

export class RuleOptionView {
  value: string;
  label: string;
}

export class RuleCalendarView {
  id: string;
  name: string;
}

/** What a rule editor offers. */
export class RuleTriggersView {
  events: RuleEventView[];
  /** Moments of a ticket time may be counted from. */
  moments: RuleOptionView[];
  /** Those that lie ahead: a rule may be told before them. */
  coming: string[];
  /** Fields whose change may be waited for. */
  fields: RuleOptionView[];
  calendars: RuleCalendarView[];
  /** A chain of rules that call each other is stopped after so many. */
  maxDepth: number;
  /** Firings of one rule on one ticket in an hour, and of all rules on it. */
  maxPerHour: number;
  maxPerTicketPerHour: number;
}

export class RuleDeliveryView {
  id: string;
  ticket: RuleTicketView;
  url: string;
  @ApiProperty({ enum: WEBHOOK_STATES })
  state: WebhookState;
  attempts: number;
  body: string;
  @ApiProperty({ type: Number, nullable: true })
  responseStatus: number | null;
  responseBody: string | null;
  error: string | null;
  createdAt: string;
  finishedAt: string | null;
}
