import { type Actor, scopesOf } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import type { AbsenceReason } from './absence.entity';
import { PeoplePermission } from './people.access';

export type AbsenceRow = {
  id: string;
  employee: { id: string; name: string };
  startsAt: Date;
  endsAt: Date;
  /** Both in the person's time zone; the last day is still away. */
  firstDay: string;
  lastDay: string;
  substitute: { id: string; name: string } | null;
  reason: AbsenceReason;
  note: string;
  version: number;
  /** The actor may change it, and so reads its reason. */
  isOwn: boolean;
};

/** Employees a permission reaches, oneself always: an SQL condition over an id. */
export function reached(actor: Actor, permission: string, params: SqlParams, id: string): string {
  const kinds = scopesOf(actor, permission).map((scope) => scope.kind);
  if (kinds.includes('all') || kinds.includes('categories')) return 'true';
  if (actor.kind !== 'employee') return 'false';
  // A key acts within its permissions alone.
  const self = actor.apiKeyId && !kinds.length ? 'false' : `${id} = ${params.add(actor.id)}::uuid`;
  if (!kinds.includes('teams')) return self;
  return `(${self} OR EXISTS (SELECT 1 FROM team_member own WHERE own."employeeId" = ${id} AND own."teamId" = ANY (${params.add(actor.teamIds)}::uuid[])))`;
}

const ZONE = `COALESCE(e."timeZone", (SELECT "timeZone" FROM installation WHERE id = 1))`;

export const selectAbsence = (actor: Actor, params: SqlParams): string => `
  SELECT a.id, json_build_object('id', e.id, 'name', e.name) AS employee, a."startsAt", a."endsAt",
    to_char(a."startsAt" AT TIME ZONE ${ZONE}, 'YYYY-MM-DD') AS "firstDay",
    to_char((a."endsAt" - interval '1 ms') AT TIME ZONE ${ZONE}, 'YYYY-MM-DD') AS "lastDay",
    CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'name', s.name) END AS substitute,
    a.reason, a.note, a.version, ${reached(actor, PeoplePermission.manage_absences, params, 'a."employeeId"')} AS "isOwn"
  FROM absence a JOIN employee e ON e.id = a."employeeId" LEFT JOIN employee s ON s.id = a."substituteId"`;

/** A person at a moment: there, or away and for how long. */
const personAt = (id: string, at: string): string => `
  SELECT e.id AS "employeeId", e.name, e."isActive" AND e."archivedAt" IS NULL AND b.id IS NULL AS "isHere",
    b.id IS NOT NULL AS "isAway", b."endsAt" AS until, b."substituteId"
  FROM employee e
  LEFT JOIN LATERAL (SELECT * FROM absence b WHERE b."employeeId" = e.id AND b."startsAt" <= ${at} AND b."endsAt" > ${at}
    ORDER BY b."startsAt" LIMIT 1) b ON true
  WHERE e.id = ${id}`;

export type ChainRow = {
  n: number;
  employeeId: string;
  name: string;
  isHere: boolean;
  isAway: boolean;
  isCircle: boolean;
  until: Date | null;
};

/** From each person over his substitutes to the first who is there; a chain that meets itself ends. */
export const CHAINS = `
  WITH RECURSIVE chain AS (
    SELECT a.n, a.at, 0 AS depth, ARRAY[a.id] AS path, p.*
    FROM unnest($1::uuid[], $2::timestamptz[]) WITH ORDINALITY a(id, at, n) CROSS JOIN LATERAL (${personAt('a.id', 'a.at')}) p
    UNION ALL
    SELECT c.n, c.at, c.depth + 1, c.path || c."substituteId", p.*
    FROM chain c CROSS JOIN LATERAL (${personAt('c."substituteId"', 'c.at')}) p
    WHERE NOT c."isHere" AND c."substituteId" <> ALL (c.path) AND c.depth < 50
  )
  SELECT n::int, "employeeId", name, "isHere", "isAway", until,
    NOT "isHere" AND "substituteId" IS NOT NULL AND "substituteId" = ANY (path) AS "isCircle"
  FROM chain ORDER BY n, depth`;
