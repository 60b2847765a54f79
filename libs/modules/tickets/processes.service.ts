import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import type { ProcessDefinition } from './process-definition';
import { ProcessDefinitions } from './process-definitions.service';
import { ProcessDrafts, type ProcessSheet } from './process-drafts.service';
import { Process, ProcessVersion, StatusTransition, TicketStatus } from './process.entity';
import { doerOf } from './ticket-writer.service';
import type {
  CreateProcess,
  CreateStatus,
  CreateTransition,
  UpdateProcess,
  UpdateStatus,
  UpdateTransition,
} from './processes.dto';
import { TicketError } from './tickets.errors';

const definedOf = <Fields extends object>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;

/** Processes as data: statuses and the transitions between them. */
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

  update(ctx: Ctx, id: string, input: UpdateProcess): Promise<ProcessSheet> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const { statuses } = (await this.definitions.get(ctx, id)).whole;
      if (input.initialStatusId && !statuses.some((status) => status.id === input.initialStatusId?.toLowerCase()))
        throw fieldProblem('/initialStatusId', 'tickets.statusUnknown');
      if (input.isDefault) await this.db.repo(ctx, Process).update({ isDefault: true }, { isDefault: false });
      const fields = definedOf(input);
      if (Object.keys(fields).length) await this.db.repo(ctx, Process).update({ id }, fields);
      return this.changed(ctx, id);
    });
  }

  addStatus(
    ctx: Ctx,
    id: string,
    { clientName, position, isFinal = false, ...fields }: CreateStatus,
  ): Promise<ProcessSheet> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const { statuses } = await this.parts(ctx, id);
      if (statuses.some(({ code }) => code === fields.code)) throw TicketError.codeTaken();
      const last = Math.max(0, ...statuses.map((status) => status.position));
      await this.db.repo(ctx, TicketStatus).insert({
        ...fields,
        clientName: clientName ?? fields.name,
        isFinal,
        position: position ?? last + 1,
        id: newId(),
        processId: id,
      });
      return this.changed(ctx, id);
    });
  }

  /** A new category reaches the tickets that stand in the status: their copies of it follow. */
  updateStatus(ctx: Ctx, id: string, statusId: string, input: UpdateStatus): Promise<ProcessSheet> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const { statuses } = await this.parts(ctx, id);
      const status = statuses.find((row) => row.id === statusId.toLowerCase()) ?? raise(TicketError.statusNotFound());
      const fields = definedOf(input);
      if (Object.keys(fields).length) await this.db.repo(ctx, TicketStatus).update({ id: status.id }, fields);
      if (input.category && input.category !== status.category) {
        await this.db.query(ctx, 'UPDATE ticket SET "statusCategory" = $2 WHERE "statusId" = $1', [
          status.id,
          input.category,
        ]);
      }
      return this.changed(ctx, id);
    });
  }

  /** Only a status that no ticket stands in and no transition touches. */
  removeStatus(ctx: Ctx, id: string, statusId: string): Promise<ProcessSheet> {
    return this.db.tx(ctx, async (ctx) => {
      // No ticket may enter the status while it is being looked at.
      await this.db.query(ctx, 'LOCK TABLE ticket IN SHARE MODE');
      await this.lock(ctx);
      const { process, statuses, transitions } = await this.parts(ctx, id);
      const status = statuses.find((row) => row.id === statusId.toLowerCase()) ?? raise(TicketError.statusNotFound());
      if (process.initialStatusId === status.id) throw TicketError.statusInitial();
      const touching = transitions.filter(({ fromId, toId }) => fromId === status.id || toId === status.id).length;
      const [used] = await this.db.query<{ n: number }>(
        ctx,
        'SELECT count(*)::int AS n FROM ticket WHERE "statusId" = $1',
        [status.id],
      );
      if (used!.n || touching) throw TicketError.statusInUse({ tickets: used!.n, transitions: touching });
      await this.db.repo(ctx, TicketStatus).delete({ id: status.id });
      return this.changed(ctx, id);
    });
  }

  addTransition(ctx: Ctx, id: string, { fromId, toId, ...fields }: CreateTransition): Promise<ProcessSheet> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const { statuses, transitions } = await this.parts(ctx, id);
      for (const [pointer, statusId] of [
        ['/fromId', fromId],
        ['/toId', toId],
      ] as const) {
        if (!statuses.some((status) => status.id === statusId.toLowerCase()))
          throw fieldProblem(pointer, 'tickets.statusUnknown');
      }
      await this.checkLimits(ctx, fields);
      const last = Math.max(0, ...transitions.map((transition) => transition.position));
      await this.db.repo(ctx, StatusTransition).insert({
        id: newId(),
        processId: id,
        fromId,
        toId,
        name: fields.name ?? null,
        typeIds: fields.typeIds ?? null,
        roleCodes: fields.roleCodes ?? null,
        requiresComment: fields.requiresComment ?? false,
        availableForClient: fields.availableForClient ?? false,
        position: fields.position ?? last + 1,
      });
      return this.changed(ctx, id);
    });
  }

  updateTransition(ctx: Ctx, id: string, transitionId: string, input: UpdateTransition): Promise<ProcessSheet> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      await this.findTransition(ctx, id, transitionId);
      await this.checkLimits(ctx, input);
      const fields = definedOf(input);
      if (Object.keys(fields).length) await this.db.repo(ctx, StatusTransition).update({ id: transitionId }, fields);
      return this.changed(ctx, id);
    });
  }

  removeTransition(ctx: Ctx, id: string, transitionId: string): Promise<ProcessSheet> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      await this.findTransition(ctx, id, transitionId);
      await this.db.repo(ctx, StatusTransition).delete({ id: transitionId });
      return this.changed(ctx, id);
    });
  }

  private async findTransition(ctx: Ctx, processId: string, id: string): Promise<void> {
    if (!(await this.db.repo(ctx, StatusTransition).existsBy({ id, processId })))
      throw TicketError.transitionNotFound();
  }

  private async checkLimits(ctx: Ctx, { typeIds, roleCodes }: UpdateTransition): Promise<void> {
    const [found] = await this.db.query<{ types: string[]; roles: string[] }>(
      ctx,
      `SELECT ARRAY(SELECT id::text FROM ticket_type WHERE id = ANY($1::uuid[])) AS types,
              ARRAY(SELECT r FROM unnest($2::text[]) r WHERE EXISTS (SELECT 1 FROM role WHERE code = r OR id::text = r)) AS roles`,
      [typeIds ?? [], roleCodes ?? []],
    );
    const unknownType = (typeIds ?? []).findIndex((id) => !found!.types.includes(id.toLowerCase()));
    if (unknownType >= 0) throw fieldProblem(`/typeIds/${unknownType}`, 'tickets.typeUnknown');
    const unknownRole = (roleCodes ?? []).findIndex((code) => !found!.roles.includes(code));
    if (unknownRole >= 0) throw fieldProblem(`/roleCodes/${unknownRole}`, 'tickets.roleUnknown');
  }

  /** One person at a time changes processes: their rows are checked against each other. */
  private lock(ctx: TxCtx): Promise<unknown> {
    return this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('tickets.processes'))`);
  }

  /** The parts of a process that is no variant. */
  private async parts(ctx: Ctx, id: string) {
    const { process, whole } = await this.definitions.get(ctx, id);
    if (process.baseId) throw TicketError.processNotFound();
    return { process, ...whole };
  }

  private async changed(ctx: TxCtx, id: string): Promise<ProcessSheet> {
    const { baseId } = await this.db.repo(ctx, Process).findOneByOrFail({ id });
    await this.definitions.spread(ctx, baseId ?? id);
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
