import { ApiProperty } from '@nestjs/swagger';
import { IdParam, Optional } from '@opora/platform/http';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
  registerDecorator,
  ValidateNested,
} from 'class-validator';
import type { OwnDefinition } from './process-definition';
import { LocalTextInput } from './processes.dto';
import { STATUS_CATEGORIES, type StatusCategory } from './ticket-status';
import { Code, Line, TINTS } from './ticket-text';
import type { GuardParams } from './transition-guards';

/** Ids are compared with those of the database. */
const LowerCase = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => {
    const lower = (given: unknown): unknown => (typeof given === 'string' ? given.toLowerCase() : given);
    return Array.isArray(value) ? value.map(lower) : lower(value);
  });

const isParam = (value: unknown): boolean =>
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && value.length <= 100);

/** A flat object of short values, checked by `fits`. */
const Pairs =
  (name: string, fits: (key: string, value: unknown) => boolean, most: number): PropertyDecorator =>
  (target, propertyKey) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyKey),
      validator: {
        validate: (value: unknown) =>
          typeof value === 'object' &&
          value !== null &&
          !Array.isArray(value) &&
          Object.keys(value).length <= most &&
          Object.entries(value).every(([key, part]) => fits(key, part)),
      },
    });

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export class GuardInput {
  @IsString()
  @Length(1, 50)
  name: string;
  /** Settings of the guard; what is left out has its default. */
  @Optional()
  @Pairs('guardParams', (key, value) => key.length <= 50 && isParam(value), 20)
  @ApiProperty({ type: 'object', additionalProperties: true, selfRequired: false, example: { minutes: 15 } })
  params?: GuardParams;
}

export class StatusInput {
  /** Made by the editor for a new status; it stays for good. */
  @LowerCase()
  @IsUUID()
  id: string;
  @Code()
  code: string;
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name: LocalTextInput;
  /** What the client reads; the name without it. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  clientName?: LocalTextInput | null;
  @IsIn(TINTS)
  color: string;
  @IsIn(STATUS_CATEGORIES)
  category: StatusCategory;
  @IsInt()
  @Min(0)
  @Max(10_000)
  position: number;
  /** The ticket counts as finished. */
  @Optional()
  @IsBoolean()
  isFinal?: boolean;
  @IsOptional()
  @IsInt()
  @Min(-100_000)
  @Max(100_000)
  x?: number | null;
  @IsOptional()
  @IsInt()
  @Min(-100_000)
  @Max(100_000)
  y?: number | null;
}

export class TransitionInput {
  @LowerCase()
  @IsUUID()
  id: string;
  @LowerCase()
  @IsUUID()
  fromId: string;
  @LowerCase()
  @IsUUID()
  toId: string;
  /** The button's text; null shows the status's name. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name?: LocalTextInput | null;
  /** Only for these types; null means all. */
  @IsOptional()
  @LowerCase()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  typeIds?: string[] | null;
  /** Only for these roles, by preset code or id; null means all. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  roleCodes?: string[] | null;
  @Optional()
  @IsBoolean()
  requiresComment?: boolean;
  /** The client may use it on the portal. */
  @Optional()
  @IsBoolean()
  availableForClient?: boolean;
  @IsInt()
  @Min(0)
  @Max(10_000)
  position: number;
  /** What must be done before; `GET /transition-guards` lists what there is. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => GuardInput)
  guards?: GuardInput[];
}

/** What a process says itself: of a variant only what it hides and adds. */
export class ProcessDraftInput {
  @IsObject()
  @ValidateNested()
  @Type(() => LocalTextInput)
  name: LocalTextInput;
  /** The status a ticket begins with; null in a variant that begins where its base does. */
  @IsOptional()
  @LowerCase()
  @IsUUID()
  initialStatusId?: string | null;
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique(({ id }: StatusInput) => id)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => StatusInput)
  statuses: StatusInput[];
  @IsArray()
  @ArrayMaxSize(1000)
  @ArrayUnique(({ id }: TransitionInput) => id)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TransitionInput)
  transitions: TransitionInput[];
  /** Statuses of the base the variant does without. */
  @Optional()
  @LowerCase()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  hiddenStatusIds?: string[];
  /** Transitions of the base the variant does without. */
  @Optional()
  @LowerCase()
  @IsArray()
  @ArrayMaxSize(1000)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  hiddenTransitionIds?: string[];
}

export class CheckProcess {
  /** Without it, the draft; without a draft, what is in force. */
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => ProcessDraftInput)
  definition?: ProcessDraftInput;
}

export class PublishProcess {
  /** What was changed and why; kept with the version. */
  @IsOptional()
  @Line(0, 500)
  note?: string | null;
  /** Where tickets go from statuses that go away: status to status. */
  @Optional()
  @Pairs('moves', (key, value) => UUID.test(key) && typeof value === 'string' && UUID.test(value), 200)
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, selfRequired: false })
  moves?: Record<string, string>;
}

export class ProcessVersionParam extends IdParam {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  number: number;
}

export const toOwnDefinition = (input: ProcessDraftInput): OwnDefinition => ({
  name: textOf(input.name),
  initialStatusId: input.initialStatusId ?? null,
  statuses: input.statuses.map((status) => ({
    id: status.id,
    code: status.code,
    name: textOf(status.name),
    clientName: textOf(status.clientName ?? status.name),
    color: status.color,
    category: status.category,
    position: status.position,
    isFinal: status.isFinal ?? false,
    x: status.x ?? null,
    y: status.y ?? null,
  })),
  transitions: input.transitions.map((transition) => ({
    id: transition.id,
    fromId: transition.fromId,
    toId: transition.toId,
    name: transition.name ? textOf(transition.name) : null,
    typeIds: transition.typeIds ?? null,
    roleCodes: transition.roleCodes ?? null,
    requiresComment: transition.requiresComment ?? false,
    availableForClient: transition.availableForClient ?? false,
    position: transition.position,
    guards: (transition.guards ?? []).map(({ name, params = {} }) => ({ name, params })),
  })),
  hiddenStatusIds: input.hiddenStatusIds ?? [],
  hiddenTransitionIds: input.hiddenTransitionIds ?? [],
});

const textOf = ({ ru, en }: LocalTextInput) => ({ ru, en });
