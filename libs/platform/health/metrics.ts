import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { systemContext } from '../context';
import { Outbox } from '../events';
import { LiveStreams } from '../live';

/** Prometheus metrics of this process and of the queue it shares. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests: Histogram<'method' | 'route' | 'status'>;

  constructor(
    private readonly outbox: Outbox,
    private readonly streams: LiveStreams,
  ) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry, prefix: 'opora_', eventLoopMonitoringPrecision: 50 });
    this.requests = new Histogram({
      name: 'opora_http_request_seconds',
      help: 'Time to answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
    const pending = new Gauge({ name: 'opora_outbox_pending', help: 'Rows that must still happen', registers });
    const dead = new Gauge({ name: 'opora_outbox_dead', help: 'Rows that wait for a person', registers });
    const age = new Gauge({ name: 'opora_outbox_oldest_due_seconds', help: 'Age of the oldest due row', registers });
    new Gauge({ name: 'opora_live_streams', help: 'Open event streams', registers, collect() {} });
    this.refresh = async () => {
      const counts = await this.outbox.counts(systemContext());
      pending.set(counts.pending);
      dead.set(counts.dead);
      age.set(counts.oldestDueSeconds);
      (this.registry.getSingleMetric('opora_live_streams') as Gauge).set(this.streams.count);
    };
  }

  private readonly refresh: () => Promise<void>;

  /** Notes an answered request; the route is its pattern, never its ids. */
  observe(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }

  async text(): Promise<string> {
    await this.refresh().catch(() => undefined);
    return this.registry.metrics();
  }
}
