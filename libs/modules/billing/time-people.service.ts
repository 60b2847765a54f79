import { Injectable } from '@nestjs/common';
import { visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import { Organisation } from '@opora/platform/organisation';
import type { TimeOverlap } from './time-entries.dto';
import type { TimeEntry } from './time-entry.entity';

type Worker = { id: string; name: string };

/** Who works, by whose calendar, and what of his day looks wrong. */
@Injectable()
export class TimePeople {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly house: Organisation,
  ) {}

  organisation(ctx: Ctx): Promise<{ timeZone: string }> {
    return this.house.get(ctx);
  }

  /** The employee whose time it is: the one named, or the actor himself. */
  async worker(ctx: Ctx, employeeId: string | undefined, { mayBeGone = false } = {}): Promise<Worker> {
    const id = employeeId ?? (ctx.actor.kind === 'employee' ? ctx.actor.id : undefined);
    if (!id) throw fieldProblem('/employeeId', 'billing.employeeRequired');
    const [worker] = await this.db.query<Worker>(
      ctx,
      `SELECT id, name FROM employee WHERE id = $1 AND ($2 OR ("archivedAt" IS NULL AND "isActive"))`,
      [id, mayBeGone],
    );
    return worker ?? raise(fieldProblem('/employeeId', 'billing.employeeUnknown'));
  }

  touch(ctx: Ctx): void {
    this.live.touch(ctx, ['time-entries'], 'staff');
  }

  /** Entries of the same person whose hours meet these, and a day of more than 24 hours. */
  async warnings(ctx: Ctx, { id, employeeId, startedAt, seconds, workedOn }: TimeEntry): Promise<TimeOverlap[]> {
    const params = new SqlParams();
    const who = `e."employeeId" = ${params.add(employeeId)}::uuid AND e."deletedAt" IS NULL`;
    const from = `${params.add(startedAt)}::timestamptz`;
    const length = `make_interval(secs => ${params.add(seconds)}::int)`;
    const number = `(SELECT t.number FROM ticket t WHERE t.id = e."ticketId" AND ${visibleTo(ctx.actor, params)})`;
    const day = `${params.add(workedOn)}::date`;
    // An entry is at most a day long, so what meets it began at most a day before.
    return this.db.query<TimeOverlap>(
      ctx,
      `(SELECT 'overlap' AS code, e.id AS "entryId", ${number}::int AS number, to_char(e."workedOn", 'YYYY-MM-DD') AS day FROM time_entry e
        WHERE ${who} AND e.id <> ${params.add(id)}::uuid AND ${from} IS NOT NULL AND e."startedAt" > ${from} - interval '1 day'
          AND e."startedAt" < ${from} + ${length} AND e."startedAt" + make_interval(secs => e.seconds) > ${from}
        ORDER BY e."startedAt" LIMIT 5)
       UNION ALL
       SELECT 'dayTooLong', NULL, NULL, to_char(${day}, 'YYYY-MM-DD') FROM time_entry e WHERE ${who} AND e."workedOn" = ${day} HAVING sum(e.seconds) > 86400`,
      params.values,
    );
  }
}
