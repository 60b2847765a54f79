import { ApiProperty } from '@nestjs/swagger';
import { OneLine } from './plain-text';
import { PageQuery } from '@opora/platform/http';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { Type } from 'class-transformer';

export const ARCHIVE_STATES = ['active', 'archived', 'all'] as const;
export type ArchiveState = (typeof ARCHIVE_STATES)[number];

/** Query of the directories: text, whether the archive is shown, a page. */
export class DirectoryQuery extends PageQuery {
  /** Words of the name; whoever may see phones and addresses finds by them too. */
  @IsOptional()
  @OneLine()
  @IsString()
  @MaxLength(200)
  q?: string;

  @IsOptional()
  @IsIn(ARCHIVE_STATES)
  state?: ArchiveState;
}

/** Query of a picker: what was typed so far. */
export class PickerQuery {
  @IsOptional()
  @OneLine()
  @IsString()
  @MaxLength(200)
  q?: string;

  @IsOptional()
  @IsUUID()
  companyId?: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit: number = 20;
}

/** Something with a name. */
export class NameRef {
  id: string;
  name: string;
}

/** The default responsible person and team. */
export class ResponsibleView {
  employee: NameRef | null;
  team: NameRef | null;
}

export class ClientCan {
  /** The asker may change the record. */
  manage: boolean;
}
