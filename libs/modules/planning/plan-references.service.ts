import { Injectable } from '@nestjs/common';
import { ClientsPermission, visibleCompanies, visibleObjects } from '@opora/modules/clients';
import { CustomFields } from '@opora/modules/fields';
import { toRichText } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { MAX_OBJECTS, planObjectsSql } from './plan-objects';
import type { PlannedTicket, PlanObjects, PlanTicket } from './planned-ticket.entity';
import type { PlannedContentInput, PlanObjectsInput } from './planned-tickets.dto';
import type { PlanSampleObject } from './planned-tickets.views.dto';

type Missing = Record<'type' | 'priority' | 'company' | 'contact' | 'team' | 'assignee' | 'template', boolean> &
  Record<'objects' | 'companies' | 'categories' | 'under', string[]>;

export const NO_OBJECTS: PlanObjects = {
  mode: 'none',
  ids: [],
  companyIds: [],
  categoryIds: [],
  underIds: [],
  kinds: [],
};
const SAMPLE = 10;

export const objectsOf = (input: PlanObjectsInput | undefined): PlanObjects =>
  input
    ? {
        mode: input.mode,
        ids: input.mode === 'list' ? (input.ids ?? []) : [],
        companyIds: input.mode === 'filter' ? (input.companyIds ?? []) : [],
        categoryIds: input.mode === 'filter' ? (input.categoryIds ?? []) : [],
        underIds: input.mode === 'filter' ? (input.underIds ?? []) : [],
        kinds: input.mode === 'filter' ? (input.kinds ?? []) : [],
      }
    : NO_OBJECTS;

/** Whether everything a plan names is there, and seen by whoever names it. */
@Injectable()
export class PlanReferences {
  constructor(
    private readonly db: Db,
    private readonly customFields: CustomFields,
  ) {}

  /** The content in good order, and what is wrong with it. */
  async content(
    ctx: Ctx,
    input: PlannedContentInput,
    stored?: PlanTicket,
  ): Promise<{ ticket: PlanTicket; problems: FieldProblem[] }> {
    const before = (stored?.customFields ?? {}) as never;
    const { values, problems } = await this.customFields.check(ctx, 'ticket', input.customFields ?? {}, { before });
    return {
      ticket: {
        subject: input.subject,
        description: toRichText(input.description ?? '').html,
        typeId: input.typeId ?? null,
        priorityId: input.priorityId ?? null,
        companyId: input.companyId ?? null,
        contactId: input.contactId ?? null,
        teamId: input.teamId ?? null,
        assigneeId: input.assigneeId ?? null,
        plannedSeconds: input.plannedSeconds ?? null,
        deadlineSeconds: input.deadlineSeconds ?? null,
        customFields: values,
      },
      problems: problems.map((problem) => ({ ...problem, pointer: `/ticket${problem.pointer}` })),
    };
  }

  /** Every reference that does not hold, by its place, in one query. */
  async problems(
    ctx: Ctx,
    plan: Pick<PlannedTicket, 'ticket' | 'objects' | 'checklistTemplateId' | 'reach'>,
  ): Promise<FieldProblem[]> {
    const { ticket, objects, checklistTemplateId } = plan;
    const params = new SqlParams();
    const sees = (column: string): string => visibleCompanies(ctx.actor, params, column, ClientsPermission.read);
    const lacks = (id: string | null, from: string): string =>
      id ? `NOT EXISTS (SELECT 1 FROM ${from} WHERE x.id = ${params.add(id)}::uuid)` : 'false';
    const living = (table: string): string => `(SELECT id FROM ${table} WHERE "archivedAt" IS NULL) x`;
    const absent = (ids: readonly string[], from: string): string =>
      `ARRAY(SELECT u::text FROM unnest(${params.add(ids)}::uuid[]) u WHERE NOT EXISTS (SELECT 1 FROM ${from} WHERE x.id = u))`;
    const company = `(SELECT c.id FROM company c WHERE c."archivedAt" IS NULL AND ${sees('c.id')}) x`;
    const object = (): string =>
      `(SELECT so.id FROM service_object so WHERE so."archivedAt" IS NULL AND ${visibleObjects(ctx.actor, params, 'so')}) x`;
    const [missing] = await this.db.query<Missing>(
      ctx,
      `SELECT ${lacks(ticket.typeId, living('ticket_type'))} AS type, ${lacks(ticket.priorityId, living('priority'))} AS priority,
         ${lacks(ticket.companyId, company)} AS company, ${lacks(ticket.contactId, living('contact'))} AS contact,
         ${lacks(ticket.teamId, living('team'))} AS team,
         ${lacks(ticket.assigneeId, '(SELECT id FROM employee WHERE "isActive" AND "archivedAt" IS NULL) x')} AS assignee,
         ${lacks(checklistTemplateId, living('checklist_template'))} AS template,
         ${absent(objects.ids, object())} AS objects, ${absent(objects.companyIds, company)} AS companies,
         ${absent(objects.categoryIds, '(SELECT id FROM company_category) x')} AS categories, ${absent(objects.underIds, object())} AS under`,
      params.values,
    );
    return problemsOf(missing!, objects, plan.ticket);
  }

  /** How many objects the plan is for at present, and the first of them. */
  async sample(
    ctx: Ctx,
    plan: Pick<PlannedTicket, 'objects' | 'reach'>,
  ): Promise<{ count: number; sample: PlanSampleObject[] }> {
    if (plan.objects.mode === 'none') return { count: 0, sample: [] };
    const params = new SqlParams();
    const rows = await this.db.query<PlanSampleObject & { count: number }>(
      ctx,
      `SELECT o.id, o.name, c.name AS company, count(*) OVER ()::int AS count FROM (${planObjectsSql(plan, params)}) r
       JOIN service_object o ON o.id = r."objectId" JOIN company c ON c.id = o."companyId" ORDER BY o.name, o.id LIMIT ${SAMPLE}`,
      params.values,
    );
    return { count: rows[0]?.count ?? 0, sample: rows.map(({ id, name, company }) => ({ id, name, company })) };
  }

  async tooMany(ctx: Ctx, plan: Pick<PlannedTicket, 'objects' | 'reach' | 'fanOut'>): Promise<FieldProblem[]> {
    const { count } = await this.sample(ctx, plan);
    const most = plan.fanOut === 'one_group' ? 500 : MAX_OBJECTS;
    return count > most ? [{ pointer: '/objects', code: 'planning.tooManyObjects', message: `: ${most}` }] : [];
  }
}

function problemsOf(missing: Missing, objects: PlanObjects, ticket: PlanTicket): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const refuse = (pointer: string, code: string): unknown =>
    problems.push({ pointer, code: `planning.${code}`, message: '' });
  const single: [keyof Missing, string, string][] = [
    ['type', '/ticket/typeId', 'typeUnknown'],
    ['priority', '/ticket/priorityId', 'priorityUnknown'],
    ['company', '/ticket/companyId', 'companyUnknown'],
    ['contact', '/ticket/contactId', 'contactUnknown'],
    ['team', '/ticket/teamId', 'teamUnknown'],
    ['assignee', '/ticket/assigneeId', 'assigneeUnknown'],
    ['template', '/checklistTemplateId', 'checklistUnknown'],
  ];
  for (const [name, pointer, code] of single) if (missing[name] === true) refuse(pointer, code);
  const lists: [string[], readonly string[], string, string][] = [
    [missing.objects, objects.ids, 'ids', 'objectUnknown'],
    [missing.companies, objects.companyIds, 'companyIds', 'companyUnknown'],
    [missing.categories, objects.categoryIds, 'categoryIds', 'categoryUnknown'],
    [missing.under, objects.underIds, 'underIds', 'objectUnknown'],
  ];
  for (const [absent, given, field, code] of lists)
    for (const id of absent) refuse(`/objects/${field}/${given.findIndex((one) => one.toLowerCase() === id)}`, code);
  if (objects.mode === 'list' && !objects.ids.length) refuse('/objects/ids', 'objectsRequired');
  const isEmpty =
    !objects.companyIds.length && !objects.categoryIds.length && !objects.underIds.length && !objects.kinds.length;
  if (objects.mode === 'filter' && isEmpty) refuse('/objects', 'filterRequired');
  if (objects.mode === 'none' && ticket.contactId && !ticket.companyId) refuse('/ticket/companyId', 'companyRequired');
  return problems;
}
