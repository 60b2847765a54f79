import type { Ctx, Locale } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Live } from '@opora/platform/live';
import { Injectable, type OnModuleInit } from '@nestjs/common';

/** By id, the JSON of a type, status, priority or team as rows show it; to a status the category is added, which is the ticket's. */
export type RowNames = ReadonlyMap<string, Record<Locale, string>>;

const TRUSTED_MS = 1000;
const TOPICS = ['ticket-types', 'priorities', 'processes'];

const named = (locale: Locale, table: string, more = ''): string =>
  `json_build_object('id', x.id, 'name', ${table === 'team' ? 'x.name' : `coalesce(x.name->>'${locale}', '')`}${more})::text AS ${locale}`;
const NAMES = [
  ['ticket_type'],
  ['team'],
  ['ticket_status', `, 'color', x.color`],
  ['priority', `, 'code', x.code, 'color', x.color`],
]
  .map(([table = '', more]) => `SELECT x.id, ${named('ru', table, more)}, ${named('en', table, more)} FROM ${table} x`)
  .join(' UNION ALL ');

/** Names of the few settings every row bears, read once a second: joining them to each row took a fifth of a list's time. */
@Injectable()
export class TicketRowNames implements OnModuleInit {
  private kept?: { at: number; names: Promise<RowNames> };

  constructor(
    private readonly db: Db,
    private readonly live: Live,
  ) {}

  onModuleInit(): void {
    this.live.listen(({ topics }) => {
      if (topics.some((topic) => TOPICS.includes(topic))) this.kept = undefined;
    });
  }

  /** Outside a transaction they may be a second old; whoever meets an id that is not there asks for the newest. */
  of(ctx: Ctx): Promise<RowNames> {
    const now = performance.now();
    if (ctx.tx) return this.newest(ctx);
    if (this.kept && now - this.kept.at < TRUSTED_MS) return this.kept.names;
    const names = this.newest(ctx);
    this.kept = { at: now, names };
    names.catch(() => (this.kept = undefined));
    return names;
  }

  async newest(ctx: Ctx): Promise<RowNames> {
    const rows = await this.db.prepared<{ id: string } & Record<Locale, string>>(ctx, NAMES);
    return new Map(rows.map(({ id, ru, en }) => [id, { ru, en }]));
  }
}
