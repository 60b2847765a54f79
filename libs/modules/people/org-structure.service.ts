import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import type { OrgPersonView } from './employees.dto';

/** A manager on the way upwards, the nearest first. */
export type ManagerAbove = { id: string; isThere: boolean };
const MOST_LEVELS = 30;

/** Who reports to whom. */
@Injectable()
export class OrgStructure {
  constructor(private readonly db: Db) {}

  /** The managers above a person, the nearest first; those who have left are named as such. */
  async managersOf(ctx: Ctx, employeeId: string): Promise<ManagerAbove[]> {
    return this.db.query<ManagerAbove>(
      ctx,
      `WITH RECURSIVE above AS (
         SELECT e."managerId" AS id, 1 AS level, ARRAY[e.id] AS seen FROM employee e WHERE e.id = $1
         UNION ALL
         SELECT b."managerId", a.level + 1, a.seen || b.id FROM above a JOIN employee b ON b.id = a.id
         WHERE a.level < ${MOST_LEVELS} AND NOT b.id = ANY (a.seen))
       SELECT b.id, b."isActive" AND b."archivedAt" IS NULL AS "isThere" FROM above a JOIN employee b ON b.id = a.id AND NOT b.id = ANY (a.seen)
       ORDER BY a.level`,
      [employeeId],
    );
  }

  /** Refuses a manager who does not exist, or who reports to the person. Serialised, so that two changes cannot close a circle together. */
  async checkManager(ctx: Ctx, employeeId: string, managerId: string | null | undefined): Promise<void> {
    if (!managerId) return;
    if (managerId === employeeId) throw fieldProblem('/managerId', 'people.managerIsSelf');
    await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('employee managers'))`);
    const [known] = await this.db.query<{ id: string }>(
      ctx,
      `SELECT id FROM employee WHERE id = $1 AND "archivedAt" IS NULL`,
      [managerId],
    );
    if (!known) throw fieldProblem('/managerId', 'people.employeeUnknown');
    const above = await this.managersOf(ctx, managerId);
    if (above.some(({ id }) => id === employeeId)) throw fieldProblem('/managerId', 'people.managerCircle');
  }

  /** Everybody who works here with whom he reports to, by name. */
  people(ctx: Ctx): Promise<OrgPersonView[]> {
    return this.db.query<OrgPersonView>(
      ctx,
      `SELECT id, name, position, "managerId" FROM employee WHERE "isActive" AND "archivedAt" IS NULL ORDER BY lower(name), id LIMIT 5000`,
    );
  }
}
