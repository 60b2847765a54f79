import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdOrNumberParam, Returns, withEtag } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { AttachmentFiles } from './attachment-files.service';
import { PutAsideInput } from './put-aside.dto';
import { PutAside } from './put-aside.service';
import { TicketView, toTicketView } from './ticket-card.dto';
import type { TicketCard } from './ticket-card.query';
import { TicketPermission } from './tickets.access';

@ApiTags('tickets')
@Controller('tickets/:id')
export class PutAsideController {
  constructor(
    private readonly putAside: PutAside,
    private readonly files: AttachmentFiles,
  ) {}

  /** Puts the ticket aside until a moment; a message of the client brings it back sooner. */
  @Post('put-aside')
  @Allow(TicketPermission.transition)
  @Returns(TicketView)
  async put(
    @Context() ctx: Ctx,
    @Param() { id }: IdOrNumberParam,
    @Body() input: PutAsideInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.show(ctx, await this.putAside.put(ctx, id, input), reply);
  }

  /** Brings it back before its moment. */
  @Post('resume')
  @Allow(TicketPermission.transition)
  @Returns(TicketView)
  async resume(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.show(ctx, await this.putAside.resume(ctx, id), reply);
  }

  private show(ctx: Ctx, card: TicketCard, reply: FastifyReply): TicketView {
    return withEtag(reply, toTicketView(ctx, card, this.files.linker(ctx)));
  }
}
