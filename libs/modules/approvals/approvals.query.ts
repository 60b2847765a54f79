import type { Actor } from '@opora/platform/context';
import { SqlParams } from '@opora/platform/db';
import { decodeCursor } from '@opora/platform/http';
import type { ApprovalState, FlowPerson } from './approval-flow';
import type { Approval, ApprovalDocument, ApprovalFact, ApprovalStep } from './approval.entity';
import { visibleTo } from './approvals.access';
import type { ListApprovals } from './approvals.dto';
import type { Currency } from './route-choice';
import type { LocalText } from './route-definition';

export type NamedPerson = FlowPerson & { name: string; position: string | null };
export type Waiting = { person: NamedPerson; askedAt: string; dueAt: string | null };
export type ApprovalRow = {
  id: string;
  number: number;
  title: string;
  kind: { id: string; name: LocalText };
  route: { id: string; name: LocalText };
  amount: string | null;
  currency: Currency;
  state: ApprovalState;
  stage: number;
  stageCount: number;
  stageName: LocalText | null;
  initiator: NamedPerson;
  waitsFor: Waiting[];
  ticket: { id: string; number: number; subject: string } | null;
  createdAt: Date;
  finishedAt: Date | null;
  mine: { stepId: string; dueAt: string | null } | null;
  /** Of the inbox: when mine is due; `infinity` sorts last. */
  sortAt: Date | null;
};

/** A moment inside JSON: RFC 3339 in UTC. */
const json = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A person by kind and id, as JSON. */
export const personJson = (kind: string, id: string): string => `CASE ${kind} WHEN 'employee'
  THEN (SELECT jsonb_build_object('kind', 'employee', 'id', e.id, 'name', e.name, 'position', NULLIF(e.position, '')) FROM employee e WHERE e.id = ${id})
  ELSE (SELECT jsonb_build_object('kind', 'contact', 'id', n.id, 'name', n.name, 'position', NULLIF(n.position, '')) FROM contact n WHERE n.id = ${id}) END`;

export const itemJson = (id: string): string =>
  `(SELECT jsonb_build_object('id', i.id, 'name', i.name) FROM approval_item i WHERE i.id = ${id})`;

/** The ticket of an approval: its number and subject are told to whoever sees the approval. */
export const ticketJson = `(SELECT jsonb_build_object('id', t.id, 'number', t.number, 'subject', t.subject) FROM ticket t WHERE t.id = a."ticketId")`;

export const waitsForJson = `COALESCE((SELECT jsonb_agg(jsonb_build_object('person', ${personJson('s."personKind"', 's."personId"')}, 'askedAt', ${json('s."askedAt"')},
    'dueAt', ${json('s."dueAt"')}) ORDER BY s."askedAt", s.slot, s.id) FROM approval_step s WHERE s."approvalId" = a.id AND s.state = 'asked'), '[]')`;

/** An approval as lists show it; `me` is the parameter of the actor's id. */
export const selectRow = (
  me: string,
  sortAt = 'NULL',
): string => `SELECT a.id, a.number, a.title, ${itemJson('a."kindId"')} AS kind,
  (SELECT jsonb_build_object('id', r.id, 'name', r.name) FROM approval_route r WHERE r.id = a."routeId") AS route, a.amount::text, a.currency, a.state,
  a.stage, jsonb_array_length(a.route->'stages') AS "stageCount", a.route->'stages'->a.stage->'name' AS "stageName",
  ${personJson('a."initiatorKind"', 'a."initiatorId"')} AS initiator, ${waitsForJson} AS "waitsFor", ${ticketJson} AS ticket, a."createdAt", a."finishedAt",
  (SELECT jsonb_build_object('stepId', s.id, 'dueAt', ${json('s."dueAt"')}) FROM approval_step s
    WHERE s."approvalId" = a.id AND s.state = 'asked' AND s."personId" = ${me}::uuid LIMIT 1) AS mine, ${sortAt} AS "sortAt"`;

const FAR = `'infinity'::timestamptz`;

export function listSql(actor: Actor, query: ListApprovals, now: Date): { sql: string; params: unknown[] } {
  const params = new SqlParams();
  const me = params.add(actor.kind === 'employee' ? actor.id : null);
  const conditions = [visibleTo(actor, params), ...filters(query, params, now)];
  const isInbox = query.box === 'inbox';
  if (query.box === 'mine') conditions.push(`a."initiatorId" = ${me}::uuid AND a."initiatorKind" = 'employee'`);
  if (query.box === 'copies')
    conditions.push(`a.id IN (SELECT c."approvalId" FROM approval_copy c WHERE c."employeeId" = ${me}::uuid)`);
  const from = isInbox ? `FROM approval_step w JOIN approval a ON a.id = w."approvalId"` : `FROM approval a`;
  if (isInbox) {
    conditions.push(`w."personId" = ${me}::uuid AND w."personKind" = 'employee' AND w.state = 'asked'`);
    const after = decodeCursor(query.cursor, ['date?', 'uuid']);
    if (after)
      conditions.push(
        `(COALESCE(w."dueAt", ${FAR}), w.id) > (COALESCE(${params.add(after[0])}::timestamptz, ${FAR}), ${params.add(after[1])}::uuid)`,
      );
  } else {
    const after = decodeCursor(query.cursor, ['uuid']);
    if (after) conditions.push(`a.id < ${params.add(after[0])}::uuid`);
  }
  const order = isInbox ? `COALESCE(w."dueAt", ${FAR}), w.id` : 'a.id DESC';
  const limit = params.add(query.limit + 1);
  const select = selectRow(me, isInbox ? 'w."dueAt"' : 'NULL');
  return {
    sql: `${select} ${from} WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${limit}`,
    params: params.values,
  };
}

function filters(query: ListApprovals, params: SqlParams, now: Date): string[] {
  const conditions: string[] = [];
  if (query.state?.length) conditions.push(`a.state = ANY(${params.add(query.state)}::text[])`);
  if (query.kindId) conditions.push(`a."kindId" = ${params.add(query.kindId)}::uuid`);
  if (query.routeId) conditions.push(`a."routeId" = ${params.add(query.routeId)}::uuid`);
  if (query.ticketId) conditions.push(`a."ticketId" = ${params.add(query.ticketId)}::uuid`);
  if (query.overdue !== undefined)
    conditions.push(
      `${query.overdue ? '' : 'NOT '}EXISTS (SELECT 1 FROM approval_step o WHERE o."approvalId" = a.id AND o.state = 'asked' AND o."dueAt" + interval '1 second' <= ${params.add(now)}::timestamptz)`,
    );
  if (query.q) conditions.push(wordsSql(query.q, params));
  return conditions;
}

/** Words of the title, or the number. */
export function wordsSql(q: string, params: SqlParams): string {
  const title = `a.title ILIKE ${params.add(`%${q.replace(/[\\%_]/g, '\\$&')}%`)}`;
  const number = /^(?:№|#)?\s*(\d{1,9})$/.exec(q)?.[1];
  return number ? `(${title} OR a.number = ${params.add(Number(number))}::int)` : title;
}

export type FileFacts = { id: string; name: string; mime: string; size: number; sha256: string; createdAt: string };
export type CardParts = ApprovalRow & {
  approval: Approval;
  facts: ApprovalFact[];
  steps: ApprovalStep[];
  documents: (ApprovalDocument & { file: FileFacts; kind: { id: string; name: LocalText } | null })[];
  copies: { id: string }[];
  tasks: { id: string; employeeId: string; doneAt: Date | null; comment: string }[];
  basedOn: { id: string; number: number; title: string; state: ApprovalState } | null;
  foundedHere: { id: string; number: number; title: string; state: ApprovalState }[];
  people: Map<string, NamedPerson>;
  kinds: Map<string, LocalText>;
};

export const PEOPLE = `SELECT 'employee' AS kind, id, name, NULLIF(position, '') AS position FROM employee WHERE id = ANY($1::uuid[])
  UNION ALL SELECT 'contact', id, name, NULLIF(position, '') FROM contact WHERE id = ANY($1::uuid[])`;
