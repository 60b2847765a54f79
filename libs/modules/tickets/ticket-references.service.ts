import { Injectable } from '@nestjs/common';
import { visibleCompanies, visibleObjects } from '@opora/modules/clients';
import type { Actor, Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { PriorityMatrices } from './priority-matrix.service';
import { processSql } from './process-bindings.service';
import type { ObserverKind } from './ticket-participants.entity';
import type { StatusCategory } from './ticket-status';
import type { FormField } from './ticket-type.entity';
import { nameableContacts, visibleTo } from './tickets.access';

/** What a ticket is about to refer to. Undefined: not touched. */
export type References = {
  typeId?: string;
  priorityId?: string;
  companyId?: string | null;
  contactId?: string | null;
  objectId?: string | null;
  assigneeId?: string | null;
  teamId?: string | null;
  parentId?: string | null;
  impact?: string | null;
  urgency?: string | null;
  authorContactId?: string | null;
  coExecutorIds?: readonly string[];
  observers?: readonly { kind: ObserverKind; id: string }[];
};

export type FoundType = {
  id: string;
  isInner: boolean;
  availableForClient: boolean;
  archived: boolean;
  form: FormField[];
  processId: string;
  statusId: string;
  statusCategory: StatusCategory;
};

/** What the database knows of the references, in one query. */
export type Found = {
  /** The asked type, or the default one. */
  type: FoundType | null;
  priority: { id: string; archived: boolean } | null;
  company: { archived: boolean } | null;
  contact: { archived: boolean; companyIds: string[] } | null;
  object: { archived: boolean; companyId: string } | null;
  assignee: boolean;
  team: boolean;
  /** The asked assignee belongs to the asked team. */
  assigneeInTeam: boolean;
  parent: boolean;
  authorContact: boolean;
  coExecutors: string[];
  observers: string[];
  number: number;
  /** What is wrong with the impact and the urgency. */
  weight: FieldProblem[];
};

const LIVING_EMPLOYEE = `"isActive" AND "archivedAt" IS NULL`;

@Injectable()
export class TicketReferences {
  constructor(
    private readonly db: Db,
    private readonly matrices: PriorityMatrices,
  ) {}

  /**
   * Looks every reference up at once; `numbered` also draws the next ticket number. What is not referred to is not asked, so the text
   * depends on which references there are, never on their values.
   */
  async find(ctx: Ctx, refs: References, { numbered = false } = {}): Promise<Found> {
    const weighed = await this.matrices.weigh(ctx, refs);
    const params = new SqlParams();
    const { actor } = ctx;
    const id = (value: string): string => `${params.add(value)}::uuid`;
    const given = (value: string | null | undefined, sql: (id: string) => string, otherwise = 'NULL'): string =>
      value ? sql(id(value)) : otherwise;
    const { assigneeId, coExecutorIds = [], observers = [], priorityId = weighed.priorityId } = refs;
    const [found] = await this.db.prepared<Found>(
      ctx,
      `SELECT ${typeSql(refs.typeId && id(refs.typeId), companySql(refs, id))} AS type, ${prioritySql(priorityId && id(priorityId))} AS priority,
        ${given(
          refs.companyId,
          (id) => `(SELECT jsonb_build_object('archived', "archivedAt" IS NOT NULL) FROM company
             WHERE id = ${id} AND ${visibleCompanies(actor, params, 'company.id')})`,
        )} AS company,
        ${given(
          refs.contactId,
          (id) => `(SELECT jsonb_build_object('archived', "archivedAt" IS NOT NULL,
             'companyIds', ARRAY(SELECT "companyId" FROM membership WHERE "contactId" = contact.id))
           FROM contact WHERE id = ${id} AND ${nameableContacts(actor, params, 'contact.id')})`,
        )} AS contact,
        ${given(
          refs.objectId,
          (
            id,
          ) => `(SELECT jsonb_build_object('archived', "archivedAt" IS NOT NULL, 'companyId', "companyId") FROM service_object so
             WHERE id = ${id} AND ${visibleObjects(actor, params, 'so')})`,
        )} AS object,
        ${given(assigneeId, (id) => `EXISTS (SELECT 1 FROM employee WHERE id = ${id} AND ${LIVING_EMPLOYEE})`, 'false')} AS assignee,
        ${given(refs.teamId, (id) => `EXISTS (SELECT 1 FROM team WHERE id = ${id} AND "archivedAt" IS NULL)`, 'false')} AS team,
        ${given(
          assigneeId && refs.teamId,
          (team) => `EXISTS (SELECT 1 FROM team_member WHERE "teamId" = ${team} AND "employeeId" = ${id(assigneeId!)})`,
          'false',
        )} AS "assigneeInTeam",
        ${given(
          refs.parentId,
          (id) =>
            `EXISTS (SELECT 1 FROM ticket t WHERE t.id = ${id} AND t."deletedAt" IS NULL AND t."mergedIntoId" IS NULL AND ${visibleTo(actor, params)})`,
          'false',
        )} AS parent,
        ${given(
          refs.authorContactId,
          (id) => `EXISTS (SELECT 1 FROM contact
             WHERE id = ${id} AND "archivedAt" IS NULL AND ${nameableContacts(actor, params, 'contact.id')})`,
          'false',
        )} AS "authorContact",
        ${
          coExecutorIds.length
            ? `ARRAY(SELECT id::text FROM employee WHERE id = ANY(${params.add(coExecutorIds)}::uuid[]) AND ${LIVING_EMPLOYEE})`
            : `'{}'::text[]`
        } AS "coExecutors",
        ${observers.length ? observersSql(actor, params, observers) : `'{}'::text[]`} AS observers,
        ${numbered ? `nextval('ticket_number_seq')::int` : '0'} AS number`,
      params.values,
    );
    return { ...found!, weight: weighed.problems };
  }

  /** Every reference that does not hold, each with its field. */
  problems(refs: References, found: Found): FieldProblem[] {
    const problems: FieldProblem[] = [...found.weight];
    const refuse = (pointer: string, code: string): unknown =>
      problems.push({ pointer, code: `tickets.${code}`, message: '' });
    const living = (pointer: string, given: unknown, row: { archived: boolean } | null, name: string): void => {
      if (!given) return;
      if (!row) refuse(pointer, `${name}Unknown`);
      else if (row.archived) refuse(pointer, `${name}Archived`);
    };
    living('/typeId', refs.typeId, found.type, 'type');
    living('/priorityId', refs.priorityId, found.priority, 'priority');
    living('/companyId', refs.companyId, found.company, 'company');
    living('/contactId', refs.contactId, found.contact, 'contact');
    living('/objectId', refs.objectId, found.object, 'object');
    if (
      refs.contactId &&
      refs.companyId &&
      found.company &&
      found.contact &&
      !found.contact.companyIds.includes(refs.companyId)
    )
      refuse('/contactId', 'contactNotInCompany');
    if (refs.objectId && refs.companyId && found.company && found.object && found.object.companyId !== refs.companyId)
      refuse('/objectId', 'objectNotInCompany');
    if (refs.assigneeId && !found.assignee) refuse('/assigneeId', 'employeeUnknown');
    if (refs.teamId && !found.team) refuse('/teamId', 'teamUnknown');
    if (refs.parentId && !found.parent) refuse('/parentId', 'parentUnknown');
    if (refs.authorContactId && !found.authorContact) refuse('/authorContactId', 'contactUnknown');
    (refs.coExecutorIds ?? []).forEach((id, index) => {
      if (!found.coExecutors.includes(id.toLowerCase())) refuse(`/coExecutorIds/${index}`, 'employeeUnknown');
    });
    (refs.observers ?? []).forEach(({ kind, id }, index) => {
      if (!found.observers.includes(`${kind}:${id.toLowerCase()}`)) refuse(`/observers/${index}/id`, 'observerUnknown');
    });
    return problems;
  }
}

/** The asked type, or the default one, with the status its tickets begin with. */
const typeSql = (
  id: string | undefined,
  company: string,
): string => `(SELECT jsonb_build_object('id', y.id, 'isInner', y."isInner", 'availableForClient', y."availableForClient",
    'archived', y."archivedAt" IS NOT NULL, 'form', y.form, 'processId', r.id, 'statusId', s.id, 'statusCategory', s.category)
  FROM ticket_type y JOIN process r ON r.id = ${processSql(company)} JOIN ticket_status s ON s.id = r."initialStatusId"
  WHERE ${id ? `y.id = ${id}` : `y."isDefault" AND y."archivedAt" IS NULL`} LIMIT 1)`;

/** The company a new ticket is for: given, the object's, or the contact's only one. */
const companySql = ({ companyId, objectId, contactId }: References, id: (value: string) => string): string =>
  companyId
    ? id(companyId)
    : objectId
      ? `(SELECT o."companyId" FROM service_object o WHERE o.id = ${id(objectId)})`
      : contactId
        ? `(SELECT min(m."companyId"::text)::uuid FROM membership m WHERE m."contactId" = ${id(contactId)} HAVING count(*) = 1)`
        : 'NULL::uuid';

const prioritySql = (
  id: string | undefined,
): string => `(SELECT jsonb_build_object('id', id, 'archived', "archivedAt" IS NOT NULL)
  FROM priority WHERE ${id ? `id = ${id}` : '"isDefault"'} LIMIT 1)`;

/** `kind:id` of the observers that exist and are in use. */
const observersSql = (
  actor: Actor,
  params: SqlParams,
  observers: readonly { kind: string; id: string }[],
): string => `ARRAY(
  SELECT o.kind || ':' || o.id FROM unnest(${params.add(observers.map(({ kind }) => kind))}::text[], ${params.add(observers.map(({ id }) => id))}::uuid[]) o(kind, id)
  WHERE (o.kind = 'employee' AND EXISTS (SELECT 1 FROM employee e WHERE e.id = o.id AND ${LIVING_EMPLOYEE}))
     OR (o.kind = 'team' AND EXISTS (SELECT 1 FROM team m WHERE m.id = o.id AND m."archivedAt" IS NULL))
     OR (o.kind = 'contact' AND EXISTS (SELECT 1 FROM contact k WHERE k.id = o.id AND k."archivedAt" IS NULL AND ${nameableContacts(actor, params, 'k.id')})))`;
