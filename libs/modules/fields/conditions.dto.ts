import { ApiProperty } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { IsIn, IsObject } from 'class-validator';
import { FIELD_TYPES, type ConditionFieldType, type Op, OPERATORS } from './condition';
import { FIELD_SUBJECTS, type FieldSubject } from './custom-field.entity';

/** A condition in a body: an object here, its parts are checked by the service against the catalogue. */
export const ConditionInput = () =>
  applyDecorators(
    ApiProperty({
      type: 'object',
      additionalProperties: true,
      description:
        '`{all: […]}`, `{any: […]}`, `{not: …}` or a clause `{field, op, value}`; `{all: []}` is always true.',
      example: { all: [{ field: 'priorityCode', op: 'in', value: ['high', 'critical'] }] },
    }),
    IsObject(),
  );

export class ConditionFieldsQuery {
  @IsIn(FIELD_SUBJECTS)
  subject: FieldSubject;
}

export class ConditionOptionView {
  value: string;
  label: string;
}

/** A field a condition may ask about. */
export class ConditionFieldView {
  name: string;
  /** In the request's language. */
  label: string;
  @ApiProperty({ enum: FIELD_TYPES })
  type: ConditionFieldType;
  /** What a reference leads to: company, contact, object, employee, ticket. Picked by search. */
  reference?: string;
  /** The field holds several values; `is` and `in` ask for one of them. */
  isList?: boolean;
  options?: ConditionOptionView[];
  @ApiProperty({ enum: OPERATORS, isArray: true })
  ops: Op[];
}
