import { ApiProperty } from '@nestjs/swagger';
import { Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import type { __Thing__ } from './__thing__.entity';

export class List__Things__ extends PageQuery {}

export class Create__Thing__ {
  /** What it is called. */
  @ApiProperty({ example: '__Thing_words__' })
  @Trimmed()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name: string;
}

export class Update__Thing__ {
  /** What it is called. */
  @Optional()
  @Trimmed()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name?: string;
}

export class __Thing__View {
  id: string;
  name: string;
  createdAt: string;
}

export const to__Thing__View = ({ id, name, createdAt }: __Thing__): __Thing__View => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
});
