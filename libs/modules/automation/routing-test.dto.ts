import { FormValues, TICKET_SOURCES, type TicketSource } from '@opora/modules/tickets';
import { IsMoment, Optional } from '@opora/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { RoutingRef } from './routing-rows.dto';
import { RuleConditionLineView } from './rule-views.dto';

/** A ticket as it would be registered. */
export class RoutingTestValues extends FormValues {
  @ApiPropertyOptional({ enum: TICKET_SOURCES })
  @Optional()
  @IsIn(TICKET_SOURCES)
  source?: TicketSource;
}

export class RoutingTest {
  /** A ticket you see: tried as if it came in anew. Without it: `values`. */
  @IsOptional()
  @IsUUID()
  ticketId?: string | null;

  @ApiPropertyOptional({ type: () => RoutingTestValues })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => RoutingTestValues)
  values?: RoutingTestValues;

  /** When it comes in; now when left out. */
  @Optional()
  @IsMoment()
  at?: string;
}

export const ROUTING_STATES = ['chosen', 'fits', 'fails', 'nobody', 'off', 'broken'] as const;
export type RoutingState = (typeof ROUTING_STATES)[number];

/** One step: a level of the client, then each row of the table. */
export class RoutingStepView {
  @ApiProperty({ enum: ['responsible', 'row'] })
  kind: 'responsible' | 'row';
  /** Of the object or company, or of the row. */
  id: string;
  name: string;
  /** What names a responsible. */
  @ApiProperty({ enum: ['object', 'company'], nullable: true, type: String })
  level: 'object' | 'company' | null;
  /** chosen: it decided; fits: it would have, later in the order; fails; nobody: it names nobody, or nobody is there; off; broken. */
  @ApiProperty({ enum: ROUTING_STATES })
  state: RoutingState;
  team: RoutingRef | null;
  assignee: RoutingRef | null;
  /** Those who would have got it, had they been there. */
  absent: string[];
  /** In words why it does not decide, or why it does. */
  words: string[];
  /** The condition of a row line by line, with what the ticket answers. */
  lines: RuleConditionLineView[];
}

export class RoutingResultView {
  team: RoutingRef | null;
  assignee: RoutingRef | null;
  @ApiProperty({ enum: ['responsible', 'row', 'none'] })
  by: 'responsible' | 'row' | 'none';
  /** Of what decided; empty when nothing did. */
  name: string;
  absent: string[];
}

export class RoutingTestView {
  /** The moment it was tried for. */
  at: string;
  result: RoutingResultView;
  steps: RoutingStepView[];
}
