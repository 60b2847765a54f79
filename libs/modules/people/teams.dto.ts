import { Flag, Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Line } from './people-text';
import type { TeamRow } from './teams.service';

export class ListTeams extends PageQuery {
  /** Part of the name. */
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  q?: string;

  /** True shows the archived teams instead of the current ones. */
  @IsOptional()
  @Flag()
  @IsBoolean()
  archived?: boolean;
}

export class TeamFields {
  /** The line never writes to clients. */
  @Optional()
  @IsBoolean()
  forbidsClientReplies?: boolean;

  /** The line does not see phones and addresses of clients. */
  @Optional()
  @IsBoolean()
  hidesClientContacts?: boolean;

  @IsOptional()
  @IsUUID()
  leadId?: string | null;

  @Optional()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  memberIds?: string[];
}

export class CreateTeam extends TeamFields {
  @ApiProperty({ example: 'Вторая линия' })
  @Line(1, 200)
  name: string;

  /** Support line, 1 to 9. */
  @ApiProperty({ example: 2 })
  @IsInt()
  @Min(1)
  @Max(9)
  line: number;
}

export class UpdateTeam extends TeamFields {
  @Optional()
  @Line(1, 200)
  name?: string;

  /** Support line, 1 to 9. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(9)
  line?: number;
}

export class PersonRef {
  id: string;
  name: string;
}

export class TeamView {
  id: string;
  name: string;
  line: number;
  forbidsClientReplies: boolean;
  hidesClientContacts: boolean;
  lead: PersonRef | null;
  members: PersonRef[];
  createdAt: string;
  archivedAt: string | null;
}

export const toTeamView = (row: TeamRow): TeamView => ({
  id: row.id,
  name: row.name,
  line: row.line,
  forbidsClientReplies: row.forbidsClientReplies,
  hidesClientContacts: row.hidesClientContacts,
  lead: row.lead,
  members: row.members.map(({ id, name }) => ({ id, name })),
  createdAt: row.createdAt.toISOString(),
  archivedAt: row.archivedAt?.toISOString() ?? null,
});
