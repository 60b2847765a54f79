import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import type { ProcessProblem } from './process-check';
import { effectiveDefinition, type OwnDefinition, type ProcessDefinition } from './process-definition';
import { ProcessDefinitions, type PublishedProcess } from './process-definitions.service';
import { Process, type ProcessDraft, ProcessVersion } from './process.entity';
import { doerOf } from './ticket-writer.service';
import { TicketError } from './tickets.errors';

/** Everything the editor shows: what is published, and what is being drawn. */
export type ProcessSheet = PublishedProcess & {
  problems: ProcessProblem[];
  draft: (ProcessDraft & { whole: ProcessDefinition; problems: ProcessProblem[] }) | null;
};

/** Definitions nobody works by yet, and those of the past. */
@Injectable()
export class ProcessDrafts {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly definitions: ProcessDefinitions,
  ) {}

  async get(ctx: Ctx, id: string): Promise<ProcessSheet> {
    const published = await this.definitions.get(ctx, id);
    const { process, base, whole, own } = published;
    const problems = await this.definitions.problems(ctx, id, whole, own);
    if (!process.draft) return { ...published, problems, draft: null };
    const { definition } = process.draft;
    const drawn = effectiveDefinition(base, definition);
    const faults = await this.definitions.problems(ctx, id, drawn, definition);
    return { ...published, problems, draft: { ...process.draft, whole: drawn, problems: faults } };
  }

  put(ctx: Ctx, id: string, seen: number, definition: OwnDefinition): Promise<ProcessSheet> {
    return this.db.tx(ctx, async (ctx) => {
      const process = await this.lock(ctx, id);
      if (process.revision !== seen) throw TicketError.processStale({}, { revision: process.revision });
      if (!process.baseId) refuseVariantParts(definition);
      await this.save(ctx, process, definition);
      return this.get(ctx, id);
    });
  }

  discard(ctx: Ctx, id: string): Promise<ProcessSheet> {
    return this.db.tx(ctx, async (ctx) => {
      const process = await this.lock(ctx, id);
      if (process.draft) await this.save(ctx, process, null);
      return this.get(ctx, id);
    });
  }

  async versions(ctx: Ctx, id: string): Promise<Omit<ProcessVersion, 'definition'>[]> {
    await this.definitions.get(ctx, id);
    return this.db.query(
      ctx,
      `SELECT id, "processId", number, note, "publishedAt", "publishedBy" FROM process_version WHERE "processId" = $1 ORDER BY number DESC LIMIT 500`,
      [id],
    );
  }

  async version(ctx: Ctx, processId: string, number: number): Promise<ProcessVersion> {
    const found = await this.db.repo(ctx, ProcessVersion).findOneBy({ processId, number });
    return found ?? raise(TicketError.processVersionNotFound());
  }

  /** Brings a published definition back as the draft: it comes into force when it is published again. */
  restore(ctx: Ctx, id: string, number: number): Promise<ProcessSheet> {
    return this.db.tx(ctx, async (ctx) => {
      const process = await this.lock(ctx, id);
      const { definition } = await this.version(ctx, id, number);
      await this.save(ctx, process, definition);
      return this.get(ctx, id);
    });
  }

  /** One person at a time changes processes: they are checked against each other. */
  async lock(ctx: TxCtx, id: string): Promise<Process> {
    await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('tickets.processes'))`);
    return (await this.db.repo(ctx, Process).findOneBy({ id })) ?? raise(TicketError.processNotFound());
  }

  private async save(ctx: TxCtx, { id, revision }: Process, definition: OwnDefinition | null): Promise<void> {
    const draft: ProcessDraft | null = definition && {
      definition,
      savedAt: ctx.now().toISOString(),
      savedBy: doerOf(ctx).actorName,
    };
    await this.db.query(ctx, 'UPDATE process SET draft = $2::jsonb, revision = $3 WHERE id = $1', [
      id,
      draft && JSON.stringify(draft),
      revision + 1,
    ]);
    this.live.touch(ctx, ['processes'], 'staff');
  }
}

/** A process of its own hides nothing and says itself where it begins. */
function refuseVariantParts({ initialStatusId, hiddenStatusIds, hiddenTransitionIds }: OwnDefinition): void {
  if (!initialStatusId) throw fieldProblem('/initialStatusId', 'tickets.statusRequired');
  if (hiddenStatusIds.length) throw fieldProblem('/hiddenStatusIds', 'tickets.notVariant');
  if (hiddenTransitionIds.length) throw fieldProblem('/hiddenTransitionIds', 'tickets.notVariant');
}
