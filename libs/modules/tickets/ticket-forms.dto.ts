import { Optional } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsObject, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { PortalFormValues } from './portal-form.dto';
import { FORM_CHANNELS, type FormChannel } from './ticket-fact-fields';
import { Line } from './ticket-text';
import { NewContactInput, ObserverInput, TicketFields, TicketFileInput } from './tickets.dto';

/** A form as far as it has been filled in. */
export class FormValues extends TicketFields {
  @Optional()
  @Line(0, 300)
  subject?: string;
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => NewContactInput)
  newContact?: NewContactInput;
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ObserverInput)
  observers?: ObserverInput[];
  @IsOptional()
  @IsUUID()
  authorContactId?: string | null;
  /** Why a date is promised by hand. */
  @IsOptional()
  @Line(0, 500)
  reason?: string | null;
  @Optional()
  @IsArray()
  @ArrayMaxSize(300)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TicketFileInput)
  files?: TicketFileInput[];
}

export class AskVerdict {
  /** The ticket being changed; without it a new one is being filled in. */
  @IsOptional()
  @IsUUID()
  ticketId?: string | null;
  /** The status a transition would lead to: the form is judged as in it, and everything the ticket lacks there is a problem. */
  @IsOptional()
  @IsUUID()
  statusId?: string | null;
  /** What has been filled in; of a ticket being changed only the fields it changes. */
  @IsObject()
  @ValidateNested()
  @Type(() => FormValues)
  values: FormValues;
  /** For whom the form is: `portal` shows what a client would be asked. By default whoever asks. */
  @Optional()
  @IsIn(FORM_CHANNELS)
  channel?: FormChannel;
}

export class PortalFormInput extends PortalFormValues {
  @Optional()
  @Line(0, 300)
  subject?: string;
}

export class AskPortalVerdict {
  @IsObject()
  @ValidateNested()
  @Type(() => PortalFormInput)
  values: PortalFormInput;
}

export class FormOptionView {
  value: string;
  label: string;
  /** Chosen already, and not to be chosen anew. */
  isArchived?: boolean;
}

export class FormRuleRef {
  id: string;
  name: string;
}

const ANY_VALUE = { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] };

/** How the form treats one field now. */
export class FormFieldVerdictView {
  /** A built-in field, or `cf.<code>`. */
  name: string;
  label: string;
  hint: string | null;
  /** Type of a custom field; of a built-in one what it is filled in with, such as `reference` or `files`. */
  type: string;
  /** What a reference leads to. */
  reference: string | null;
  isVisible: boolean;
  isRequired: boolean;
  isReadOnly: boolean;
  /** The only values a rule allows; null: any. */
  @ApiProperty({ type: 'array', items: ANY_VALUE, nullable: true } as never)
  allowed: unknown[] | null;
  /** Choices: those in use that a rule allows, and what the ticket has already; null where the field is not chosen from a list. */
  @ApiProperty({ type: () => [FormOptionView], nullable: true })
  options: FormOptionView[] | null;
  /** Limits of a custom field. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  config: Record<string, unknown>;
  /** The rules that decided something about the field. */
  because: FormRuleRef[];
}

export class FormProblemView {
  /** Place in the request that would create or change the ticket. */
  pointer: string;
  code: string;
  message: string;
}

/** What the form asks for, and what would be refused as it is. */
export class FormVerdictView {
  fields: FormFieldVerdictView[];
  problems: FormProblemView[];
}

export class ChangeType {
  @IsUUID()
  typeId: string;
}

export class LostFieldView {
  field: string;
  label: string;
  @ApiProperty({ oneOf: [...ANY_VALUE.oneOf, { type: 'array', items: {} }] } as never)
  value: unknown;
  /** The value as a person reads it. */
  text: string;
}

export class AskedFieldView {
  field: string;
  label: string;
  isRequired: boolean;
  /** Required and without a value: the change is refused until it is given. */
  isMissing: boolean;
}

/** What a change of the type would do to the ticket. */
export class TypePreviewView {
  /** Values the new type's form does not show: they are cleared and stay in the history. */
  lost: LostFieldView[];
  /** What the new type's form asks for. */
  asked: AskedFieldView[];
}
