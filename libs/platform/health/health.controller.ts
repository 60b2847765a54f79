import { Controller, Get, Header, HttpCode, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../permissions';
import { Metrics } from './metrics';
import { Readiness } from './readiness';

@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  /** The process is alive. */
  @Get('healthz')
  @Public('probe: says only that the process lives')
  @HttpCode(200)
  alive() {
    return { status: 'ok' };
  }

  /** The process can serve: database reachable, schema at head, files writable. */
  @Get('readyz')
  @Public('probe: says only what is missing')
  async ready(@Res() reply: FastifyReply) {
    const checks = await this.readiness.check();
    const isReady = Object.values(checks).every((check) => check === 'ok');
    await reply
      .status(isReady ? 200 : 503)
      .header('content-type', 'application/json')
      .send(JSON.stringify({ status: isReady ? 'ok' : 'unavailable', checks }));
  }

  /** Prometheus text format: counts and ages, no names. */
  @Get('metrics')
  @Public('Prometheus: counts only')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async prometheus() {
    return this.metrics.text();
  }
}
