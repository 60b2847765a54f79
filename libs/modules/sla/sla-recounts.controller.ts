import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, Returns, ReturnsList } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SlaImpact } from './sla-impact.service';
import { UpdatePolicy } from './sla-policies.dto';
import { ImpactView, RecountView, StartRecount } from './sla-recounts.dto';
import { SlaRecounts } from './sla-recounts.service';
import { SlaPermission } from './sla.access';

@ApiTags('sla')
@Controller('sla')
export class SlaRecountsController {
  constructor(
    private readonly recounts: SlaRecounts,
    private readonly impact: SlaImpact,
  ) {}

  /** How ends of tickets would move if the policy were saved as sent, by its own `onChange.policy`, and if they were recounted by it; what is left out is as it is saved. Writes nothing. */
  @Post('policies/:id/impact')
  @Allow(SlaPermission.manage)
  @Returns(ImpactView)
  of(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdatePolicy) {
    return this.impact.of(ctx, id, input);
  }

  /** Counts the policy's tickets anew by it as it stands; who started it and what it moved stays on the list. */
  @Post('policies/:id/recount')
  @Allow(SlaPermission.manage)
  @Returns(RecountView, 202)
  start(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() { withClosed = false }: StartRecount) {
    return this.recounts.start(ctx, id, withClosed);
  }

  /** The last recounts, the newest first. */
  @Get('recounts')
  @Allow(SlaPermission.read, SlaPermission.manage)
  @ReturnsList(RecountView)
  async list(@Context() ctx: Ctx) {
    return { data: await this.recounts.list(ctx) };
  }
}
