import { Optional } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsUUID } from 'class-validator';
import { KEEP_SCOPES, type KeepScope } from './scope';

/** Whose it is to be. */
export class ScopeInput {
  /** Your own, of teams, or of everybody; the last two need `macros.manage`. */
  @ApiProperty({ enum: KEEP_SCOPES, enumName: 'KeepScope' })
  @IsIn(KEEP_SCOPES)
  scope: KeepScope;

  /** The teams of the scope `team`. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsUUID(undefined, { each: true })
  teamIds?: string[];
}

/** A setting that no longer holds: what it names is gone or out of use. */
export class StoredProblemView {
  pointer: string;
  code: string;
  message: string;
}
