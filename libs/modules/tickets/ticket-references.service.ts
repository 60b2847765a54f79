import { Injectable } from '@nestjs/common';
import { visibleCompanies, visibleContacts, visibleObjects } from '@opora/modules/clients';
import type { Actor, Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { processSql } from './process-bindings.service';
import type { ObserverKind } from './ticket-participants.entity';
import type { StatusCategory } from './ticket-status';
import type { FormField } from './ticket-type.entity';
import { visibleTo } from './tickets.access';

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
};

const LIVING_EMPLOYEE = `"isActive" AND "archivedAt" IS NULL`;

@Injectable()
export class TicketReferences {
  constructor(private readonly db: Db) {}

  /** Looks every reference up at once, by a text that is the same for every request; `numbered` also draws the next ticket number. */
  async find(ctx: Ctx, refs: References, { numbered = false } = {}): Promise<Found> {
    const params = new SqlParams();
    const { actor } = ctx;
    const id = (value: string | null | undefined): string => `${params.add(value ?? null)}::uuid`;
    const assignee = id(refs.assigneeId);
    const team = id(refs.teamId);
    const [found] = await this.db.prepared<Found>(
      ctx,
      `SELECT ${typeSql(id(refs.typeId), companySql(id(refs.companyId), id(refs.objectId), id(refs.contactId)))} AS type, ${prioritySql(id(refs.priorityId))} AS priority,
        (SELECT jsonb_build_object('archived', "archivedAt" IS NOT NULL) FROM company
         WHERE id = ${id(refs.companyId)} AND ${visibleCompanies(actor, params, 'company.id')}) AS company,
        (SELECT jsonb_build_object('archived', "archivedAt" IS NOT NULL,
           'companyIds', ARRAY(SELECT "companyId" FROM membership WHERE "contactId" = contact.id))
         FROM contact WHERE id = ${id(refs.contactId)} AND ${visibleContacts(actor, params, 'contact.id')}) AS contact,
        (SELECT jsonb_build_object('archived', "archivedAt" IS NOT NULL, 'companyId', "companyId") FROM service_object so
         WHERE id = ${id(refs.objectId)} AND ${visibleObjects(actor, params, 'so')}) AS object,
        EXISTS (SELECT 1 FROM employee WHERE id = ${assignee} AND ${LIVING_EMPLOYEE}) AS assignee,
        EXISTS (SELECT 1 FROM team WHERE id = ${team} AND "archivedAt" IS NULL) AS team,
        EXISTS (SELECT 1 FROM team_member WHERE "teamId" = ${team} AND "employeeId" = ${assignee}) AS "assigneeInTeam",
        EXISTS (SELECT 1 FROM ticket t
          WHERE t.id = ${id(refs.parentId)} AND t."deletedAt" IS NULL AND ${visibleTo(actor, params)}) AS parent,
        EXISTS (SELECT 1 FROM contact
          WHERE id = ${id(refs.authorContactId)} AND "archivedAt" IS NULL AND ${visibleContacts(actor, params, 'contact.id')}) AS "authorContact",
        ARRAY(SELECT id::text FROM employee
          WHERE id = ANY(${params.add(refs.coExecutorIds ?? [])}::uuid[]) AND ${LIVING_EMPLOYEE}) AS "coExecutors",
        ${observersSql(actor, params, refs.observers ?? [])} AS observers,
        ${numbered ? `nextval('ticket_number_seq')::int` : '0'} AS number`,
      params.values,
    );
    return found!;
  }

  /** Every reference that does not hold, each with its field. */
  problems(refs: References, found: Found): FieldProblem[] {
    const problems: FieldProblem[] = [];
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
  id: string,
  company: string,
): string => `(SELECT jsonb_build_object('id', y.id, 'isInner', y."isInner", 'availableForClient', y."availableForClient",
    'archived', y."archivedAt" IS NOT NULL, 'form', y.form, 'processId', r.id, 'statusId', s.id, 'statusCategory', s.category)
  FROM ticket_type y JOIN process r ON r.id = ${processSql(company)} JOIN ticket_status s ON s.id = r."initialStatusId"
  WHERE CASE WHEN ${id} IS NULL THEN y."isDefault" AND y."archivedAt" IS NULL ELSE y.id = ${id} END LIMIT 1)`;

/** The company a new ticket is for: given, the object's, or the contact's only one. */
const companySql = (company: string, object: string, contact: string): string =>
  `COALESCE(${company}, (SELECT o."companyId" FROM service_object o WHERE o.id = ${object}),
    (SELECT min(m."companyId"::text)::uuid FROM membership m WHERE m."contactId" = ${contact} HAVING count(*) = 1))`;

const prioritySql = (id: string): string => `(SELECT jsonb_build_object('id', id, 'archived', "archivedAt" IS NOT NULL)
  FROM priority WHERE CASE WHEN ${id} IS NULL THEN "isDefault" ELSE id = ${id} END LIMIT 1)`;

/** `kind:id` of the observers that exist and are in use. */
const observersSql = (
  actor: Actor,
  params: SqlParams,
  observers: readonly { kind: string; id: string }[],
): string => `ARRAY(
  SELECT o.kind || ':' || o.id FROM unnest(${params.add(observers.map(({ kind }) => kind))}::text[], ${params.add(observers.map(({ id }) => id))}::uuid[]) o(kind, id)
  WHERE (o.kind = 'employee' AND EXISTS (SELECT 1 FROM employee e WHERE e.id = o.id AND ${LIVING_EMPLOYEE}))
     OR (o.kind = 'team' AND EXISTS (SELECT 1 FROM team m WHERE m.id = o.id AND m."archivedAt" IS NULL))
     OR (o.kind = 'contact' AND EXISTS (SELECT 1 FROM contact k WHERE k.id = o.id AND k."archivedAt" IS NULL AND ${visibleContacts(actor, params, 'k.id')})))`;
