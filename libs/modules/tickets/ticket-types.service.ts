import { Injectable } from '@nestjs/common';
import { CustomFields } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import { Priority, Process } from './process.entity';
import type { CreatePriority, CreateTicketType, UpdatePriority, UpdateTicketType } from './ticket-types.dto';
import { codeOf, isCustomKey } from './ticket-filter-keys';
import { type CloseRules, type FormField, STAFF_FIELDS, TicketType } from './ticket-type.entity';
import { TicketError } from './tickets.errors';

const definedOf = <Fields extends object>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;

/** A parent that waits for its children cannot take them along. */
function refuseClash(rules: CloseRules = {}): void {
  if (rules.blockCloseWhileChildrenOpen && rules.closeChildrenWithParent)
    throw fieldProblem('/closeRules/closeChildrenWithParent', 'tickets.closeRulesClash');
}

/** Types and priorities: data, changed without a restart, archived and never deleted. */
@Injectable()
export class TicketTypes {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly fields: CustomFields,
  ) {}

  listTypes(ctx: Ctx): Promise<TicketType[]> {
    return this.db.repo(ctx, TicketType).find({ order: { position: 'ASC', code: 'ASC' } });
  }

  createType(ctx: Ctx, { code, name, processId, ...fields }: CreateTicketType): Promise<TicketType> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const repo = this.db.repo(ctx, TicketType);
      if (await repo.existsBy({ code })) throw TicketError.codeTaken();
      refuseClash(fields.closeRules);
      await this.checkForm(ctx, fields.form);
      const process = await this.process(ctx, processId);
      if (fields.isDefault) await repo.update({ isDefault: true }, { isDefault: false });
      const id = newId();
      const isInner = fields.isInner ?? false;
      await repo.insert({
        id,
        code,
        name,
        isInner,
        availableForClient: fields.availableForClient ?? !isInner,
        isDefault: fields.isDefault ?? false,
        processId: process.id,
        form: fields.form ?? [],
        closeRules: fields.closeRules ?? {},
        position: fields.position ?? ((await repo.maximum('position')) ?? 0) + 1,
        archivedAt: null,
      });
      return this.changedType(ctx, id);
    });
  }

  updateType(ctx: Ctx, id: string, { isArchived, ...input }: UpdateTicketType): Promise<TicketType> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const repo = this.db.repo(ctx, TicketType);
      const type = (await repo.findOneBy({ id })) ?? raise(TicketError.typeNotFound());
      const archivedAt =
        isArchived === undefined ? type.archivedAt : isArchived ? (type.archivedAt ?? ctx.now()) : null;
      if (archivedAt && (type.isDefault || input.isDefault)) throw TicketError.defaultRequired();
      refuseClash(input.closeRules);
      await this.checkForm(ctx, input.form);
      if (input.processId) await this.process(ctx, input.processId);
      if (input.isDefault) await repo.update({ isDefault: true }, { isDefault: false });
      await repo.update({ id }, { ...definedOf(input), archivedAt });
      return this.changedType(ctx, id);
    });
  }

  listPriorities(ctx: Ctx): Promise<Priority[]> {
    return this.db.repo(ctx, Priority).find({ order: { position: 'ASC', code: 'ASC' } });
  }

  createPriority(ctx: Ctx, { position, ...fields }: CreatePriority): Promise<Priority> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const repo = this.db.repo(ctx, Priority);
      if (await repo.existsBy({ code: fields.code })) throw TicketError.codeTaken();
      const id = newId();
      await repo.insert({
        id,
        ...fields,
        position: position ?? ((await repo.maximum('position')) ?? 0) + 1,
        isDefault: false,
        archivedAt: null,
      });
      return this.changedPriority(ctx, id);
    });
  }

  updatePriority(ctx: Ctx, id: string, { isArchived, ...input }: UpdatePriority): Promise<Priority> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const repo = this.db.repo(ctx, Priority);
      const priority = (await repo.findOneBy({ id })) ?? raise(TicketError.priorityNotFound());
      const archivedAt =
        isArchived === undefined ? priority.archivedAt : isArchived ? (priority.archivedAt ?? ctx.now()) : null;
      if (archivedAt && (priority.isDefault || input.isDefault)) throw TicketError.defaultRequired();
      if (input.isDefault) await repo.update({ isDefault: true }, { isDefault: false });
      await repo.update({ id }, { ...definedOf(input), archivedAt });
      return this.changedPriority(ctx, id);
    });
  }

  /** A form asks only for custom fields there are. */
  private async checkForm(ctx: Ctx, form: FormField[] = []): Promise<void> {
    const staffOnly = form.findIndex(
      ({ field, portal }) => STAFF_FIELDS.includes(field) && (portal.isAsked || portal.isRequired),
    );
    if (staffOnly >= 0) throw fieldProblem(`/form/${staffOnly}/portal`, 'tickets.staffFieldOnPortal');
    const custom = form.filter(({ field }) => isCustomKey(field));
    if (!custom.length) return;
    const known = new Set((await this.fields.definitions(ctx, 'ticket')).map(({ code }) => code));
    const unknown = form.findIndex(({ field }) => isCustomKey(field) && !known.has(codeOf(field)));
    if (unknown >= 0) throw fieldProblem(`/form/${unknown}/field`, 'tickets.fieldUnknown');
  }

  private async process(ctx: Ctx, id?: string): Promise<Process> {
    const process = await this.db.repo(ctx, Process).findOneBy(id ? { id } : { isDefault: true });
    return process ?? raise(fieldProblem('/processId', 'tickets.processUnknown'));
  }

  /** Two people making two defaults at once leave one. */
  private lock(ctx: TxCtx): Promise<unknown> {
    return this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('tickets.types'))`);
  }

  private async changedType(ctx: TxCtx, id: string): Promise<TicketType> {
    this.live.touch(ctx, ['ticket-types', 'tickets'], 'everyone');
    return (await this.db.repo(ctx, TicketType).findOneBy({ id })) ?? raise(TicketError.typeNotFound());
  }

  private async changedPriority(ctx: TxCtx, id: string): Promise<Priority> {
    this.live.touch(ctx, ['priorities', 'tickets'], 'staff');
    return (await this.db.repo(ctx, Priority).findOneBy({ id })) ?? raise(TicketError.priorityNotFound());
  }
}
