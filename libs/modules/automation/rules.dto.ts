import { type Condition, ConditionInput } from '@opora/modules/fields';
import { Optional, Trimmed } from '@opora/platform/http';
import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

const ANY = { type: 'object' as const, additionalProperties: true };
const TRIGGER = {
  ...ANY,
  description:
    '`{kind: "event", event, fields?}`, `{kind: "after", moment, seconds, calendarId?}` or `{kind: "schedule", rrule, startsOn, time, timeZone}`.',
  example: { kind: 'event', event: 'ticket.created' },
};
/** One line without control characters. */
const ONE_LINE = /^[^\p{Cc}]*$/u;

export class RuleActionInput {
  /** A name of `GET /ticket-actions?for=rule`. */
  @ApiProperty({ example: 'set_priority' })
  @IsString()
  @Length(1, 60)
  action: string;

  @ApiProperty({ ...ANY, example: {} })
  @IsObject()
  params: Record<string, unknown>;
}

export class RuleParts {
  /** What makes the rule look at a ticket. */
  @ApiProperty(TRIGGER)
  @IsObject()
  trigger: Record<string, unknown>;

  @ConditionInput()
  when: Condition;

  /** One after the other; if one is refused, none has happened. */
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RuleActionInput)
  actions: RuleActionInput[];
}

export class CreateRule extends RuleParts {
  @ApiProperty({ example: 'Срочные заявки — второй линии' })
  @Trimmed()
  @IsString()
  @Length(1, 200)
  @Matches(ONE_LINE)
  name: string;

  /** What it is for; empty for nothing. */
  @Optional()
  @IsString()
  @MaxLength(2000)
  description?: string;

  @Optional()
  @IsBoolean()
  isActive?: boolean;

  /** After this rule has fired, no later one is asked about the same event. */
  @Optional()
  @IsBoolean()
  stopsOthers?: boolean;

  /** Why this version was made; kept with it. */
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  note?: string;
}

/** What is left out stays; a secret that is left out stays as long as the address does. */
export class UpdateRule extends PartialType(CreateRule, { skipNullProperties: false }) {}

export class OrderRules {
  /** Every rule, in the order wanted. */
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids: string[];
}

export class RuleVersionParam {
  @IsUUID()
  id: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  version: number;
}

export class TestRule {
  @IsObject()
  @ValidateNested()
  @Type(() => RuleParts)
  rule: RuleParts;

  /** Id or number. */
  @IsString()
  @Matches(/^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{1,15})$/)
  ticketId: string;

  /** Values of the event the rule is tried with, such as `event.by`; what is left out counts as unknown. */
  @Optional()
  @ApiPropertyOptional(ANY)
  @IsObject()
  event?: Record<string, unknown>;
}
