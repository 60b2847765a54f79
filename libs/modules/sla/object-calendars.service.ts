import { ServiceObjects } from '@opora/modules/clients';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import { Events } from '@opora/platform/events';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import type { ObjectCalendarView } from './object-calendars.dto';
import { ObjectCalendarChanged } from './sla-rules.events';
import { ObjectCalendar } from './work-calendar.entity';

type Row = { objectId: string; calendarId: string; calendarName: string; ownerId: string };

const NEAREST = `
  SELECT DISTINCT ON (o.id) o.id AS "objectId", k."calendarId", c.name AS "calendarName", k."objectId" AS "ownerId"
  FROM service_object o JOIN object_calendar k ON k."objectId" = ANY(o.path) JOIN work_calendar c ON c.id = k."calendarId"
  WHERE o.id = ANY($1::uuid[]) ORDER BY o.id, array_position(o.path, k."objectId") DESC`;

/** The hours of service objects: their own, or those of the nearest object above. */
@Injectable()
export class ObjectCalendars {
  constructor(
    private readonly db: Db,
    private readonly objects: ServiceObjects,
    private readonly events: Events,
    private readonly live: Live,
  ) {}

  /** The calendar of each object that has or inherits one. */
  async of(ctx: Ctx, objectIds: readonly string[]): Promise<Map<string, string>> {
    if (!objectIds.length) return new Map();
    const rows = await this.db.query<Row>(ctx, NEAREST, [objectIds]);
    return new Map(rows.map(({ objectId, calendarId }) => [objectId, calendarId]));
  }

  async get(ctx: Ctx, objectId: string): Promise<ObjectCalendarView> {
    const { id } = await this.objects.get(ctx, objectId);
    const [row] = await this.db.query<Row>(ctx, NEAREST, [[id]]);
    return {
      objectId: id,
      calendarId: row?.calendarId ?? null,
      calendarName: row?.calendarName ?? null,
      inheritedFromId: row && row.ownerId !== id ? row.ownerId : null,
    };
  }

  /** Gives an object hours of its own; with null it inherits again. */
  set(ctx: Ctx, objectId: string, calendarId: string | null): Promise<ObjectCalendarView> {
    return this.db.tx(ctx, async (ctx) => {
      const { id } = await this.objects.get(ctx, objectId);
      const repo = this.db.repo(ctx, ObjectCalendar);
      if (calendarId === null) await repo.delete({ objectId: id });
      else {
        const known = await this.db.query(ctx, 'SELECT 1 FROM work_calendar WHERE id = $1 AND "archivedAt" IS NULL', [
          calendarId,
        ]);
        if (!known.length) throw fieldProblem('/calendarId', 'sla.calendarUnknown');
        await repo.upsert({ objectId: id, calendarId, updatedAt: ctx.now() }, ['objectId']);
      }
      await this.events.publish(ctx, ObjectCalendarChanged({ objectId: id }));
      this.live.touch(ctx, ['object-calendars'], 'staff');
      return this.get(ctx, id);
    });
  }
}
