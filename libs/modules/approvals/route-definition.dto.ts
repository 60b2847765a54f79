import { OneLine, Nested } from '@opora/modules/fields';
import { Optional } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsUUID,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { STAGE_MODES, STAGE_ORDERS, type StageMode, type StageOrder } from './approval-flow';
import { DELEGATIONS, type Delegation, TERM_TIMES, type TermTime } from './approval-terms';
import { OPTIONAL_UUID, OPTIONAL_NUMBER, Given } from './approval-text';
import {
  APPROVER_SOURCES,
  type Approver,
  type ApproverSource,
  DOCUMENT_GIVERS,
  type DocumentGiver,
  IF_NOBODY,
  type LocalText,
} from './route-definition';

const YEAR = 366 * 86_400;

export class ApprovalNameInput implements LocalText {
  @OneLine(1, 200)
  ru: string;
  @OneLine(1, 200)
  en: string;
}

export class ApproverInput implements Approver {
  @ApiProperty({ enum: APPROVER_SOURCES })
  @IsIn(APPROVER_SOURCES)
  by: ApproverSource;
  @ApiProperty(OPTIONAL_UUID)
  @IsOptional()
  @IsUUID()
  employeeId?: string | null;
  /** Every holder of the role. */
  @ApiProperty(OPTIONAL_UUID)
  @IsOptional()
  @IsUUID()
  roleId?: string | null;
  /** Null: the team of the ticket, else that of the initiator. */
  @ApiProperty(OPTIONAL_UUID)
  @IsOptional()
  @IsUUID()
  teamId?: string | null;
  /** So many managers above the initiator, the nearest first. */
  @ApiProperty(OPTIONAL_NUMBER)
  @Given()
  @IsInt()
  @Min(1)
  @Max(10)
  levels?: number | null;
  /** … or up to a holder of this role, inclusive. */
  @ApiProperty(OPTIONAL_UUID)
  @IsOptional()
  @IsUUID()
  upToRoleId?: string | null;
}

export class StageTermInput {
  @ApiProperty({ example: 86_400 })
  @IsInt()
  @Min(60)
  @Max(YEAR)
  seconds: number;
  /** Real hours, or those of a calendar. */
  @ApiProperty({ enum: TERM_TIMES })
  @IsIn(TERM_TIMES)
  time: TermTime;
  @ApiProperty(OPTIONAL_UUID)
  @IsOptional()
  @IsUUID()
  calendarId: string | null = null;
}

export class StageEscalationInput {
  /** After the end of the term; 0: at the end. */
  @IsInt()
  @Min(0)
  @Max(YEAR)
  afterSeconds: number;
  @Nested(ApproverInput)
  to: ApproverInput;
}

export class StageDocumentInput {
  @IsUUID()
  kindId: string;
  @ApiProperty({ enum: DOCUMENT_GIVERS })
  @IsIn(DOCUMENT_GIVERS)
  by: DocumentGiver;
}

export class ApprovalStageInput {
  /** Made here where it is left out. */
  @Optional()
  @IsUUID()
  id?: string;
  @Nested(ApprovalNameInput)
  name: ApprovalNameInput;
  @ApiProperty({ enum: STAGE_MODES })
  @IsIn(STAGE_MODES)
  mode: StageMode;
  /** How many must agree, with `k_of_n`. */
  @ApiProperty(OPTIONAL_NUMBER)
  @Given()
  @IsInt()
  @Min(1)
  @Max(50)
  k?: number | null;
  @ApiProperty({ enum: STAGE_ORDERS, required: false, default: 'parallel' })
  @Optional()
  @IsIn(STAGE_ORDERS)
  order: StageOrder = 'parallel';
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ApproverInput)
  approvers: ApproverInput[];
  @ApiProperty({ type: StageTermInput, required: false, nullable: true })
  @Given()
  @Nested(StageTermInput)
  term?: StageTermInput | null;
  /** Seconds before the end of the term, counted as it is. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(60, { each: true })
  @Max(YEAR, { each: true })
  remindBefore?: number[];
  @ApiProperty({ type: StageEscalationInput, required: false, nullable: true })
  @Given()
  @Nested(StageEscalationInput)
  escalate?: StageEscalationInput | null;
  /** When a step goes over to a substitute or a manager by itself. */
  @ApiProperty({ enum: DELEGATIONS, required: false, default: 'none' })
  @Optional()
  @IsIn(DELEGATIONS)
  delegate: Delegation = 'none';
  /** Kinds of documents without which nobody can say yes here. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique(({ kindId }: StageDocumentInput) => kindId)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => StageDocumentInput)
  documents?: StageDocumentInput[];
  /** What happens at the start where the stage finds nobody. */
  @ApiProperty({ enum: IF_NOBODY, required: false, default: 'refuse' })
  @Optional()
  @IsIn(IF_NOBODY)
  ifNobody: (typeof IF_NOBODY)[number] = 'refuse';
  @Optional()
  @IsBoolean()
  allowsReturn: boolean = true;
}

export class ExecutorInput {
  @Nested(ApproverInput)
  who: ApproverInput;
  /** What is to be done after the last yes. */
  @Nested(ApprovalNameInput)
  text: ApprovalNameInput;
}

export class RouteDefinitionInput {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ApprovalStageInput)
  stages: ApprovalStageInput[];
  /** Who reads along from the beginning. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ApproverInput)
  copies?: ApproverInput[];
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ExecutorInput)
  executors?: ExecutorInput[];
  /** Whoever has said yes is not asked again in a later stage. */
  @Optional()
  @IsBoolean()
  mergesRepeated: boolean = false;
  /** Where a returned request goes on. */
  @ApiProperty({ enum: ['start', 'stage'], required: false, default: 'stage' })
  @Optional()
  @IsIn(['start', 'stage'])
  returnsTo: 'start' | 'stage' = 'stage';
  /** A request must stand on an approved one. */
  @Optional()
  @IsBoolean()
  needsBase: boolean = false;
}
