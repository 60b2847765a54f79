import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { AccessError, fieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, isRfc3339, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import { Absence } from './absence.entity';
import type { CreateAbsence, ListAbsences, StandInView, UpdateAbsence } from './absences.dto';
import { type AbsenceRow, CHAINS, type ChainRow, reached, selectAbsence } from './absences.query';
import { PeoplePermission } from './people.access';
import { PeopleError } from './people.errors';

export type AbsenceFact = { until: Date; substituteId: string | null };

/** Who acts for a person: himself while he is there. */
export type StandIn = {
  /** Null when nobody of the chain is there. */
  employeeId: string | null;
  /** The person himself is away. */
  isAway: boolean;
  isCircle: boolean;
  /** From the person to whoever acts. */
  path: { id: string; name: string; until: Date | null }[];
};

const LONGEST_MS = 3 * 366 * 86_400_000;

/** When people are away, and who stands in for them. */
@Injectable()
export class Absences {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
  ) {}

  /** Who of them is away at a moment; the others are not in the map. One query. */
  async at(ctx: Ctx, employeeIds: readonly string[], at: Date = ctx.now()): Promise<Map<string, AbsenceFact>> {
    if (!employeeIds.length) return new Map();
    const rows = await this.db.prepared<AbsenceFact & { employeeId: string }>(
      ctx,
      `SELECT "employeeId", "endsAt" AS until, "substituteId" FROM absence
       WHERE "employeeId" = ANY ($1::uuid[]) AND "startsAt" <= $2 AND "endsAt" > $2 ORDER BY "startsAt" DESC`,
      [employeeIds, at],
    );
    return new Map(rows.map(({ employeeId, until, substituteId }) => [employeeId, { until, substituteId }]));
  }

  /** Who acts for a person at a moment: himself while he is there, else the first of his substitutes who is; null when nobody is. */
  async standInFor(ctx: Ctx, employeeId: string, at: Date = ctx.now()): Promise<string | null> {
    return (await this.standIn(ctx, employeeId, at)).employeeId;
  }

  /** The same with the way to him. */
  async standIn(ctx: Ctx, employeeId: string, at: Date = ctx.now()): Promise<StandIn> {
    return (await this.standIns(ctx, [{ employeeId, at }]))[0]!;
  }

  /** For many people at once, in their order; one query. */
  async standIns(ctx: Ctx, asked: readonly { employeeId: string; at: Date }[]): Promise<StandIn[]> {
    if (!asked.length) return [];
    const ids = asked.map(({ employeeId }) => employeeId);
    const rows = await this.db.prepared<ChainRow>(ctx, CHAINS, [ids, asked.map(({ at }) => at)]);
    return asked.map((_, index) => {
      const chain = rows.filter(({ n }) => n === index + 1);
      const last = chain.at(-1);
      return {
        employeeId: last?.isHere ? last.employeeId : null,
        isAway: chain[0]?.isAway ?? false,
        isCircle: last?.isCircle ?? false,
        path: chain.map(({ employeeId, name, until }) => ({ id: employeeId, name, until })),
      };
    });
  }

  /** The newest first. Whoever sees a colleague sees when he is away. */
  async list(ctx: Ctx, query: ListAbsences): Promise<Page<AbsenceRow>> {
    const after = decodeCursor(query.cursor, ['date', 'uuid']);
    const params = new SqlParams();
    const select = selectAbsence(ctx.actor, params);
    const conditions = [reached(ctx.actor, PeoplePermission.read, params, 'a."employeeId"')];
    if (query.employeeId) conditions.push(`a."employeeId" = ${params.add(query.employeeId)}`);
    if (query.teamId)
      conditions.push(
        `EXISTS (SELECT 1 FROM team_member m WHERE m."employeeId" = a."employeeId" AND m."teamId" = ${params.add(query.teamId)})`,
      );
    if (query.from) conditions.push(`a."endsAt" > ${params.add(query.from)}`);
    if (query.to) conditions.push(`a."startsAt" < ${params.add(query.to)}`);
    if (after) conditions.push(`(a."startsAt", a.id) < (${params.add(after[0])}, ${params.add(after[1])}::uuid)`);
    const rows = await this.db.query<AbsenceRow>(
      ctx,
      `${select} WHERE ${conditions.join(' AND ')} ORDER BY a."startsAt" DESC, a.id DESC LIMIT ${params.add(query.limit + 1)}`,
      params.values,
    );
    return pageOfRows(rows, query.limit, ({ startsAt, id }) => keyset(startsAt, id));
  }

  async get(ctx: Ctx, id: string): Promise<AbsenceRow> {
    const params = new SqlParams();
    const [row] = await this.db.query<AbsenceRow>(
      ctx,
      `${selectAbsence(ctx.actor, params)} WHERE a.id = ${params.add(id)} AND ${reached(ctx.actor, PeoplePermission.read, params, 'a."employeeId"')}`,
      params.values,
    );
    return row ?? raise(PeopleError.absenceNotFound());
  }

  /** Who acts meanwhile, for each of the rows. */
  async standInsOf(ctx: Ctx, rows: readonly AbsenceRow[]): Promise<StandInView[]> {
    const now = ctx.now();
    const found = await this.standIns(
      ctx,
      rows.map(({ employee, startsAt, endsAt }) => ({
        employeeId: employee.id,
        at: startsAt <= now && endsAt > now ? now : startsAt,
      })),
    );
    return found.map(({ employeeId, isCircle, path }) => {
      const last = path.at(-1);
      return { employee: employeeId && last ? { id: last.id, name: last.name } : null, isCircle };
    });
  }

  /** One's own by anybody; those of others with the permission. */
  create(ctx: Ctx, { from, to, note, ...input }: CreateAbsence): Promise<AbsenceRow> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lockPerson(ctx, input.employeeId);
      const id = newId();
      const absence = {
        id,
        ...input,
        startsAt: await this.momentOf(ctx, '/from', input.employeeId, from),
        endsAt: await this.momentOf(ctx, '/to', input.employeeId, to),
        substituteId: input.substituteId ?? null,
        note: note?.trim() ?? '',
        version: 1,
        createdById: ctx.actor.kind === 'employee' ? ctx.actor.id : null,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      };
      await this.check(ctx, absence);
      await this.db.repo(ctx, Absence).insert(absence);
      return this.changed(ctx, id);
    });
  }

  update(ctx: Ctx, id: string, seen: number, { from, to, note, ...input }: UpdateAbsence): Promise<AbsenceRow> {
    return this.db.tx(ctx, async (ctx) => {
      const before = await this.getForUpdate(ctx, id);
      if (before.version !== seen) throw PeopleError.absenceStale();
      const { employeeId } = before;
      const absence = {
        ...before,
        ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
        startsAt: from === undefined ? before.startsAt : await this.momentOf(ctx, '/from', employeeId, from),
        endsAt: to === undefined ? before.endsAt : await this.momentOf(ctx, '/to', employeeId, to),
        note: note?.trim() ?? before.note,
        version: before.version + 1,
        updatedAt: ctx.now(),
      };
      await this.check(ctx, absence, absence.substituteId !== before.substituteId);
      await this.db.repo(ctx, Absence).update({ id }, absence);
      return this.changed(ctx, id);
    });
  }

  delete(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      await this.getForUpdate(ctx, id);
      await this.db.repo(ctx, Absence).delete({ id });
      this.live.touch(ctx, ['absences'], 'staff');
    });
  }

  /** The absence of a person whose row is locked: seen but not his to change is 403. */
  private async getForUpdate(ctx: TxCtx, id: string): Promise<Absence> {
    const row = await this.get(ctx, id);
    await this.lockPerson(ctx, row.employee.id);
    return (await this.db.repo(ctx, Absence).findOneBy({ id })) ?? raise(PeopleError.absenceNotFound());
  }

  /** Two absences of one person never come in at once, so that they cannot overlap unseen. */
  private async lockPerson(ctx: TxCtx, employeeId: string): Promise<void> {
    const params = new SqlParams();
    const [row] = await this.db.query<{ mayChange: boolean; isLiving: boolean }>(
      ctx,
      `SELECT ${reached(ctx.actor, PeoplePermission.manage_absences, params, 'e.id')} AS "mayChange", e."archivedAt" IS NULL AS "isLiving"
       FROM employee e WHERE e.id = ${params.add(employeeId)} FOR NO KEY UPDATE OF e`,
      params.values,
    );
    if (row && !row.mayChange) throw AccessError.denied();
    if (!row?.isLiving) throw fieldProblem('/employeeId', 'people.employeeUnknown');
  }

  private async check(
    ctx: TxCtx,
    {
      id,
      employeeId,
      startsAt,
      endsAt,
      substituteId,
    }: Pick<Absence, 'id' | 'employeeId' | 'startsAt' | 'endsAt' | 'substituteId'>,
    isNewSubstitute = true,
  ): Promise<void> {
    if (endsAt <= startsAt) throw fieldProblem('/to', 'people.absenceEndsFirst');
    if (endsAt.getTime() - startsAt.getTime() > LONGEST_MS) throw fieldProblem('/to', 'people.absenceTooLong');
    if (substituteId === employeeId) throw fieldProblem('/substituteId', 'people.substituteIsSelf');
    const [found] = await this.db.query<{ isLiving: boolean; overlaps: boolean }>(
      ctx,
      `SELECT EXISTS (SELECT 1 FROM employee WHERE id = $1 AND "isActive" AND "archivedAt" IS NULL) AS "isLiving",
        EXISTS (SELECT 1 FROM absence WHERE "employeeId" = $2 AND id <> $3 AND "startsAt" < $5 AND "endsAt" > $4) AS overlaps`,
      [substituteId, employeeId, id, startsAt, endsAt],
    );
    if (substituteId && isNewSubstitute && !found!.isLiving)
      throw fieldProblem('/substituteId', 'people.employeeUnknown');
    if (found!.overlaps) throw fieldProblem('/from', 'people.absenceOverlaps');
  }

  /** A day begins at the person's midnight. */
  private async momentOf(ctx: Ctx, pointer: string, employeeId: string, given: string): Promise<Date> {
    if (isRfc3339(given)) return new Date(given);
    if (!isRfc3339(`${given}T00:00:00Z`)) throw fieldProblem(pointer, 'validation.isRfc3339');
    const [row] = await this.db.query<{ at: Date }>(
      ctx,
      `SELECT $1::timestamp AT TIME ZONE COALESCE(e."timeZone", (SELECT "timeZone" FROM installation WHERE id = 1)) AS at
       FROM employee e WHERE e.id = $2`,
      [given, employeeId],
    );
    return row!.at;
  }

  private changed(ctx: TxCtx, id: string): Promise<AbsenceRow> {
    this.live.touch(ctx, ['absences'], 'staff');
    return this.get(ctx, id);
  }
}
