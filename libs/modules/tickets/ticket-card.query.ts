import type { Actor, Ctx, Locale } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import { seesContacts } from '@opora/modules/clients';
import type { TicketView } from './ticket-card.dto';
import { selectCardFacets } from './ticket-facets';
import { cardFactsSql, type JoinedFacts } from './ticket-facts';
import type { ShownFields } from './ticket-fields.service';
import type { Incomplete } from './ticket-forms.service';
import { type Ticket, TICKET_COLUMNS } from './ticket.entity';
import { covered, mayWriteToClients, TicketPermission, visibleTo } from './tickets.access';

/** One ticket with every name joined, as the database answers it. */
export type TicketCard = Ticket &
  Omit<TicketView, keyof Ticket | 'can' | 'parent'> & {
    parentLink: TicketView['parent'];
    authorName: string | null;
    descriptionFileIds: string[];
    facets: object;
    can: TicketView['can'];
  } & Pick<JoinedFacts, 'companyCategoryIds' | 'objectPathIds' | 'form'> & {
    /** What the reader sees of custom fields and of the form; filled in after the query. */
    shown?: ShownFields & { incomplete: Incomplete[] };
  };

/** SQL of a status as the views show it. */
export const statusJson = (alias: string, locale: Locale): string =>
  `jsonb_build_object('id', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name->>'${locale}', 'color', ${alias}.color, 'category', ${alias}.category)`;

const named = (table: string, id: string): string =>
  `(SELECT jsonb_build_object('id', x.id, 'name', x.name) FROM ${table} x WHERE x.id = ${id})`;

const link = (actor: Actor, params: SqlParams, locale: Locale): string =>
  `jsonb_build_object('id', l.id, 'number', l.number, 'subject', l.subject, 'status', (SELECT ${statusJson('ls', locale)} FROM ticket_status ls WHERE ls.id = l."statusId"))
   AS link FROM ticket l WHERE l."deletedAt" IS NULL AND ${visibleTo(actor, params, 'l')}`;

/** How many tickets lie below, at any depth, and how many of them are open; most have none and need no walk. */
const familySql = (
  actor: Actor,
  params: SqlParams,
): string => `CASE WHEN EXISTS (SELECT 1 FROM ticket f WHERE f."parentId" = t.id) THEN
    (WITH RECURSIVE below(id) AS (SELECT f.id FROM ticket f WHERE f."parentId" = t.id UNION SELECT f.id FROM ticket f JOIN below b ON f."parentId" = b.id)
     SELECT jsonb_build_object('descendants', count(*), 'open', count(*) FILTER (WHERE d."statusCategory" NOT IN ('done', 'closed')))
     FROM ticket d JOIN below USING (id) WHERE d."deletedAt" IS NULL AND ${visibleTo(actor, params, 'd')})
   ELSE '{"descendants": 0, "open": 0}'::jsonb END`;

/** Transitions an employee may use from the ticket's status, by type and role. */
export function openTransitions(actor: Actor, params: SqlParams, alias = 't'): string {
  const role =
    actor.kind === 'employee'
      ? `(tr."roleCodes" IS NULL OR EXISTS (SELECT 1 FROM employee re JOIN role r ON r.id = ANY(re."roleIds")
           WHERE re.id = ${params.add(actor.id)}::uuid AND (r.code = ANY(tr."roleCodes") OR r.id::text = ANY(tr."roleCodes"))))`
      : 'true';
  return `tr."fromId" = ${alias}."statusId" AND ${alias}."processId" = ANY(tr."processIds") AND (tr."typeIds" IS NULL OR ${alias}."typeId" = ANY(tr."typeIds")) AND ${role}`;
}

function contactJson(actor: Actor): string {
  const details = seesContacts(actor)
    ? `, 'emails', ARRAY(SELECT email FROM contact_email WHERE "contactId" = k.id ORDER BY "isPrimary" DESC, email),
         'phones', ARRAY(SELECT raw FROM contact_phone WHERE "contactId" = k.id ORDER BY "isPrimary" DESC, raw)`
    : '';
  return `(SELECT jsonb_build_object('id', k.id, 'name', k.name, 'position', k.position${details}) FROM contact k WHERE k.id = t."contactId")`;
}

function canJson(actor: Actor, params: SqlParams): string {
  // A ticket without a person or a team compares to NULL, which is no.
  const may = (permission: string): string => `COALESCE(${covered(actor, permission, params)}, false)`;
  const replies = mayWriteToClients(actor) ? may(TicketPermission.reply_client) : 'false';
  return `jsonb_build_object('update', ${may(TicketPermission.update)}, 'assign', ${may(TicketPermission.assign)}, 'take', ${may(TicketPermission.take)},
    'transition', ${may(TicketPermission.transition)}, 'commentInternal', ${may(TicketPermission.comment_internal)}, 'replyClient', ${replies},
    'delete', ${may(TicketPermission.delete)}, 'restore', ${may(TicketPermission.restore)}, 'grant', ${may(TicketPermission.grant)})`;
}

/** The SELECT and FROM of a ticket's card; conditions follow. Scalar queries by key: cheaper to plan than a dozen joins. */
export function selectCard(ctx: Ctx, params: SqlParams): string {
  const { actor, locale } = ctx;
  const reader = actor.kind === 'employee' ? params.add(actor.id) : 'NULL';
  return `
SELECT ${TICKET_COLUMNS}, ${statusJson('s', locale)} AS status,
  (SELECT jsonb_build_object('id', y.id, 'code', y.code, 'name', y.name->>'${locale}', 'isInner', y."isInner") FROM ticket_type y WHERE y.id = t."typeId") AS type,
  (SELECT jsonb_build_object('id', p.id, 'code', p.code, 'name', p.name->>'${locale}', 'color', p.color) FROM priority p WHERE p.id = t."priorityId") AS priority,
  ${named('company', 't."companyId"')} AS company,
  ${contactJson(actor)} AS contact,
  (SELECT jsonb_build_object('id', o.id, 'name', o.name, 'address', o.address,
     'path', ARRAY(SELECT a.name FROM unnest(o.path) WITH ORDINALITY u(id, n) JOIN service_object a ON a.id = u.id ORDER BY u.n))
   FROM service_object o WHERE o.id = t."objectId") AS object,
  ${named('employee', 't."assigneeId"')} AS assignee,
  (SELECT jsonb_build_object('id', m.id, 'name', m.name, 'line', m.line) FROM team m WHERE m.id = t."teamId") AS team,
  CASE t."authorKind" WHEN 'employee' THEN (SELECT name FROM employee WHERE id = t."authorId")
                      WHEN 'contact' THEN (SELECT name FROM contact WHERE id = t."authorId") END AS "authorName",
  COALESCE((SELECT jsonb_agg(jsonb_build_object('kind', w.kind, 'id', w."subjectId", 'name',
      CASE w.kind WHEN 'employee' THEN (SELECT name FROM employee WHERE id = w."subjectId") WHEN 'team' THEN (SELECT name FROM team WHERE id = w."subjectId")
                  ELSE (SELECT name FROM contact WHERE id = w."subjectId") END) ORDER BY w.kind, w."subjectId")
    FROM ticket_observer w WHERE w."ticketId" = t.id), '[]') AS observers,
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', e.id, 'name', e.name) ORDER BY e.name, e.id)
    FROM ticket_co_executor x JOIN employee e ON e.id = x."employeeId" WHERE x."ticketId" = t.id), '[]') AS "coExecutors",
  CASE WHEN t."parentId" IS NOT NULL THEN (SELECT ${link(actor, params, locale)} AND l.id = t."parentId") END AS "parentLink",
  COALESCE((SELECT jsonb_agg(c.link) FROM (SELECT ${link(actor, params, locale)} AND l."parentId" = t.id ORDER BY l.number LIMIT 100) c), '[]') AS children,
  ${familySql(actor, params)} AS family,
  CASE WHEN t."putAsideReturnStatusId" IS NOT NULL THEN (SELECT ${statusJson('rs', locale)} FROM ticket_status rs WHERE rs.id = t."putAsideReturnStatusId") END AS "putAsideReturnStatus",
  CASE WHEN t."fileCount" = 0 THEN '{}' ELSE ARRAY(SELECT "fileId" FROM attachment WHERE "ticketId" = t.id AND "commentId" IS NULL AND "isInline") END AS "descriptionFileIds",
  (SELECT "lastSeenCommentId" FROM ticket_read WHERE "ticketId" = t.id AND "employeeId" = ${reader}::uuid) AS "lastSeenCommentId",
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', tr.id, 'name', COALESCE(tr.name->>'${locale}', ts.name->>'${locale}'), 'to', ${statusJson('ts', locale)},
      'requiresComment', tr."requiresComment", 'guards', tr.guards, 'blockedBy', '[]'::jsonb) ORDER BY tr.position, tr.id)
    FROM status_transition tr JOIN ticket_status ts ON ts.id = tr."toId" WHERE ${openTransitions(actor, params)}), '[]') AS transitions,
  ${selectCardFacets(ctx, params)} AS facets, ${cardFactsSql('t')},
  ${canJson(actor, params)} AS can
FROM ticket t JOIN ticket_status s ON s.id = t."statusId"`;
}

const NUMBER = /^\d{1,15}$/;

/** SQL condition: the ticket of an id or a human number. */
export const byKey = (key: string, params: SqlParams, alias = 't'): string =>
  NUMBER.test(key) ? `${alias}.number = ${params.add(key)}::bigint` : `${alias}.id = ${params.add(key)}::uuid`;

/** SQL condition: the ticket of a key, or the one it was merged into. */
export const leadingTo = (key: string, params: SqlParams): string =>
  `t.id = (SELECT CASE WHEN k."mergedIntoId" IS NULL THEN k.id ELSE ticket_survivor(k.id) END FROM ticket k WHERE ${byKey(key, params, 'k')})`;
