import { ApiProperty } from '@nestjs/swagger';
import { Optional } from '@opora/platform/http';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import type { Condition } from './condition';
import { ConditionInput, ConditionFieldView } from './conditions.dto';
import { FIELD_SUBJECTS, type FieldSubject } from './custom-field.entity';
import { OneLine } from './fields-text';
import type { FormRule } from './form-rule.entity';
import { type Effect, type EffectKind, EFFECTS } from './form-rules';

export class FormEffectInput implements Effect {
  /** A field of the form: built in, or `cf.<code>`. */
  @ApiProperty({ example: 'cf.reason' })
  @IsString()
  @Length(1, 80)
  field: string;

  @IsIn(EFFECTS)
  effect: EffectKind;

  /** With `allow`: the values the field may take, 1 to 200. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @ApiProperty({ required: false, type: 'array', items: {} })
  values?: unknown[];
}

export class FormRuleFields {
  /** Off: the rule is kept and says nothing. */
  @Optional()
  @IsBoolean()
  isActive?: boolean;
}

export class CreateFormRule extends FormRuleFields {
  @OneLine(1, 200)
  name: string;

  @Optional()
  @IsIn(FIELD_SUBJECTS)
  subject?: FieldSubject;

  @ConditionInput()
  when: Condition;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => FormEffectInput)
  effects: FormEffectInput[];
}

export class UpdateFormRule extends FormRuleFields {
  @Optional()
  @OneLine(1, 200)
  name?: string;

  @Optional()
  @ConditionInput()
  when?: Condition;

  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => FormEffectInput)
  effects?: FormEffectInput[];
}

export class ListFormRules {
  /** Tickets without it. */
  @IsOptional()
  @IsIn(FIELD_SUBJECTS)
  subject?: FieldSubject;
}

export class OrderFormRules {
  @IsIn(FIELD_SUBJECTS)
  subject: FieldSubject;

  /** Every rule of the subject, in the order wanted: a later rule outranks an earlier one. */
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids: string[];
}

export class FormEffectView {
  field: string;
  @ApiProperty({ enum: EFFECTS })
  effect: EffectKind;
  @ApiProperty({ required: false, type: 'array', items: {} })
  values?: unknown[];
}

export class FormRuleView {
  id: string;
  name: string;
  @ApiProperty({ enum: FIELD_SUBJECTS })
  subject: FieldSubject;
  position: number;
  isActive: boolean;
  @ApiProperty({ type: 'object', additionalProperties: true })
  when: Condition;
  effects: FormEffectView[];
  version: number;
  createdAt: string;
  updatedAt: string;
}

/** A field a form may show. */
export class FormFieldView extends ConditionFieldView {
  /** Computed: it can be shown and hidden, nothing else. */
  isComputed?: boolean;
}

export const toFormRuleView = (rule: FormRule): FormRuleView => ({
  id: rule.id,
  name: rule.name,
  subject: rule.subject,
  position: rule.position,
  isActive: rule.isActive,
  when: rule.when,
  effects: rule.effects,
  version: rule.version,
  createdAt: rule.createdAt.toISOString(),
  updatedAt: rule.updatedAt.toISOString(),
});
