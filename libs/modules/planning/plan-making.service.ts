import { Injectable } from '@nestjs/common';
import { Checklists } from '@opora/modules/checklists';
import { Tickets } from '@opora/modules/tickets';
import { type Ctx, type Locale, systemContext } from '@opora/platform/context';
import { Db, SqlParams, type TxCtx } from '@opora/platform/db';
import { ProblemError } from '@opora/platform/errors';
import { fieldText } from '@opora/platform/http';
import { text } from '@opora/platform/i18n';
import { Live } from '@opora/platform/live';
import { log } from '@opora/platform/log';
import { Organisation } from '@opora/platform/organisation';
import { planObjectsSql } from './plan-objects';
import { PlanFilling } from './plan-filling.service';
import { filled, type PlanVariables, subjectOf } from './plan-text';
import { PlannedOccurrence, PlannedTicket, type SkipKind } from './planned-ticket.entity';

/** A date is missed once it is so long past: a restart does not make one. */
export const MISSED_AFTER_MS = 3_600_000;
/** When a ticket that could not be made is tried again; after the last one a person is asked. */
const RETRY_AFTER_MS = [60_000, 300_000, 3_600_000];
/** What a ticket can do without, if it is no longer there. */
const OPTIONAL = ['typeId', 'priorityId', 'contactId', 'teamId', 'assigneeId', 'customFields', 'plannedSeconds'];

type Place = { id: string; name: string; address: string | null; companyId: string; company: string };
type Job = { occurrence: PlannedOccurrence; plan: PlannedTicket; places: Place[]; without: readonly string[] };

/** Makes the tickets of dates that are due, each in a transaction of its own: it is there with its mark, or neither is. */
@Injectable()
export class PlanMaking {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly organisation: Organisation,
    private readonly filling: PlanFilling,
    private readonly tickets: Tickets,
    private readonly checklists: Checklists,
  ) {}

  /** Settles the date that has been due longest; false when none is. One that another process holds is left to it. */
  async makeNext(now: Date): Promise<boolean> {
    const ctx = systemContext('planning');
    let id: string | undefined;
    try {
      return await this.db.tx(ctx, async (ctx) => {
        const [row] = await this.db.prepared<PlannedOccurrence>(
          ctx,
          `SELECT * FROM planned_occurrence WHERE "nextAt" <= $1 ORDER BY "nextAt", id LIMIT 1 FOR UPDATE SKIP LOCKED`,
          [now],
        );
        if (!row) return false;
        id = row.id;
        await this.settle(ctx, row, []);
        return true;
      });
    } catch (error) {
      if (!id) throw error;
      await this.recover(ctx, id, error);
      return true;
    }
  }

  private async settle(ctx: TxCtx, occurrence: PlannedOccurrence, without: readonly string[]): Promise<void> {
    const plan = await this.db.repo(ctx, PlannedTicket).findOneByOrFail({ id: occurrence.plannedId });
    const skip = (kind: SkipKind): Promise<void> => this.skip(ctx, plan, occurrence, kind);
    if (plan.archivedAt) return void (await this.db.repo(ctx, PlannedOccurrence).delete({ id: occurrence.id }));
    // Its plan was paused a moment ago.
    if (!plan.isActive) return this.update(ctx, occurrence.id, { nextAt: null });
    if (await this.isMissed(ctx, plan, occurrence)) return skip('missed');
    const places = await this.placesOf(ctx, plan, occurrence);
    if (plan.objects.mode !== 'none' && !places.length) return skip('object_gone');
    const because = systemContext('planning', { kind: 'schedule', id: plan.id, name: plan.name });
    const ticketId = await this.create({ ...because, tx: ctx.tx }, { occurrence, plan, places, without });
    await this.update(ctx, occurrence.id, {
      state: 'created',
      ticketId,
      nextAt: null,
      settledAt: ctx.now(),
      reason: without.length ? await this.withoutText(ctx, without) : null,
    });
    this.live.touch(ctx, ['planned-tickets'], 'staff');
  }

  /** The ticket of the date; of a group the parent's, with a child for every object. */
  private async create(ctx: TxCtx, job: Job): Promise<string> {
    const isGroup = job.plan.fanOut === 'one_group' && job.plan.objects.mode !== 'none';
    if (!isGroup) return this.createOne(ctx, job, job.places[0]);
    const companies = new Set(job.places.map(({ companyId }) => companyId));
    const only = companies.size === 1 ? job.places[0] : undefined;
    const parentId = await this.createOne(ctx, job, undefined, {
      companyId: only?.companyId,
      company: only?.company,
      isParent: true,
    });
    for (const place of job.places) await this.createOne(ctx, job, place, { parentId });
    return parentId;
  }

  private async createOne(
    ctx: TxCtx,
    { occurrence, plan, without }: Job,
    place: Place | undefined,
    {
      parentId,
      companyId,
      company,
      isParent = false,
    }: { parentId?: string; companyId?: string; company?: string; isParent?: boolean } = {},
  ): Promise<string> {
    const { locale } = await this.organisation.get(ctx);
    const variables = variablesOf(plan, occurrence, place, locale as Locale, company);
    const { ticket } = plan;
    const at = occurrence.plannedAt;
    const fields = {
      typeId: ticket.typeId ?? undefined,
      priorityId: ticket.priorityId ?? undefined,
      contactId: ticket.contactId,
      teamId: ticket.teamId ?? undefined,
      assigneeId: ticket.assigneeId ?? undefined,
      plannedSeconds: ticket.plannedSeconds,
      customFields: ticket.customFields,
    };
    const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => !without.includes(name)));
    const card = await this.tickets.create(
      ctx,
      {
        ...kept,
        subject: subjectOf(ticket.subject, variables),
        description: filled(ticket.description, variables, { isHtml: true }),
        companyId: place?.companyId ?? companyId ?? ticket.companyId,
        objectId: place?.id,
        parentId,
        scheduledFor: at.toISOString(),
        deadlineAt:
          ticket.deadlineSeconds === null ? null : new Date(at.getTime() + ticket.deadlineSeconds * 1000).toISOString(),
        source: 'schedule',
      },
      { sourceRef: occurrence.id, withoutForm: true },
    );
    if (plan.checklistTemplateId && !isParent && !without.includes('checklistTemplateId'))
      await this.addChecklist(ctx, card.id, plan);
    return card.id;
  }

  /** A template that is out of use by now is no reason to leave the work undone. */
  private async addChecklist(
    ctx: TxCtx,
    ticketId: string,
    { checklistTemplateId: templateId }: PlannedTicket,
  ): Promise<void> {
    const [living] = await this.db.query(
      ctx,
      `SELECT 1 FROM checklist_template WHERE id = $1 AND "archivedAt" IS NULL
         AND NOT EXISTS (SELECT 1 FROM checklist k WHERE k."ticketId" = $2 AND k."templateId" = $1)`,
      [templateId, ticketId],
    );
    if (living) await this.checklists.create(ctx, ticketId, { templateId: templateId! });
  }

  /** Whether the policy for what passed meanwhile leaves this date out. It looks at dates alone, so any process says the same. */
  private async isMissed(
    ctx: TxCtx,
    plan: PlannedTicket,
    { id, objectId, plannedAt }: PlannedOccurrence,
  ): Promise<boolean> {
    const now = ctx.now();
    if (plan.catchUp === 'all' || now.getTime() - plannedAt.getTime() <= MISSED_AFTER_MS) return false;
    if (plan.catchUp === 'skip') return true;
    const later = await this.db.query(
      ctx,
      `SELECT 1 FROM planned_occurrence WHERE "plannedId" = $1 AND "objectId" IS NOT DISTINCT FROM $2 AND "plannedAt" <= $3
         AND ("plannedAt", id) > ($4, $5::uuid) AND NOT (state = 'skipped' AND "skipKind" <> 'missed') LIMIT 1`,
      [plan.id, objectId, now, plannedAt, id],
    );
    return later.length > 0;
  }

  private async placesOf(ctx: TxCtx, plan: PlannedTicket, { objectId }: PlannedOccurrence): Promise<Place[]> {
    if (plan.objects.mode === 'none') return [];
    const params = new SqlParams();
    const rows = planObjectsSql(plan, params);
    const one = objectId ? `WHERE r."objectId" = ${params.add(objectId)}::uuid` : '';
    return this.db.query<Place>(
      ctx,
      `SELECT o.id, o.name, o.address, o."companyId", c.name AS company FROM (${rows}) r JOIN service_object o ON o.id = r."objectId"
       JOIN company c ON c.id = o."companyId" ${one} ORDER BY o.name, o.id`,
      params.values,
    );
  }

  private async skip(
    ctx: TxCtx,
    plan: PlannedTicket,
    { id, objectId }: PlannedOccurrence,
    skipKind: SkipKind,
  ): Promise<void> {
    await this.update(ctx, id, { state: 'skipped', skipKind, nextAt: null, settledAt: ctx.now() });
    if (plan.rule.afterDone) await this.filling.follow(ctx, plan, { objectId });
    this.live.touch(ctx, ['planned-tickets'], 'staff');
  }

  /** Once more without what is no longer there; otherwise later, and in the end a person has to look. */
  private async recover(ctx: Ctx, id: string, error: unknown): Promise<void> {
    const fields = error instanceof ProblemError ? error.fields.map(({ pointer }) => pointer.split('/')[1] ?? '') : [];
    const without = [...new Set(fields)].filter((name) => OPTIONAL.includes(name));
    if (without.length && without.length === new Set(fields).size) {
      // Person and team belong together: without the one the other may not fit.
      if (without.includes('teamId')) without.push('assigneeId');
      const isMade = await this.again(ctx, id, [...new Set(without)]);
      if (isMade) return;
    }
    log.warn({ err: String(error), occurrence: id }, 'a planned ticket could not be made');
    await this.postpone(ctx, id, error);
  }

  private async again(ctx: Ctx, id: string, without: readonly string[]): Promise<boolean> {
    try {
      await this.db.tx(ctx, async (ctx) => {
        const row = await this.held(ctx, id);
        if (row?.nextAt) await this.settle(ctx, row, without);
      });
      return true;
    } catch {
      return false;
    }
  }

  private postpone(ctx: Ctx, id: string, error: unknown): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const row = await this.held(ctx, id);
      if (!row?.nextAt) return;
      const wait = RETRY_AFTER_MS[row.attempts];
      const reason = await this.words(ctx, error);
      const next = wait === undefined ? null : new Date(ctx.now().getTime() + wait);
      await this.update(ctx, id, {
        attempts: row.attempts + 1,
        nextAt: next,
        state: next ? 'planned' : 'failed',
        reason: reason.slice(0, 500),
      });
      this.live.touch(ctx, ['planned-tickets'], 'staff');
    });
  }

  private async withoutText(ctx: Ctx, names: readonly string[]): Promise<string> {
    const { locale } = await this.organisation.get(ctx);
    const fields = names
      .map((name) =>
        text(locale as Locale, name === 'customFields' ? 'planning.customFields' : `tickets.field.${name}`),
      )
      .join(', ');
    return text(locale as Locale, 'planning.madeWithout', { fields });
  }

  private async words(ctx: Ctx, error: unknown): Promise<string> {
    const locale = (await this.organisation.get(ctx)).locale as Locale;
    if (!(error instanceof ProblemError)) return text(locale, 'planning.notMade');
    const fields = error.fields.map((field) => fieldText(locale, field, error.facts));
    return [...new Set(fields.length ? fields : [text(locale, `errors.${error.code}`, error.facts)])].join('; ');
  }

  private held(ctx: TxCtx, id: string): Promise<PlannedOccurrence | null> {
    return this.db.repo(ctx, PlannedOccurrence).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  private async update(ctx: TxCtx, id: string, values: Partial<Omit<PlannedOccurrence, 'planned'>>): Promise<void> {
    await this.db.repo(ctx, PlannedOccurrence).update({ id }, values);
  }
}

function variablesOf(
  { name, rule }: PlannedTicket,
  { plannedAt }: PlannedOccurrence,
  place: Place | undefined,
  locale: Locale,
  company = '',
): PlanVariables {
  const say = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: rule.timeZone }).format(plannedAt);
  return {
    'object.name': place?.name ?? '',
    'object.address': place?.address ?? '',
    'company.name': place?.company ?? company,
    date: say({ day: '2-digit', month: '2-digit', year: 'numeric' }),
    month: say({ month: 'long' }),
    year: say({ year: 'numeric' }),
    'plan.name': name,
  };
}
