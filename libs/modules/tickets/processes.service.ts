import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import { processProblems } from './process-check';
import { Process, StatusTransition, TicketStatus } from './process.entity';
import type {
  CreateProcess,
  CreateStatus,
  CreateTransition,
  UpdateProcess,
  UpdateStatus,
  UpdateTransition,
  WholeProcess,
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
  ) {}

  list(ctx: Ctx): Promise<Process[]> {
    return this.db.repo(ctx, Process).find({ order: { isDefault: 'DESC', code: 'ASC' } });
  }

  async get(ctx: Ctx, id: string): Promise<WholeProcess> {
    const process = (await this.db.repo(ctx, Process).findOneBy({ id })) ?? raise(TicketError.processNotFound());
    const statuses = await this.db
      .repo(ctx, TicketStatus)
      .find({ where: { processId: id }, order: { position: 'ASC', code: 'ASC' } });
    const transitions = await this.db
      .repo(ctx, StatusTransition)
      .find({ where: { processId: id }, order: { position: 'ASC', id: 'ASC' } });
    return {
      process,
      statuses,
      transitions,
      problems: processProblems(process.initialStatusId, statuses, transitions),
    };
  }

  /** A process begins as a copy: so it is whole from the first moment. */
  create(ctx: Ctx, { code, name, copyOf }: CreateProcess): Promise<WholeProcess> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      if (await this.db.repo(ctx, Process).existsBy({ code })) throw TicketError.codeTaken();
      const model = await this.db.repo(ctx, Process).findOneBy(copyOf ? { id: copyOf } : { isDefault: true });
      if (!model) throw fieldProblem('/copyOf', 'tickets.processUnknown');
      const { statuses, transitions } = await this.get(ctx, model.id);
      const id = newId();
      const ids = new Map(statuses.map((status) => [status.id, newId()]));
      const of = (statusId: string): string => ids.get(statusId)!;
      await this.db
        .repo(ctx, Process)
        .insert({ id, code, name, initialStatusId: of(model.initialStatusId), isDefault: false });
      await this.db
        .repo(ctx, TicketStatus)
        .insert(statuses.map((status) => ({ ...status, id: of(status.id), processId: id })));
      await this.db.repo(ctx, StatusTransition).insert(
        transitions.map((transition) => ({
          ...transition,
          id: newId(),
          processId: id,
          fromId: of(transition.fromId),
          toId: of(transition.toId),
          typeIds: null,
        })),
      );
      return this.changed(ctx, id);
    });
  }

  update(ctx: Ctx, id: string, input: UpdateProcess): Promise<WholeProcess> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const { statuses } = await this.get(ctx, id);
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
  ): Promise<WholeProcess> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const { statuses } = await this.get(ctx, id);
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
  updateStatus(ctx: Ctx, id: string, statusId: string, input: UpdateStatus): Promise<WholeProcess> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const { statuses } = await this.get(ctx, id);
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
  removeStatus(ctx: Ctx, id: string, statusId: string): Promise<WholeProcess> {
    return this.db.tx(ctx, async (ctx) => {
      // No ticket may enter the status while it is being looked at.
      await this.db.query(ctx, 'LOCK TABLE ticket IN SHARE MODE');
      await this.lock(ctx);
      const { process, statuses, transitions } = await this.get(ctx, id);
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

  addTransition(ctx: Ctx, id: string, { fromId, toId, ...fields }: CreateTransition): Promise<WholeProcess> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const { statuses, transitions } = await this.get(ctx, id);
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

  updateTransition(ctx: Ctx, id: string, transitionId: string, input: UpdateTransition): Promise<WholeProcess> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      await this.findTransition(ctx, id, transitionId);
      await this.checkLimits(ctx, input);
      const fields = definedOf(input);
      if (Object.keys(fields).length) await this.db.repo(ctx, StatusTransition).update({ id: transitionId }, fields);
      return this.changed(ctx, id);
    });
  }

  removeTransition(ctx: Ctx, id: string, transitionId: string): Promise<WholeProcess> {
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

  private changed(ctx: TxCtx, id: string): Promise<WholeProcess> {
    this.live.touch(ctx, ['processes', 'tickets'], 'staff');
    return this.get(ctx, id);
  }
}
