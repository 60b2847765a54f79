import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { ACTION_PARAM_TYPES, ACTION_PLACES, type ActionParamType, type ActionPlace } from './ticket-action';

export class ListTicketActions {
  /** Where the actions are to stand. */
  @ApiProperty({ enum: ACTION_PLACES, enumName: 'ActionPlace' })
  @IsIn(ACTION_PLACES)
  for: ActionPlace;
}

export class ActionOptionView {
  value: string;
  label: string;
}

export class ActionParamView {
  name: string;
  @ApiProperty({ enum: ACTION_PARAM_TYPES, enumName: 'ActionParamType' })
  type: ActionParamType;
  label: string;
  hint: string | null;
  isRequired: boolean;
  /** What may be chosen; null where the value is written or picked by search. */
  @ApiProperty({ type: [ActionOptionView], nullable: true })
  options: ActionOptionView[] | null;
  /** Of numbers and durations the value, of texts the length, of lists the count. */
  min: number | null;
  max: number | null;
}

export class TicketActionView {
  name: string;
  label: string;
  params: ActionParamView[];
}

/** One thing an action changes; moments are RFC 3339. */
export class ActionLineView {
  label: string;
  before: string | null;
  after: string | null;
}

export class ActionProblemView {
  /** Stable code of the refusal. */
  code: string;
  /** In the language of whoever runs it. */
  message: string;
  /** Where in the actions, such as `/actions/0/params/teamId`. */
  @ApiProperty({ type: String, nullable: true })
  pointer: string | null;
  /** Place of the refused action in the list. */
  @ApiProperty({ type: Number, nullable: true })
  action: number | null;
}

export class ActionsPreviewView {
  lines: ActionLineView[];
  problems: ActionProblemView[];
}
