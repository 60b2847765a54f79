import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { ReturnsList } from '@opora/platform/http';
import { SignedIn } from '@opora/platform/permissions';
import { toTransitionGuardView, TransitionGuardView } from './transition-guards.dto';
import { TransitionGuards } from './transition-guards';

@ApiTags('processes')
@Controller('transition-guards')
export class TransitionGuardsController {
  constructor(private readonly guards: TransitionGuards) {}

  /** Conditions a transition may carry, with their settings: what the process editor offers. */
  @Get()
  @SignedIn()
  @ReturnsList(TransitionGuardView)
  list(@Context() ctx: Ctx) {
    return { data: this.guards.offered().map((guard) => toTransitionGuardView(ctx, guard)) };
  }
}
