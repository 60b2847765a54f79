/** What clocks are computed from, in one statement for many tickets; and the statement that writes what they came to. */
import type { StatusCategory } from '@opora/modules/tickets';
import type { SlaFactKind } from './sla-clock.entity';
import type { SlaMetric, Story, StoryEvent, StoryState } from './sla-story';
import type { Binding, CalendarChange, Decisions } from './sla-timeline';
import { STAMP } from './sla-setup.service';

type Local = { ru: string; en: string };
/** A line of the ticket's history: [field, moment, before, after, category before, category after]. */
type Line = [string, number, unknown, unknown, StatusCategory | null, StatusCategory | null];
type FactRow = { kind: SlaFactKind; at: number; data: Record<string, unknown> };
export type KnownClock = { id: string; metric: SlaMetric; cycle: number; dueAt: number | null };
export type ToldMoment = { clockId: string; threshold: string; firedAt: number };

export type SlaTicketRow = {
  id: string;
  createdAt: number;
  statusId: string;
  statusCategory: StatusCategory;
  statusName: Local;
  assigneeId: string | null;
  teamId: string | null;
  isGone: boolean;
  isAside: boolean;
  deadlineAt: number | null;
  objectCalendarId: string | null;
  lines: Line[];
  answers: number[];
  facts: FactRow[];
  clocks: KnownClock[];
  told: ToldMoment[];
  /** When its clocks were last written. */
  computedAt: number | null;
};

const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;
const TOLD_FIELDS = ['statusId', 'assigneeId', 'teamId', 'deletedAt', 'mergedIntoId', 'putAsideUntil'];
/** Fields that a change of policy can be blamed on. */
export const CAUSES: Record<string, 'type' | 'priority' | 'client'> = {
  typeId: 'type',
  priorityId: 'priority',
  companyId: 'client',
  contactId: 'client',
};

/**
 * Serialises the computations of a ticket: two events at once would otherwise write over each other what they read apart.
 * The moments that are told take the same lock.
 */
export const LOCK = `SELECT ${STAMP} AS stamp, count(pg_advisory_xact_lock(hashtextextended(id, 0))) AS locked FROM unnest($1::text[]) AS t(id)`;

/** Answers of a merged ticket lie with its survivor; what was said before a survivor was registered is no answer to it. */
const answersOf = (
  where: string,
): string => `(SELECT jsonb_agg(${ms('c."createdAt"')} ORDER BY c."createdAt") FROM comment c WHERE ${where} AND c."createdAt" >= t."createdAt"
    AND c."undoneAt" IS NULL AND c.kind = 'comment' AND c."authorKind" = 'employee' AND 'client' = ANY(c.audience))`;
const ANSWERS_AWAY = `c.id IN (SELECT i."itemId" FROM ticket_merge m JOIN ticket_merge_item i ON i."mergeId" = m.id AND i.kind = 'comment'
    WHERE m."fromId" = t.id AND m."undoneAt" IS NULL)`;

/** A merge that was taken back has never been: its lines are left out. */
const loadOf = (
  condition: string,
): string => `SELECT t.id, ${ms('t."createdAt"')} AS "createdAt", t."statusId", st.category AS "statusCategory", st.name AS "statusName", t."assigneeId", t."teamId",
  t."deletedAt" IS NOT NULL OR t."mergedIntoId" IS NOT NULL AS "isGone", t."putAsideUntil" IS NOT NULL AS "isAside", ${ms('t."deadlineAt"')} AS "deadlineAt",
  CASE WHEN t."objectId" IS NULL THEN NULL ELSE (SELECT oc."calendarId" FROM service_object o JOIN object_calendar oc ON oc."objectId" = ANY(o.path)
    WHERE o.id = t."objectId" ORDER BY array_position(o.path, oc."objectId") DESC LIMIT 1) END AS "objectCalendarId",
  COALESCE((SELECT jsonb_agg(jsonb_build_array(c.field, ${ms('c.at')}, CASE WHEN c.field = ANY($2) THEN c.before END, CASE WHEN c.field = ANY($2) THEN c.after END, sb.category, sa.category)
      ORDER BY c.at, c.version, c.id)
    FROM ticket_change c
    LEFT JOIN ticket_status sb ON sb.id = CASE WHEN c.field = 'statusId' THEN (c.before #>> '{}')::uuid END
    LEFT JOIN ticket_status sa ON sa.id = CASE WHEN c.field = 'statusId' THEN (c.after #>> '{}')::uuid END
    WHERE c."ticketId" = t.id AND c.field NOT IN ('created', 'subject', 'description')
      AND (c.field <> 'mergedIntoId' OR t."mergedIntoId" IS NOT NULL)), '[]') AS lines,
  COALESCE(CASE WHEN t."mergedIntoId" IS NULL THEN ${answersOf('c."ticketId" = t.id')} ELSE ${answersOf(ANSWERS_AWAY)} END, '[]') AS answers,
  COALESCE((SELECT jsonb_agg(jsonb_build_object('kind', f.kind, 'at', ${ms('f.at')}, 'data', f.data) ORDER BY f.at, f.id) FROM sla_fact f WHERE f."ticketId" = t.id), '[]') AS facts,
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', k.id, 'metric', k.metric, 'cycle', k.cycle, 'dueAt', ${ms('k."dueAt"')})) FROM sla_clock k WHERE k."ticketId" = t.id), '[]') AS clocks,
  COALESCE((SELECT jsonb_agg(jsonb_build_object('clockId', m."clockId", 'threshold', m.threshold, 'firedAt', ${ms('m."firedAt"')})) FROM sla_moment m WHERE m."ticketId" = t.id), '[]') AS told,
  ${ms('s."computedAt"')} AS "computedAt"
  FROM ticket t LEFT JOIN ticket_sla s ON s."ticketId" = t.id JOIN ticket_status st ON st.id = t."statusId" WHERE ${condition}`;
const LOAD_ONE = loadOf('t.id = $1::uuid');
const LOAD_MANY = loadOf('t.id = ANY($1::uuid[])');

/** The query of tickets' stories with its parameters; one ticket has a text of its own, which is planned once. */
export const loadQuery = (ids: readonly string[]): [sql: string, params: unknown[]] =>
  ids.length === 1 ? [LOAD_ONE, [ids[0], TOLD_FIELDS]] : [LOAD_MANY, [ids, TOLD_FIELDS]];

/** The state before anything changed: what the first line of each field says was there, otherwise what is there now. */
function firstState(row: SlaTicketRow): StoryState {
  const before = (field: string): Line | undefined => row.lines.find(([name]) => name === field);
  const status = before('statusId');
  const id = (field: string, now: string | null): string | null => {
    const line = before(field);
    return line ? (line[2] as string | null) : now;
  };
  const wasThere = (field: string, now: boolean): boolean => {
    const line = before(field);
    return line ? line[2] !== null : now;
  };
  return {
    statusId: (status?.[2] as string | undefined) ?? row.statusId,
    category: status?.[4] ?? row.statusCategory,
    assigneeId: id('assigneeId', row.assigneeId),
    teamId: id('teamId', row.teamId),
    isAside: wasThere('putAsideUntil', row.isAside),
    isGone: wasThere('deletedAt', row.isGone && !before('mergedIntoId')),
  };
}

function eventsOf([field, at, , after, , category]: Line): StoryEvent[] {
  const id = after as string | null;
  switch (field) {
    case 'statusId':
      return id && category ? [{ at, kind: 'status', statusId: id, category }] : [];
    case 'assigneeId':
      return [{ at, kind: 'assignee', id }];
    case 'teamId':
      return [{ at, kind: 'team', id }];
    case 'putAsideUntil':
      return [{ at, kind: 'aside', isAside: after !== null }];
    case 'deletedAt':
    case 'mergedIntoId':
      return [{ at, kind: 'gone', isGone: after !== null }];
    default:
      return [];
  }
}

/** The ticket's story: its immutable history, its answers to the client, its arrivals. */
export function storyOf(row: SlaTicketRow): Story {
  const events = [
    ...row.lines.flatMap(eventsOf),
    ...row.answers.map((at): StoryEvent => ({ at, kind: 'answer' })),
    ...row.facts.filter(({ kind }) => kind === 'arrived').map(({ at }): StoryEvent => ({ at, kind: 'arrived' })),
  ];
  return { createdAt: row.createdAt, first: firstState(row), events: events.sort((a, b) => a.at - b.at) };
}

export function decisionsOf({ facts }: Pick<SlaTicketRow, 'facts'>): Decisions {
  const of = <Decision>(kind: SlaFactKind): Decision[] =>
    facts.filter((fact) => fact.kind === kind).map(({ at, data }) => ({ ...data, at }) as Decision);
  return { bindings: of<Binding>('policy'), calendarChanges: of<CalendarChange>('calendar') };
}

/** The last change since the moment that could have made another policy fit, and what it was. */
export function causeSince(
  row: SlaTicketRow,
  since: number,
): { at: number; cause: 'type' | 'priority' | 'client' } | undefined {
  const line = row.lines.findLast(([field, at]) => at > since && field in CAUSES);
  return line && { at: line[1], cause: CAUSES[line[0]]! };
}

/** When the last move took the ticket out of «done» or «closed»; undefined when it did not. */
export function reopenedAt({ lines }: SlaTicketRow): number | undefined {
  const last = lines.findLast(([field]) => field === 'statusId');
  const isOver = (category: StatusCategory | null | undefined): boolean => category === 'done' || category === 'closed';
  return last && isOver(last[4]) && !isOver(last[5]) ? last[1] : undefined;
}

/** Decisions, clocks that are no more, clocks, the row of lists: all or nothing. */
export const WRITE = `WITH decided AS (
    INSERT INTO sla_fact (id, "ticketId", at, kind, data, "actorId", "createdAt")
    SELECT r.id, r."ticketId", r.at, r.kind, r.data, r."actorId", $5 FROM jsonb_to_recordset($1::jsonb)
      AS r(id uuid, "ticketId" uuid, at timestamptz, kind text, data jsonb, "actorId" uuid)),
  gone AS (DELETE FROM sla_clock WHERE id = ANY($2::uuid[])),
  rows AS (
    INSERT INTO ticket_sla ("ticketId", "policyId", "policyVersion", state, "isBreached", "warnAt", "resolutionDueAt", "reactionDueAt", "nextDueAt", ru, en, "computedAt")
    SELECT r."ticketId", r."policyId", r."policyVersion", r.state, r."isBreached", r."warnAt", r."resolutionDueAt", r."reactionDueAt", r."nextDueAt", r.ru::json, r.en::json, $5
    FROM jsonb_to_recordset($4::jsonb) AS r("ticketId" uuid, "policyId" uuid, "policyVersion" int, state text, "isBreached" boolean, "warnAt" timestamptz,
      "resolutionDueAt" timestamptz, "reactionDueAt" timestamptz, "nextDueAt" timestamptz, ru text, en text)
    ON CONFLICT ("ticketId") DO UPDATE SET ("policyId", "policyVersion", state, "isBreached", "warnAt", "resolutionDueAt", "reactionDueAt", "nextDueAt", ru, en, "computedAt")
      = (EXCLUDED."policyId", EXCLUDED."policyVersion", EXCLUDED.state, EXCLUDED."isBreached", EXCLUDED."warnAt", EXCLUDED."resolutionDueAt",
         EXCLUDED."reactionDueAt", EXCLUDED."nextDueAt", EXCLUDED.ru, EXCLUDED.en, EXCLUDED."computedAt")),
  told AS (
    INSERT INTO sla_moment (id, "ticketId", "clockId", metric, cycle, threshold, at, "firedAt")
    SELECT r.id, r."ticketId", r."clockId", r.metric, r.cycle, r.threshold, r.at, $5 FROM jsonb_to_recordset($6::jsonb)
      AS r(id uuid, "ticketId" uuid, "clockId" uuid, metric text, cycle int, threshold text, at timestamptz)
    ON CONFLICT ("clockId", threshold, at) DO NOTHING)
  INSERT INTO sla_clock (id, "ticketId", metric, cycle, "policyId", "policyVersion", state, "targetSeconds", "startAt", "originAt", "dueAt", "stoppedAt", "breachedAt",
    "pausedSince", "pauseReason", "elapsedSeconds", "calendarSeconds", "decidedAt", "assigneeId", "teamId", moments, "nextAt")
  SELECT r.* FROM jsonb_to_recordset($3::jsonb) AS r(id uuid, "ticketId" uuid, metric text, cycle int, "policyId" uuid, "policyVersion" int, state text, "targetSeconds" int,
    "startAt" timestamptz, "originAt" timestamptz, "dueAt" timestamptz, "stoppedAt" timestamptz, "breachedAt" timestamptz, "pausedSince" timestamptz, "pauseReason" text,
    "elapsedSeconds" int, "calendarSeconds" int, "decidedAt" timestamptz, "assigneeId" uuid, "teamId" uuid, moments jsonb, "nextAt" timestamptz)
  ON CONFLICT ("ticketId", metric, cycle) DO UPDATE SET ("policyId", "policyVersion", state, "targetSeconds", "startAt", "originAt", "dueAt", "stoppedAt", "breachedAt",
      "pausedSince", "pauseReason", "elapsedSeconds", "calendarSeconds", "decidedAt", "assigneeId", "teamId", moments, "nextAt")
    = (EXCLUDED."policyId", EXCLUDED."policyVersion", EXCLUDED.state, EXCLUDED."targetSeconds", EXCLUDED."startAt", EXCLUDED."originAt", EXCLUDED."dueAt", EXCLUDED."stoppedAt",
       EXCLUDED."breachedAt", EXCLUDED."pausedSince", EXCLUDED."pauseReason", EXCLUDED."elapsedSeconds", EXCLUDED."calendarSeconds", EXCLUDED."decidedAt",
       EXCLUDED."assigneeId", EXCLUDED."teamId", EXCLUDED.moments, EXCLUDED."nextAt")`;
