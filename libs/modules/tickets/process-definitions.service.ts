import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { type ProcessProblem, processProblems } from './process-check';
import { effectiveDefinition, type OwnDefinition, type ProcessDefinition } from './process-definition';
import { Process, StatusTransition, TicketStatus } from './process.entity';
import { TicketError } from './tickets.errors';
import { TransitionGuards } from './transition-guards';

/** A process as it is published: what it says itself, what it stands on, and both together. */
export type PublishedProcess = {
  process: Process;
  own: OwnDefinition;
  base: (ProcessDefinition & { process: Process }) | null;
  whole: ProcessDefinition;
};

const STATUS = `id, code, name, "clientName", color, category, position, "isFinal", x, y`;
const TRANSITION = `id, "fromId", "toId", name, "typeIds", "roleCodes", "requiresComment", "availableForClient", position, guards`;
const partsOf = (table: string, columns: string, condition: string): string =>
  `COALESCE((SELECT json_agg(part ORDER BY part.position, part.id) FROM (SELECT ${columns} FROM ${table} WHERE ${condition}) part), '[]')`;

/** Definitions of processes in the database: rows of statuses and transitions, each with the processes it is in force in. */
@Injectable()
export class ProcessDefinitions {
  constructor(
    private readonly db: Db,
    private readonly guards: TransitionGuards,
  ) {}

  async get(ctx: Ctx, id: string): Promise<PublishedProcess> {
    const process = (await this.db.repo(ctx, Process).findOneBy({ id })) ?? raise(TicketError.processNotFound());
    const base = process.baseId ? await this.base(ctx, process.baseId) : null;
    const own = await this.own(ctx, process, base?.initialStatusId);
    return { process, own, base, whole: effectiveDefinition(base, own) };
  }

  async variants(
    ctx: Ctx,
    baseId: string,
  ): Promise<{ process: Process; own: OwnDefinition; whole: ProcessDefinition }[]> {
    const rows = await this.db.repo(ctx, Process).find({ where: { baseId }, order: { code: 'ASC' } });
    if (!rows.length) return [];
    const base = await this.base(ctx, baseId);
    const variants = [];
    for (const process of rows) {
      const own = await this.own(ctx, process, base.initialStatusId);
      variants.push({ process, own, whole: effectiveDefinition(base, own) });
    }
    return variants;
  }

  /** What is wrong with a definition, in the light of everything the installation knows. */
  async problems(ctx: Ctx, processId: string, whole: ProcessDefinition, own: OwnDefinition): Promise<ProcessProblem[]> {
    const ids = [...own.statuses, ...own.transitions].map(({ id }) => id);
    const [known] = await this.db.query<Record<'types' | 'roles' | 'foreign', string[]>>(
      ctx,
      `SELECT ARRAY(SELECT id::text FROM ticket_type) AS types,
              ARRAY(SELECT id::text FROM role UNION ALL SELECT code FROM role WHERE code IS NOT NULL) AS roles,
              ARRAY(SELECT id::text FROM ticket_status WHERE id = ANY($1::uuid[]) AND "processId" <> $2
                    UNION ALL SELECT id::text FROM status_transition WHERE id = ANY($1::uuid[]) AND "processId" <> $2) AS "foreign"`,
      [ids, processId],
    );
    return processProblems(whole, own, {
      typeIds: new Set(known!.types),
      roles: new Set(known!.roles),
      foreignIds: new Set(known!.foreign),
      guardProblem: (ref) => this.guards.problem(ctx, ref),
    });
  }

  /** Writes what a process says itself over its rows: ids stay, what is gone from it is put away. */
  async write(ctx: TxCtx, { id, baseId }: Process, own: OwnDefinition): Promise<void> {
    const statusIds = own.statuses.map((status) => status.id);
    // Two statuses may swap their codes.
    await this.db.query(
      ctx,
      `UPDATE ticket_status SET code = CASE WHEN id = ANY($2::uuid[]) THEN '~' || id ELSE code END,
         "archivedAt" = CASE WHEN id = ANY($2::uuid[]) THEN NULL ELSE COALESCE("archivedAt", $3::timestamptz) END
       WHERE "processId" = $1 AND (id = ANY($2::uuid[]) OR "archivedAt" IS NULL)`,
      [id, statusIds, ctx.now()],
    );
    await this.db.repo(ctx, StatusTransition).delete({ processId: id });
    const statuses = own.statuses.map((status) => ({ ...status, processId: id, archivedAt: null }));
    if (statuses.length) await this.db.repo(ctx, TicketStatus).upsert(statuses, ['id']);
    const transitions = own.transitions.map((transition) => ({ ...transition, processId: id }));
    if (transitions.length) await this.db.repo(ctx, StatusTransition).insert(transitions);
    const { name, hiddenStatusIds, hiddenTransitionIds, initialStatusId } = own;
    await this.db.repo(ctx, Process).update({ id }, { name, hiddenStatusIds, hiddenTransitionIds });
    if (initialStatusId) await this.db.repo(ctx, Process).update({ id }, { initialStatusId });
    await this.spread(ctx, baseId ?? id);
  }

  /** Marks every status and transition of a base and its variants with the processes it is in force in. */
  async spread(ctx: TxCtx, baseId: string): Promise<void> {
    const root = await this.get(ctx, baseId);
    const family = [root, ...(await this.variants(ctx, baseId))];
    const marks = new Map<string, string[]>();
    for (const { process, whole } of family) {
      for (const { id } of [...whole.statuses, ...whole.transitions])
        marks.set(id, [...(marks.get(id) ?? []), process.id]);
      await this.db.repo(ctx, Process).update({ id: process.id }, { initialStatusId: whole.initialStatusId });
    }
    const ids = family.map(({ process }) => process.id);
    const pairs = [...marks].flatMap(([id, processes]) => processes.map((processId) => [id, processId] as const));
    for (const table of ['ticket_status', 'status_transition']) {
      await this.db.query(
        ctx,
        `UPDATE ${table} p SET "processIds" = ARRAY(SELECT m.process FROM unnest($2::uuid[], $3::uuid[]) m(part, process) WHERE m.part = p.id ORDER BY m.process)
         WHERE p."processId" = ANY($1::uuid[])`,
        [ids, pairs.map(([id]) => id), pairs.map(([, processId]) => processId)],
      );
    }
  }

  private async base(ctx: Ctx, id: string): Promise<ProcessDefinition & { process: Process }> {
    const process = await this.db.repo(ctx, Process).findOneByOrFail({ id });
    return { process, ...effectiveDefinition(null, await this.own(ctx, process)) };
  }

  private async own(ctx: Ctx, process: Process, baseInitialId?: string): Promise<OwnDefinition> {
    const [parts] = await this.db.query<Pick<OwnDefinition, 'statuses' | 'transitions'>>(
      ctx,
      `SELECT ${partsOf('ticket_status', STATUS, '"processId" = $1 AND "archivedAt" IS NULL')} AS statuses,
              ${partsOf('status_transition', TRANSITION, '"processId" = $1')} AS transitions`,
      [process.id],
    );
    const { name, initialStatusId, hiddenStatusIds, hiddenTransitionIds } = process;
    return {
      name,
      initialStatusId: initialStatusId === baseInitialId ? null : initialStatusId,
      ...parts!,
      hiddenStatusIds,
      hiddenTransitionIds,
    };
  }
}
