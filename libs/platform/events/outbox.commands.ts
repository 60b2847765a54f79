import { Injectable } from '@nestjs/common';
import { Command, CommandError, type CommandInput } from '../cli';
import { toOutboxRowView } from './outbox.dto';
import { OUTBOX_STATES, type OutboxState } from './outbox.entity';
import { Outbox } from './outbox.service';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

@Injectable()
export class OutboxCommands {
  constructor(private readonly outbox: Outbox) {}

  @Command({
    name: 'outbox list',
    summary: 'shows what must still happen, what has happened, and what is dead',
    options: [
      { flags: '--state <state>', description: OUTBOX_STATES.join(', '), default: 'dead' },
      { flags: '--limit <n>', description: 'rows, at most 200', default: '50' },
    ],
  })
  async list({ ctx, options }: CommandInput): Promise<object> {
    const state = options.state as OutboxState;
    if (!OUTBOX_STATES.includes(state)) throw new CommandError(`--state is one of ${OUTBOX_STATES.join(', ')}`, 2);
    const limit = Math.min(200, Math.max(1, Number(options.limit) || 50));
    return { rows: (await this.outbox.list(ctx, { state, limit })).data.map(toOutboxRowView) };
  }

  @Command({
    name: 'outbox retry',
    summary: 'tries a dead row again; `all` tries every dead row',
    arguments: ['<id|all>'],
    writes: true,
  })
  async retry({ ctx, args: [id = ''] }: CommandInput): Promise<object> {
    if (id !== 'all' && !ID.test(id)) throw new CommandError('give the id of a row, or `all`', 2);
    if (id !== 'all') return { retried: [(await this.outbox.retry(ctx, id)).id] };
    const dead = await this.outbox.list(ctx, { state: 'dead', limit: 10_000 });
    for (const row of dead.data) await this.outbox.retry(ctx, row.id);
    return { retried: dead.data.map((row) => row.id) };
  }
}
