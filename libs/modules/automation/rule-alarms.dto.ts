import { PageQuery } from '@opora/platform/http';
import { IsIn, IsOptional } from 'class-validator';

const STATES = ['open', 'all'] as const;

export class ListRuleAlarms extends PageQuery {
  /** Open ones without it. */
  @IsOptional()
  @IsIn(STATES)
  state?: (typeof STATES)[number];
}
