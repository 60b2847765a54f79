import type { OutgoingHttpHeaders } from 'node:http';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ActorSources } from '../auth/actor-sources';
import { Context, type Ctx } from '../context';
import { PortalOnly, SignedIn } from '../permissions';
import { Live, type LiveMessage } from './live.service';
import { LiveStreams } from './live-streams';

@ApiTags('live')
@Controller()
export class LiveController {
  constructor(
    private readonly live: Live,
    private readonly streams: LiveStreams,
    private readonly sources: ActorSources,
  ) {}

  /** Server-sent events for the agent screens: `{ topics: [...] }`, names of queries to read anew, no data. */
  @Get('live')
  @SignedIn()
  @ApiProduces('text/event-stream')
  @ApiOperation({ summary: 'Live topics (server-sent events)' })
  staff(@Context() ctx: Ctx, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.open(ctx, 'staff', request, reply);
  }

  /** The same for the portal. */
  @Get('portal/live')
  @PortalOnly()
  @ApiProduces('text/event-stream')
  @ApiOperation({ summary: 'Live topics for the portal (server-sent events)' })
  contacts(@Context() ctx: Ctx, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.open(ctx, 'contacts', request, reply);
  }

  private open(ctx: Ctx, audience: LiveMessage['to'], request: FastifyRequest, reply: FastifyReply): void {
    void reply.hijack();
    const { actor } = ctx;
    const isAlive = async (): Promise<boolean> =>
      (actor.kind === 'employee' || actor.kind === 'contact') && actor.sessionId
        ? (await this.sources.bySession(actor.kind, actor.id, actor.sessionId)) !== null
        : !actor.apiKeyId || (await this.sources.byKey((request.headers.authorization ?? '').slice(7))) !== null;
    this.streams.add(reply.raw, reply.getHeaders() as OutgoingHttpHeaders, audience, actor, isAlive);
  }
}
