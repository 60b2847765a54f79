import { CreateTicket } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Flag, Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { ApiProperty, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { KEEP_SCOPES, type KeepScope, mayKeep } from './scope';
import { ScopeInput, StoredProblemView } from './scope.dto';
import type { TicketTemplate } from './ticket-template.entity';

/** Fields a new ticket may begin with. */
export class TicketTemplateValues extends PartialType(
  PickType(CreateTicket, [
    'subject',
    'description',
    'typeId',
    'priorityId',
    'companyId',
    'contactId',
    'objectId',
    'assigneeId',
    'teamId',
    'coExecutorIds',
    'observers',
    'plannedSeconds',
    'impact',
    'urgency',
    'customFields',
  ] as const),
) {}

export class CreateTicketTemplate extends ScopeInput {
  @ApiProperty({ example: 'Замена фискального накопителя' })
  @Trimmed()
  @IsString()
  @Length(1, 120)
  name: string;

  /** When to use it. */
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  description?: string;

  /** Fields as `POST /tickets` takes them. */
  @IsObject()
  @ValidateNested()
  @Type(() => TicketTemplateValues)
  values: TicketTemplateValues;

  /** Checklists put on the ticket with it. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(5)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  checklistTemplateIds?: string[];
}

export class UpdateTicketTemplate extends PartialType(CreateTicketTemplate) {}

/** A template of what a ticket already has. */
export class CopyTicketTemplate extends ScopeInput {
  @ApiProperty({ example: '1042' })
  @Matches(/^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{1,15})$/)
  ticketId: string;

  @Trimmed()
  @IsString()
  @Length(1, 120)
  name: string;

  /** Takes the company, the contact and the service object, too. */
  @ApiProperty({ required: false, default: false })
  @Optional()
  @Flag()
  @IsBoolean()
  withClient?: boolean;
}

export class ListTicketTemplates extends PageQuery {
  /** Words of the name. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}

export class TicketTemplateView {
  id: string;
  name: string;
  description: string;
  @ApiProperty({ enum: KEEP_SCOPES, enumName: 'KeepScope' })
  scope: KeepScope;
  teamIds: string[];
  @ApiProperty({ type: TicketTemplateValues })
  values: object;
  checklistTemplateIds: string[];
  /** What in it no longer holds, by pointers into `values`. */
  problems: StoredProblemView[];
  /** You may change and delete it. */
  mayEdit: boolean;
  version: number;
  updatedAt: string;
}

export type TicketTemplateRow = TicketTemplate & { problems: StoredProblemView[] };

export const toTicketTemplateView = (ctx: Ctx, row: TicketTemplateRow): TicketTemplateView => ({
  id: row.id,
  name: row.name,
  description: row.description,
  scope: row.scope,
  teamIds: row.teamIds,
  values: row.values,
  checklistTemplateIds: row.checklistTemplateIds,
  problems: row.problems,
  mayEdit: mayKeep(ctx.actor, row),
  version: row.version,
  updatedAt: row.updatedAt.toISOString(),
});
