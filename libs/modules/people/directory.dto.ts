import { Trimmed } from '@opora/platform/http';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import type { TeamRef } from './employees.dto';

export class FindPeople {
  /** Part of the name or the address. */
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  q?: string;

  @IsOptional()
  @IsUUID()
  teamId?: string;

  /** Rows in the answer, 1 to 200. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}

/** A colleague, as pickers show him. */
export class DirectoryPerson {
  id: string;
  name: string;
  email: string;
  teamIds: string[];
}

/** A team, as pickers show it. */
export class DirectoryTeam {
  id: string;
  name: string;
  /** Support line, 1 to 9. */
  line: number;
}

export const toDirectoryPerson = ({ id, name, email, teamIds }: DirectoryPerson): DirectoryPerson => ({
  id,
  name,
  email,
  teamIds,
});
export const toDirectoryTeam = ({ id, name, line }: TeamRef): DirectoryTeam => ({ id, name, line });
