import { Command, type CommandInput } from '@opora/platform/cli';
import { Db } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import { SlaClocks } from './sla-clocks.service';

const TOGETHER = 200;

@Injectable()
export class SlaCommands {
  constructor(
    private readonly db: Db,
    private readonly clocks: SlaClocks,
  ) {}

  @Command({
    name: 'sla rebuild',
    summary: 'Compute the clocks of all tickets from their histories; tells nobody of what lies in the past',
    options: [{ flags: '--open', description: 'only tickets that are neither done nor closed' }],
  })
  async rebuild({ ctx, options }: CommandInput): Promise<object> {
    let [tickets, timed, moved] = [0, 0, 0];
    let after: string | null = null;
    for (;;) {
      const rows: { id: string }[] = await this.db.query(
        ctx,
        `SELECT id FROM ticket WHERE ($1::uuid IS NULL OR id > $1) AND (NOT $2 OR "statusCategory" NOT IN ('done', 'closed')) ORDER BY id LIMIT ${TOGETHER}`,
        [after, options.open === true],
      );
      if (!rows.length) return { tickets, withClocks: timed, moved };
      const ids = rows.map(({ id }) => id);
      const part = await this.clocks.recompute(ctx, ids, { rebinds: true, isQuiet: true });
      tickets += ids.length;
      timed += part.timed;
      moved += part.moved;
      after = ids.at(-1)!;
    }
  }
}
