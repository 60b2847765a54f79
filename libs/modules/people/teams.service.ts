import { ActorSources } from '@opora/platform/auth';
import { type Actor, type Ctx, scopesOf, systemContext } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { DirectoryTeam, FindPeople } from './directory.dto';
import { Employee } from './employee.entity';
import { likeOf } from './employees.query';
import { PeoplePermission } from './people.access';
import { PeopleError } from './people.errors';
import { Team } from './team.entity';
import type { CreateTeam, ListTeams, UpdateTeam } from './teams.dto';

export type TeamRow = Team & {
  sortName: string;
  lead: { id: string; name: string } | null;
  members: { id: string; name: string }[];
};

const TEAM_SELECT = `
  SELECT t.*, lower(t.name) AS "sortName",
    (SELECT json_build_object('id', l.id, 'name', l.name) FROM employee l WHERE l.id = t."leadId") AS lead,
    (SELECT coalesce(json_agg(json_build_object('id', e.id, 'name', e.name) ORDER BY lower(e.name), e.id), '[]')
       FROM team_member m JOIN employee e ON e.id = m."employeeId" WHERE m."teamId" = t.id AND e."archivedAt" IS NULL) AS members
  FROM team t`;

/** Which teams a permission reaches: all, or the actor's own. */
function visibleTeams(actor: Actor, permission: string): { seesAll: boolean; teamIds: readonly string[] } {
  const kinds = scopesOf(actor, permission).map((scope) => scope.kind);
  const teamIds = kinds.length && actor.kind === 'employee' ? actor.teamIds : [];
  return { seesAll: kinds.includes('all') || kinds.includes('categories'), teamIds };
}

/** Teams of employees on the support lines. */
@Injectable()
export class Teams {
  constructor(
    private readonly db: Db,
    private readonly actors: ActorSources,
  ) {}

  /** Also finds the archived: old tickets still name them. */
  find(ctx: Ctx, id: string): Promise<Team | null> {
    return this.db.repo(ctx, Team).findOneBy({ id });
  }

  async get(ctx: Ctx, id: string): Promise<Team> {
    return (await this.find(ctx, id)) ?? raise(PeopleError.teamNotFound());
  }

  /** Names by id, the archived included. */
  async namesOf(ctx: Ctx, ids: readonly (string | null | undefined)[]): Promise<Map<string, string>> {
    const wanted = [...new Set(ids.filter((id) => id !== null && id !== undefined))];
    if (!wanted.length) return new Map();
    const rows = await this.db.query<{ id: string; name: string }>(
      ctx,
      'SELECT id, name FROM team WHERE id = ANY ($1::uuid[])',
      [wanted],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Active members of a team. */
  async memberIds(ctx: Ctx, teamId: string): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT e.id FROM team_member m JOIN employee e ON e.id = m."employeeId" WHERE m."teamId" = $1 AND e."isActive" AND e."archivedAt" IS NULL`,
      [teamId],
    );
    return rows.map(({ id }) => id);
  }

  async list(ctx: Ctx, query: ListTeams): Promise<Page<TeamRow>> {
    const after = decodeCursor(query.cursor, ['number', 'text', 'uuid']);
    const { seesAll, teamIds } = visibleTeams(ctx.actor, PeoplePermission.read);
    const rows = await this.db.query<TeamRow>(
      ctx,
      `${TEAM_SELECT}
       WHERE ($1::boolean OR t.id = ANY ($2::uuid[])) AND (t."archivedAt" IS NOT NULL) = $3
         AND ($4::text IS NULL OR t.name ILIKE $4)
         AND ($5::int IS NULL OR (t.line, lower(t.name), t.id) > ($5, $6, $7::uuid))
       ORDER BY t.line, lower(t.name), t.id LIMIT $8`,
      [
        seesAll,
        teamIds,
        query.archived ?? false,
        likeOf(query.q),
        after?.[0] ?? null,
        after?.[1] ?? null,
        after?.[2] ?? null,
        query.limit + 1,
      ],
    );
    return pageOfRows(rows, query.limit, (row) => keyset(row.line, row.sortName, row.id));
  }

  /** Teams for pickers; with `teamId` only that one. */
  directory(ctx: Ctx, { q, teamId, limit }: FindPeople): Promise<DirectoryTeam[]> {
    return this.db.query<DirectoryTeam>(
      ctx,
      `SELECT id, name, line FROM team WHERE "archivedAt" IS NULL AND ($1::text IS NULL OR name ILIKE $1) AND ($2::uuid IS NULL OR id = $2)
       ORDER BY line, lower(name), id LIMIT $3`,
      [likeOf(q), teamId ?? null, limit],
    );
  }

  /** One team as the actor may see it through a permission. */
  async getRow(ctx: Ctx, id: string, permission: string = PeoplePermission.read): Promise<TeamRow> {
    const { seesAll, teamIds } = visibleTeams(ctx.actor, permission);
    const [row] = await this.db.query<TeamRow>(
      ctx,
      `${TEAM_SELECT} WHERE ($1::boolean OR t.id = ANY ($2::uuid[])) AND t.id = $3`,
      [seesAll, teamIds, id],
    );
    return row ?? raise(PeopleError.teamNotFound());
  }

  async create(ctx: Ctx, input: CreateTeam): Promise<TeamRow> {
    return this.db.tx(ctx, async (ctx) => {
      const { memberIds = [], ...fields } = input;
      await this.checkPeople(ctx, memberIds, input.leadId);
      const id = newId();
      await this.db.repo(ctx, Team).insert({
        id,
        name: fields.name,
        line: fields.line,
        forbidsClientReplies: fields.forbidsClientReplies ?? false,
        hidesClientContacts: fields.hidesClientContacts ?? false,
        leadId: fields.leadId ?? null,
        createdAt: ctx.now(),
        archivedAt: null,
      });
      await this.setMembers(ctx, id, memberIds);
      return this.changed(ctx, id);
    });
  }

  async update(ctx: Ctx, id: string, { memberIds, ...input }: UpdateTeam): Promise<TeamRow> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx, id);
      await this.checkPeople(ctx, memberIds ?? [], input.leadId);
      const fields = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
      if (Object.keys(fields).length) await this.db.repo(ctx, Team).update({ id }, fields);
      if (memberIds) await this.setMembers(ctx, id, memberIds);
      return this.changed(ctx, id);
    });
  }

  async archive(ctx: Ctx, id: string): Promise<TeamRow> {
    return this.db.tx(ctx, async (ctx) => {
      const team = await this.lock(ctx, id);
      await this.db.repo(ctx, Team).update({ id }, { archivedAt: team.archivedAt ?? ctx.now() });
      return this.changed(ctx, id);
    });
  }

  async restore(ctx: Ctx, id: string): Promise<TeamRow> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx, id);
      await this.db.repo(ctx, Team).update({ id }, { archivedAt: null });
      return this.changed(ctx, id);
    });
  }

  private async lock(ctx: Ctx, id: string): Promise<Team> {
    await this.getRow(ctx, id, PeoplePermission.manage);
    return this.db.repo(ctx, Team).findOneOrFail({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  private changed(ctx: TxCtx, id: string): Promise<TeamRow> {
    ctx.tx.afterCommit.push(() => this.actors.forgetAll());
    return this.getRow({ ...systemContext(), tx: ctx.tx }, id);
  }

  private async checkPeople(ctx: Ctx, memberIds: readonly string[], leadId: string | null | undefined): Promise<void> {
    const wanted = [...new Set([...memberIds, ...(leadId ? [leadId] : [])])];
    if (!wanted.length) return;
    const found = new Set(
      (await this.db.repo(ctx, Employee).find({ where: { id: In(wanted) }, select: { id: true } })).map(({ id }) => id),
    );
    if (leadId && !found.has(leadId)) throw fieldProblem('/leadId', 'people.employeeUnknown');
    const missing = memberIds.findIndex((id) => !found.has(id));
    if (missing >= 0) throw fieldProblem(`/memberIds/${missing}`, 'people.employeeUnknown');
  }

  /** Replaces the members that are shown; archived people keep their place for the day they come back. */
  private async setMembers(ctx: Ctx, teamId: string, memberIds: readonly string[]): Promise<void> {
    await this.db.query(
      ctx,
      `DELETE FROM team_member m USING employee e WHERE e.id = m."employeeId" AND m."teamId" = $1 AND e."archivedAt" IS NULL AND e.id <> ALL ($2::uuid[])`,
      [teamId, memberIds],
    );
    await this.db.query(
      ctx,
      `INSERT INTO team_member ("teamId", "employeeId") SELECT $1, id FROM unnest($2::uuid[]) AS id ON CONFLICT DO NOTHING`,
      [teamId, memberIds],
    );
  }
}
