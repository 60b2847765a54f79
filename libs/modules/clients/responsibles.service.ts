import { Injectable } from '@nestjs/common';
import { Absences } from '@opora/modules/people';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import type { Named } from './object-inheritance';
import { decisive, type ResponsibleStep, type Stand, stepOf } from './responsible';
import { ServiceObjects } from './service-objects.service';

type Place = { companyId?: string | null; objectId?: string | null };

/** who is responsible for a client's tickets when nobody was named, and who stands in for him. */
@Injectable()
export class Responsibles {
  constructor(
    private readonly db: Db,
    private readonly objects: ServiceObjects,
    private readonly absences: Absences,
  ) {}

  /** The level that decides: the nearest object upwards, then the company. */
  async find(ctx: Ctx, place: Place, at: Date = ctx.now()): Promise<ResponsibleStep | undefined> {
    return decisive(await this.steps(ctx, place, at));
  }

  /** Every level in its order, with what it says and what comes of it. People who left and closed teams count for nothing. */
  async steps(ctx: Ctx, place: Place, at: Date = ctx.now()): Promise<ResponsibleStep[]> {
    const levels = await this.objects.levelsOf(ctx, place);
    const people = [...new Set(levels.flatMap(({ employee }) => employee?.id ?? []))];
    const stands = await this.stands(ctx, people, at);
    const alone = people.filter((id) => !stands.get(id)?.acts);
    const teams = await this.teamsOf(ctx, alone);
    return levels.map((level) => {
      const id = level.employee?.id ?? '';
      return stepOf(level, stands.get(id), teams.get(id) ?? null);
    });
  }

  private async stands(ctx: Ctx, people: readonly string[], at: Date): Promise<Map<string, Stand>> {
    const found = await this.absences.standIns(
      ctx,
      people.map((employeeId) => ({ employeeId, at })),
    );
    return new Map(
      found.map(({ employeeId, isCircle, path }, index) => {
        const named = path.map(({ id, name }) => ({ id, name }));
        const acts = employeeId ? (named.at(-1) ?? null) : null;
        return [people[index]!, { acts, absent: acts ? named.slice(0, -1) : named, isCircle }];
      }),
    );
  }

  /** The first working team of each. */
  private async teamsOf(ctx: Ctx, people: readonly string[]): Promise<Map<string, Named>> {
    if (!people.length) return new Map();
    const rows = await this.db.prepared<Named & { employeeId: string }>(
      ctx,
      `SELECT DISTINCT ON (m."employeeId") m."employeeId", t.id, t.name FROM team_member m
       JOIN team t ON t.id = m."teamId" AND t."archivedAt" IS NULL
       WHERE m."employeeId" = ANY ($1::uuid[]) ORDER BY m."employeeId", t.line, t.name, t.id`,
      [people],
    );
    return new Map(rows.map(({ employeeId, id, name }) => [employeeId, { id, name }]));
  }
}
