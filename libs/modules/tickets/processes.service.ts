import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import type { ProcessDefinition } from './process-definition';
import { ProcessDefinitions } from './process-definitions.service';
import { ProcessDrafts, type ProcessSheet } from './process-drafts.service';
import { Process, ProcessVersion } from './process.entity';
import { doerOf } from './ticket-writer.service';
import type { CreateProcess, UpdateProcess } from './processes.dto';
import { TicketError } from './tickets.errors';

/** Processes as data. What they consist of is drawn in drafts (process-drafts) and put into force by publishing. */
@Injectable()
export class Processes {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly definitions: ProcessDefinitions,
    private readonly drafts: ProcessDrafts,
  ) {}

  list(ctx: Ctx): Promise<Process[]> {
    return this.db.repo(ctx, Process).find({ order: { isDefault: 'DESC', code: 'ASC' } });
  }

  /** A process begins as a copy, or as a variant: so it is whole from the first moment. */
  create(ctx: Ctx, { code: given, name, copyOf, baseId }: CreateProcess): Promise<ProcessSheet> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      if (baseId && copyOf) throw fieldProblem('/copyOf', 'tickets.copyOrVariant');
      const code = given ?? `process_${newId().slice(-12)}`;
      if (await this.db.repo(ctx, Process).existsBy({ code })) throw TicketError.codeTaken();
      const modelId = baseId ?? copyOf;
      const model = await this.db.repo(ctx, Process).findOneBy(modelId ? { id: modelId } : { isDefault: true });
      if (!model) throw fieldProblem(baseId ? '/baseId' : '/copyOf', 'tickets.processUnknown');
      if (baseId && model.baseId) throw fieldProblem('/baseId', 'tickets.variantOfVariant');
      const { whole } = await this.definitions.get(ctx, model.id);
      const own = { name, ...(baseId ? NOTHING_OWN : copyOfWhole(whole)) };
      const process = {
        id: newId(),
        code,
        name,
        initialStatusId: own.initialStatusId ?? whole.initialStatusId,
        isDefault: false,
        baseId: baseId ? model.id : null,
      };
      await this.db.repo(ctx, Process).insert(process);
      await this.definitions.write(ctx, process as Process, own);
      await this.db.repo(ctx, ProcessVersion).insert({
        id: newId(),
        processId: process.id,
        number: 1,
        definition: own,
        note: null,
        publishedAt: ctx.now(),
        publishedBy: doerOf(ctx).actorName,
      });
      return this.changed(ctx, process.id);
    });
  }

  update(ctx: Ctx, id: string, { name, isDefault }: UpdateProcess): Promise<ProcessSheet> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const repo = this.db.repo(ctx, Process);
      if (!(await repo.existsBy({ id }))) throw TicketError.processNotFound();
      if (isDefault) {
        await repo.update({ isDefault: true }, { isDefault: false });
        await repo.update({ id }, { isDefault });
      }
      if (name) await repo.update({ id }, { name });
      return this.changed(ctx, id);
    });
  }

  /** One person at a time changes processes: their rows are checked against each other. */
  private lock(ctx: TxCtx): Promise<unknown> {
    return this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('tickets.processes'))`);
  }

  private async changed(ctx: TxCtx, id: string): Promise<ProcessSheet> {
    await this.db.repo(ctx, Process).increment({ id }, 'revision', 1);
    this.live.touch(ctx, ['processes', 'tickets'], 'staff');
    return this.drafts.get(ctx, id);
  }
}

const NOTHING_OWN = {
  initialStatusId: null,
  statuses: [],
  transitions: [],
  hiddenStatusIds: [],
  hiddenTransitionIds: [],
};

/** The same process under new ids; limits to types belong to the model alone. */
function copyOfWhole({ initialStatusId, statuses, transitions }: ProcessDefinition) {
  const ids = new Map(statuses.map(({ id }) => [id, newId()]));
  const of = (id: string): string => ids.get(id)!;
  return {
    initialStatusId: of(initialStatusId),
    statuses: statuses.map((status) => ({ ...status, id: of(status.id) })),
    transitions: transitions.map((transition) => ({
      ...transition,
      id: newId(),
      fromId: of(transition.fromId),
      toId: of(transition.toId),
      typeIds: null,
    })),
    hiddenStatusIds: [],
    hiddenTransitionIds: [],
  };
}
