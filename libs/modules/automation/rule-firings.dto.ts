import { PageQuery } from '@opora/platform/http';
import { IsIn, IsOptional } from 'class-validator';
import { FIRING_OUTCOMES, type FiringOutcome } from './rule.entity';

export class ListRuleFirings extends PageQuery {
  /** All of them without it. */
  @IsOptional()
  @IsIn(FIRING_OUTCOMES)
  outcome?: FiringOutcome;
}
