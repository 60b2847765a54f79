import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams, type TxCtx } from '@opora/platform/db';
import { AccessError, fieldProblem, raise, RequestError } from '@opora/platform/errors';
import { decodeCursor, invalid, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import { DispatchPermission, visiblePeople } from './dispatch.access';
import { DispatchError } from './dispatch.errors';
import { DispatchSettings, Engineer } from './engineer.entity';
import type { EngineerView, ListEngineers, UpdateDispatchSettings, UpdateEngineer } from './engineers.dto';
import { Skills } from './skills.service';
import { EngineerZone } from './zone.entity';

type Row = EngineerView & { sortName: string };

/** SQL of a person's skills and zones, over the alias `e`. */
export const SKILLS_OF = `COALESCE((SELECT jsonb_agg(jsonb_build_object('skillId', k."skillId", 'level', k.level) ORDER BY k."skillId")
  FROM employee_skill k WHERE k."employeeId" = e.id), '[]')`;
export const ZONES_OF = `ARRAY(SELECT s."zoneId" FROM engineer_zone s JOIN zone z ON z.id = s."zoneId" WHERE s."employeeId" = e.id ORDER BY z.position, z.id)`;
export const AT_WORK = `e."isActive" AND e."archivedAt" IS NULL`;

/** People as the board knows them, and the settings of the house. */
@Injectable()
export class Engineers {
  constructor(
    private readonly db: Db,
    private readonly skills: Skills,
    private readonly live: Live,
  ) {}

  /** People by name: the matrix of people and skills. */
  async list(ctx: Ctx, { teamId, q, cursor, limit }: ListEngineers): Promise<Page<EngineerView>> {
    const rows = await this.select(ctx, limit + 1, (params) => {
      const conditions = [visiblePeople(ctx.actor, params, 'e.id')];
      if (teamId)
        conditions.push(`e.id IN (SELECT "employeeId" FROM team_member WHERE "teamId" = ${params.add(teamId)}::uuid)`);
      if (q) conditions.push(`e.name ILIKE ${params.add(`%${q.replace(/[\\%_]/g, '\\$&')}%`)}`);
      const after = decodeCursor(cursor, ['text', 'uuid']);
      if (after) conditions.push(`(lower(e.name), e.id) > (${params.add(after[0])}, ${params.add(after[1])}::uuid)`);
      return conditions.join(' AND ');
    });
    const page = pageOfRows(rows, limit, ({ sortName, id }) => keyset(sortName, id));
    return { ...page, data: page.data.map(({ sortName: _, ...view }) => view) };
  }

  update(ctx: Ctx, id: string, { skills, zoneIds, base, calendarId }: UpdateEngineer): Promise<EngineerView> {
    return this.db.tx(ctx, async (ctx) => {
      if (!(await this.get(ctx, id)).isManaged) throw AccessError.denied();
      if (skills) await this.skills.setOfPerson(ctx, id, skills);
      if (zoneIds) await this.setZones(ctx, id, zoneIds);
      if (base !== undefined || calendarId !== undefined) {
        if (calendarId) await this.requireCalendar(ctx, calendarId);
        const point = base === undefined ? {} : { latitude: null, longitude: null, address: null, ...base };
        const facts = { ...point, ...(calendarId !== undefined && { calendarId }), updatedAt: ctx.now() };
        await this.db.repo(ctx, Engineer).upsert({ employeeId: id, ...facts }, ['employeeId']);
      }
      this.live.touch(ctx, ['engineers', 'skills', 'zones', 'dispatch', 'tickets'], 'staff');
      return this.get(ctx, id);
    });
  }

  async settings(ctx: Ctx): Promise<DispatchSettings> {
    return (await this.db.repo(ctx, DispatchSettings).findOneBy({ id: 1 })) ?? raise(RequestError.unavailable());
  }

  updateSettings(ctx: Ctx, input: UpdateDispatchSettings): Promise<DispatchSettings> {
    return this.db.tx(ctx, async (ctx) => {
      if (input.calendarId) await this.requireCalendar(ctx, input.calendarId);
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
      await this.db.query(ctx, 'SELECT 1 FROM dispatch_settings WHERE id = 1 FOR UPDATE');
      const settings = await this.settings(ctx);
      Object.assign(settings, given, { version: settings.version + 1, updatedAt: ctx.now() });
      this.live.touch(ctx, ['dispatch', 'tickets'], 'staff');
      return this.db.repo(ctx, DispatchSettings).save(settings);
    });
  }

  /** The person; 404 for whoever the actor may not look at. */
  private async get(ctx: Ctx, id: string): Promise<EngineerView> {
    const [row] = await this.select(
      ctx,
      1,
      (params) =>
        `e.id = ${params.add(id)}::uuid AND (${visiblePeople(ctx.actor, params, 'e.id')} OR ${visiblePeople(ctx.actor, params, 'e.id', DispatchPermission.manage)})`,
    );
    if (!row) throw DispatchError.engineerNotFound();
    const { sortName: _, ...view } = row;
    return view;
  }

  private select(ctx: Ctx, limit: number, where: (params: SqlParams) => string): Promise<Row[]> {
    const params = new SqlParams();
    return this.db.query<Row>(
      ctx,
      `SELECT e.id, e.name, lower(e.name) AS "sortName", ${SKILLS_OF} AS skills, ${ZONES_OF} AS "zoneIds", g."calendarId",
         COALESCE((SELECT jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) ORDER BY t.line, lower(t.name)) FROM team_member m
           JOIN team t ON t.id = m."teamId" WHERE m."employeeId" = e.id AND t."archivedAt" IS NULL), '[]') AS teams,
         CASE WHEN g.latitude IS NOT NULL THEN jsonb_build_object('latitude', g.latitude, 'longitude', g.longitude, 'address', g.address) END AS base,
         ${visiblePeople(ctx.actor, params, 'e.id', DispatchPermission.manage)} AS "isManaged"
       FROM employee e LEFT JOIN engineer g ON g."employeeId" = e.id
       WHERE ${AT_WORK} AND ${where(params)} ORDER BY lower(e.name), e.id LIMIT ${params.add(limit)}`,
      params.values,
    );
  }

  private async setZones(ctx: TxCtx, employeeId: string, zoneIds: readonly string[]): Promise<void> {
    const known = await this.db.query<{ id: string }>(ctx, 'SELECT id FROM zone WHERE id = ANY($1::uuid[])', [zoneIds]);
    const problems = zoneIds.flatMap((id, at) =>
      known.some((zone) => zone.id === id.toLowerCase())
        ? []
        : [{ pointer: `/zoneIds/${at}`, code: 'dispatch.zoneUnknown', message: '' }],
    );
    if (problems.length) throw invalid(problems);
    await this.db.repo(ctx, EngineerZone).delete({ employeeId });
    if (known.length) await this.db.repo(ctx, EngineerZone).insert(known.map(({ id }) => ({ employeeId, zoneId: id })));
  }

  private async requireCalendar(ctx: Ctx, id: string): Promise<void> {
    const found = await this.db.query(ctx, 'SELECT 1 FROM work_calendar WHERE id = $1 AND "archivedAt" IS NULL', [id]);
    if (!found.length) throw fieldProblem('/calendarId', 'dispatch.calendarUnknown');
  }
}
