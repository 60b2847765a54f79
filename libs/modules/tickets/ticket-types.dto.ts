import type { Ctx } from '@opora/platform/context';
import { Optional } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsUUID,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { type Priority } from './process.entity';
import { LocalTextView } from './process-views.dto';
import { LocalTextInput } from './processes.dto';
import {
  type CloseRules,
  FORM_FIELDS,
  type FormField,
  type FormFieldName,
  isFormField,
  MAX_FORM_FIELDS,
  type TicketType,
} from './ticket-type.entity';
import { Code, TINTS } from './ticket-text';

export class PortalFieldInput {
  @IsBoolean()
  isAsked: boolean;
  @IsBoolean()
  isRequired: boolean;
}

const IsFormField = (): PropertyDecorator =>
  ValidateBy({
    name: 'isIn',
    validator: {
      validate: isFormField,
      defaultMessage: () => `field must be one of: ${FORM_FIELDS.join(', ')}, cf.<code>`,
    },
  });

export class FormFieldInput implements FormField {
  /** A built-in field, or `cf.<code>`. */
  @IsFormField()
  @ApiProperty({ type: String, example: 'cf.serial' })
  field: FormFieldName;
  @IsBoolean()
  isAsked: boolean;
  @IsBoolean()
  isRequired: boolean;
  /** How the client's form treats the field. */
  @IsObject()
  @ValidateNested()
  @Type(() => PortalFieldInput)
  portal: PortalFieldInput;
}

export class CloseRulesInput implements CloseRules {
  /** It cannot be done or closed while a ticket below it is open. */
  @IsBoolean()
  blockCloseWhileChildrenOpen: boolean;
  /** It closes by itself with the last of its children. */
  @IsBoolean()
  closeWhenAllChildrenClosed: boolean;
  /** Its children close with it. */
  @IsBoolean()
  closeChildrenWithParent: boolean;
}

export class TypeFields {
  /** Work of the house itself: no client ever sees such a ticket. */
  @Optional()
  @IsBoolean()
  isInner?: boolean;
  /** Clients may file such tickets. */
  @Optional()
  @IsBoolean()
  availableForClient?: boolean;
  /** Tickets without a type get this one; the one before steps back. */
  @Optional()
  @IsIn([true])
  isDefault?: true;
  @Optional()
  @IsUUID()
  processId?: string;
  /** The fields asked for, in their order. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_FORM_FIELDS)
  @ArrayUnique(({ field }: FormField) => field)
  @IsObject({ each: true })
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => FormFieldInput)
  form?: FormFieldInput[];
  /** What its end means for the tickets below and above. */
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => CloseRulesInput)
  closeRules?: CloseRulesInput;
  @Optional()
  @IsInt()
  @Min(0)
  @Max(1000)
  position?: number;
}

export class CreateTicketType extends TypeFields {
  @Code()
  code: string;
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name: LocalTextInput;
}

export class UpdateTicketType extends TypeFields {
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name?: LocalTextInput;
  @Optional()
  @IsBoolean()
  isArchived?: boolean;
}

export class CreatePriority {
  @Code()
  code: string;
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name: LocalTextInput;
  @IsIn(TINTS)
  color: string;
  /** Order of urgency: the greater, the more urgent. */
  @Optional()
  @IsInt()
  @Min(0)
  @Max(1000)
  position?: number;
}

export class UpdatePriority {
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name?: LocalTextInput;
  @Optional()
  @IsIn(TINTS)
  color?: string;
  @Optional()
  @IsInt()
  @Min(0)
  @Max(1000)
  position?: number;
  /** Tickets without a priority get this one; the one before steps back. */
  @Optional()
  @IsIn([true])
  isDefault?: true;
  @Optional()
  @IsBoolean()
  isArchived?: boolean;
}

export class PortalFieldView {
  isAsked: boolean;
  isRequired: boolean;
}

export class TypeFormFieldView {
  @ApiProperty({ type: String })
  field: FormFieldName;
  isAsked: boolean;
  isRequired: boolean;
  portal: PortalFieldView;
}

export class CloseRulesView {
  blockCloseWhileChildrenOpen: boolean;
  closeWhenAllChildrenClosed: boolean;
  closeChildrenWithParent: boolean;
}

export class TicketTypeView {
  id: string;
  code: string;
  /** In the request's language. */
  label: string;
  name: LocalTextView;
  isInner: boolean;
  availableForClient: boolean;
  isDefault: boolean;
  processId: string;
  form: TypeFormFieldView[];
  closeRules: CloseRulesView;
  position: number;
  archivedAt: string | null;
}

export class PriorityView {
  id: string;
  code: string;
  label: string;
  name: LocalTextView;
  color: string;
  position: number;
  isDefault: boolean;
  archivedAt: string | null;
}

export const toTicketTypeView = (ctx: Ctx, type: TicketType): TicketTypeView => ({
  id: type.id,
  code: type.code,
  label: type.name[ctx.locale],
  name: type.name,
  isInner: type.isInner,
  availableForClient: type.availableForClient,
  isDefault: type.isDefault,
  processId: type.processId,
  form: type.form,
  closeRules: {
    blockCloseWhileChildrenOpen: type.closeRules.blockCloseWhileChildrenOpen ?? false,
    closeWhenAllChildrenClosed: type.closeRules.closeWhenAllChildrenClosed ?? false,
    closeChildrenWithParent: type.closeRules.closeChildrenWithParent ?? false,
  },
  position: type.position,
  archivedAt: type.archivedAt?.toISOString() ?? null,
});

export const toPriorityView = (ctx: Ctx, priority: Priority): PriorityView => ({
  id: priority.id,
  code: priority.code,
  label: priority.name[ctx.locale],
  name: priority.name,
  color: priority.color,
  position: priority.position,
  isDefault: priority.isDefault,
  archivedAt: priority.archivedAt?.toISOString() ?? null,
});
