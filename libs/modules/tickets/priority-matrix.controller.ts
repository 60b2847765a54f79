import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { Returns } from '@opora/platform/http';
import { Allow, SignedIn } from '@opora/platform/permissions';
import { PriorityMatrixView, PutPriorityMatrix, toPriorityMatrixView } from './priority-matrix.dto';
import { PriorityMatrices } from './priority-matrix.service';
import { TicketPermission } from './tickets.access';

@ApiTags('ticket-types')
@Controller('priority-matrix')
export class PriorityMatrixController {
  constructor(private readonly matrices: PriorityMatrices) {}

  @Get()
  @SignedIn()
  @Returns(PriorityMatrixView)
  async get(@Context() ctx: Ctx) {
    return toPriorityMatrixView(ctx, await this.matrices.get(ctx));
  }

  /** Replaces the whole matrix. Tickets keep their priority until their impact or urgency changes. */
  @Put()
  @Allow(TicketPermission.configure)
  @Returns(PriorityMatrixView)
  async put(@Context() ctx: Ctx, @Body() input: PutPriorityMatrix) {
    return toPriorityMatrixView(ctx, await this.matrices.put(ctx, input));
  }
}
