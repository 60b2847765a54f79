/**
 * What a merge moves, in statements over all its tickets at once: three hundred comments are one statement. Every one notes what it
 * did in `ticket_merge_item`; the statements of the way back read it there. `$1` is the group of merges or, back, one merge.
 */

const NOTE = 'INSERT INTO ticket_merge_item ("mergeId", kind, "itemId", data)';

/** `$2` the survivor, `$3` now. What could still be taken back by its author no longer can: its ticket is another one. */
const MOVE_COMMENTS = `
  WITH moving AS (
    SELECT c.id, m.id AS merge, CASE WHEN c."visibleAt" > $3::timestamptz THEN c."undoState" END AS held
    FROM ticket_merge m JOIN comment c ON c."ticketId" = m."fromId" WHERE m."groupId" = $1::uuid),
  moved AS (
    UPDATE comment c SET "ticketId" = $2::uuid, "undoState" = CASE WHEN o.held IS NULL THEN c."undoState" END
    FROM moving o WHERE c.id = o.id)
  ${NOTE} SELECT merge, 'comment', id, held FROM moving`;

/** Pictures of the description stay with it. */
const MOVE_ATTACHMENTS = `
  WITH moved AS (
    UPDATE attachment a SET "ticketId" = $2::uuid FROM ticket_merge m
    WHERE m."groupId" = $1::uuid AND a."ticketId" = m."fromId" AND NOT (a."commentId" IS NULL AND a."isInline")
    RETURNING a.id, m.id AS merge)
  ${NOTE} SELECT merge, 'attachment', id, NULL FROM moved`;

const MOVE_WORDS = `
  UPDATE comment_search s SET "ticketId" = $2::uuid FROM ticket_merge m WHERE m."groupId" = $1::uuid AND s."ticketId" = m."fromId"`;

/** Who hears of a merged ticket goes on hearing of it: `$3` the contacts who may. */
const ADD_OBSERVERS = `
  WITH wanted AS (
    SELECT DISTINCT ON (w.kind, w.id) w.kind, w.id, m.id AS merge
    FROM ticket_merge m JOIN ticket f ON f.id = m."fromId" CROSS JOIN LATERAL (
      SELECT o.kind, o."subjectId" AS id FROM ticket_observer o WHERE o."ticketId" = f.id
      UNION ALL SELECT 'contact', f."contactId"
      UNION ALL SELECT 'contact', f."authorId" WHERE f."authorKind" = 'contact'
      UNION ALL SELECT 'employee', f."assigneeId") w
    WHERE m."groupId" = $1::uuid AND w.id IS NOT NULL AND (w.kind <> 'contact' OR w.id = ANY($3::uuid[]))
      AND NOT EXISTS (SELECT 1 FROM ticket s WHERE s.id = $2::uuid AND ((w.kind = 'contact' AND s."contactId" = w.id) OR (w.kind = 'employee' AND s."assigneeId" = w.id)))
    ORDER BY w.kind, w.id, m.id),
  added AS (
    INSERT INTO ticket_observer ("ticketId", kind, "subjectId") SELECT $2::uuid, kind, id FROM wanted
    ON CONFLICT DO NOTHING RETURNING kind, "subjectId")
  ${NOTE} SELECT w.merge, 'observer.' || w.kind, w.id, NULL FROM added a JOIN wanted w ON w.kind = a.kind AND w.id = a."subjectId"`;

const ADD_CO_EXECUTORS = `
  WITH wanted AS (
    SELECT DISTINCT ON (x."employeeId") x."employeeId" AS id, m.id AS merge
    FROM ticket_merge m JOIN ticket_co_executor x ON x."ticketId" = m."fromId" WHERE m."groupId" = $1::uuid ORDER BY x."employeeId", m.id),
  added AS (
    INSERT INTO ticket_co_executor ("ticketId", "employeeId") SELECT $2::uuid, id FROM wanted ON CONFLICT DO NOTHING RETURNING "employeeId")
  ${NOTE} SELECT w.merge, 'co_executor', w.id, NULL FROM added a JOIN wanted w ON w.id = a."employeeId"`;

/** A link the survivor has already, or one that would lead to itself, stays where it is. */
const MOVE_LINKS = `
  WITH ends AS (
    SELECT DISTINCT ON (LEAST(n."fromId", n."toId"), GREATEST(n."fromId", n."toId"), l.kind) l.id, m.id AS merge, l."fromId" AS "oldFrom", l."toId" AS "oldTo", n."fromId", n."toId"
    FROM ticket_merge m JOIN ticket_link l ON m."fromId" IN (l."fromId", l."toId")
      CROSS JOIN LATERAL (SELECT CASE WHEN EXISTS (SELECT 1 FROM ticket_merge g WHERE g."groupId" = $1::uuid AND g."fromId" = l."fromId") THEN $2::uuid ELSE l."fromId" END AS "fromId",
        CASE WHEN EXISTS (SELECT 1 FROM ticket_merge g WHERE g."groupId" = $1::uuid AND g."fromId" = l."toId") THEN $2::uuid ELSE l."toId" END AS "toId") n
    WHERE m."groupId" = $1::uuid AND n."fromId" <> n."toId" AND NOT EXISTS (SELECT 1 FROM ticket_link x WHERE x.kind = l.kind
      AND LEAST(x."fromId", x."toId") = LEAST(n."fromId", n."toId") AND GREATEST(x."fromId", x."toId") = GREATEST(n."fromId", n."toId"))
    ORDER BY LEAST(n."fromId", n."toId"), GREATEST(n."fromId", n."toId"), l.kind, l.id),
  moved AS (UPDATE ticket_link l SET "fromId" = e."fromId", "toId" = e."toId" FROM ends e WHERE l.id = e.id)
  ${NOTE} SELECT merge, 'link', id, jsonb_build_object('fromId', "oldFrom", 'toId', "oldTo") FROM ends`;

/** The statements of a merge that need no more than `$1` group, `$2` survivor, `$3` now or the contacts. */
export const MOVES = {
  comments: MOVE_COMMENTS,
  attachments: MOVE_ATTACHMENTS,
  words: MOVE_WORDS,
  observers: ADD_OBSERVERS,
  coExecutors: ADD_CO_EXECUTORS,
  links: MOVE_LINKS,
};

const ITEMS = (kind: string): string => `i."mergeId" = $1::uuid AND i.kind = '${kind}'`;

/** Somebody whom another standing merge would have brought, too, stays, on that one's account. */
const handOver = (kind: string, wants: string): string => `
  WITH heirs AS (
    SELECT DISTINCT ON (i.kind, i."itemId") i.kind, i."itemId", o.id AS heir FROM ticket_merge_item i
      JOIN ticket_merge o ON o."toId" = $2::uuid AND o."undoneAt" IS NULL AND o.id <> $1::uuid
    WHERE i."mergeId" = $1::uuid AND i.kind LIKE '${kind}' AND ${wants} ORDER BY i.kind, i."itemId", o.id)
  UPDATE ticket_merge_item i SET "mergeId" = h.heir FROM heirs h WHERE i."mergeId" = $1::uuid AND i.kind = h.kind AND i."itemId" = h."itemId"`;

/** `$2` the survivor, `$3` the ticket that comes out of it again. */
export const RESTORES = [
  // Where people have been reading: the last of what stays that they had read.
  `UPDATE ticket_read r SET "lastSeenCommentId" = (SELECT c.id FROM comment c WHERE c."ticketId" = $2::uuid AND c."undoneAt" IS NULL AND c."createdAt" <= r."lastSeenAt"
       AND NOT EXISTS (SELECT 1 FROM ticket_merge_item i WHERE ${ITEMS('comment')} AND i."itemId" = c.id) ORDER BY c."createdAt" DESC, c.id DESC LIMIT 1)
   FROM ticket_merge_item i WHERE ${ITEMS('comment')} AND r."ticketId" = $2::uuid AND r."lastSeenCommentId" = i."itemId" AND $3::uuid IS NOT NULL`,
  `UPDATE comment_search s SET "ticketId" = $3::uuid FROM ticket_merge_item i WHERE ${ITEMS('comment')} AND s."commentId" = i."itemId" AND s."ticketId" = $2::uuid`,
  `UPDATE comment c SET "ticketId" = $3::uuid, "undoState" = COALESCE(i.data, c."undoState") FROM ticket_merge_item i
   WHERE ${ITEMS('comment')} AND c.id = i."itemId" AND c."ticketId" = $2::uuid`,
  `UPDATE attachment a SET "ticketId" = $3::uuid FROM ticket_merge_item i WHERE ${ITEMS('attachment')} AND a.id = i."itemId" AND a."ticketId" = $2::uuid`,
  `UPDATE ticket_link l SET "fromId" = (i.data->>'fromId')::uuid, "toId" = (i.data->>'toId')::uuid FROM ticket_merge_item i
   WHERE ${ITEMS('link')} AND l.id = i."itemId" AND $2::uuid IN (l."fromId", l."toId") AND $3::uuid IS NOT NULL`,
];
export const LEAVES = [
  handOver(
    'observer.%',
    `EXISTS (SELECT 1 FROM ticket f WHERE f.id = o."fromId" AND (
       (i.kind = 'observer.contact' AND (f."contactId" = i."itemId" OR (f."authorKind" = 'contact' AND f."authorId" = i."itemId")))
       OR (i.kind = 'observer.employee' AND f."assigneeId" = i."itemId")
       OR EXISTS (SELECT 1 FROM ticket_observer w WHERE w."ticketId" = f.id AND i.kind = 'observer.' || w.kind AND w."subjectId" = i."itemId")))`,
  ),
  handOver(
    'co_executor',
    `EXISTS (SELECT 1 FROM ticket_co_executor x WHERE x."ticketId" = o."fromId" AND x."employeeId" = i."itemId")`,
  ),
  `DELETE FROM ticket_observer w USING ticket_merge_item i WHERE i."mergeId" = $1::uuid AND i.kind = 'observer.' || w.kind AND w."ticketId" = $2::uuid AND w."subjectId" = i."itemId"`,
  `DELETE FROM ticket_co_executor x USING ticket_merge_item i WHERE ${ITEMS('co_executor')} AND x."ticketId" = $2::uuid AND x."employeeId" = i."itemId"`,
];

/** Counters and the last comment as they follow from what is there. `$1` the tickets. */
export const RECOUNT = `
  UPDATE ticket t SET "commentCount" = (SELECT count(*) FROM comment c WHERE c."ticketId" = t.id AND c."undoneAt" IS NULL),
    "fileCount" = (SELECT count(*) FROM attachment a WHERE a."ticketId" = t.id AND NOT a."isInline"),
    ("lastCommentAt", "lastCommentId") = (SELECT c."createdAt", c.id FROM comment c WHERE c."ticketId" = t.id AND c."undoneAt" IS NULL
      ORDER BY c."createdAt" DESC, c.id DESC LIMIT 1)
  WHERE t.id = ANY($1::uuid[])`;

/** Who takes part in tickets on the client's side, with the companies they are of. `$1` the tickets. */
export const SIDES = `
  SELECT t.id, t."companyId", y."isInner", COALESCE((SELECT jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name,
      'companyIds', ARRAY(SELECT m."companyId" FROM membership m WHERE m."contactId" = k.id)) ORDER BY k.name, k.id)
    FROM contact k WHERE k.id IN (
      SELECT t."contactId" UNION ALL SELECT t."authorId" WHERE t."authorKind" = 'contact'
      UNION ALL SELECT o."subjectId" FROM ticket_observer o WHERE o."ticketId" = t.id AND o.kind = 'contact'
      UNION ALL SELECT g."subjectId" FROM ticket_grant g WHERE g."ticketId" = t.id AND g."subjectKind" = 'contact'
      UNION ALL SELECT c."authorId" FROM comment c WHERE c."ticketId" = t.id AND c."authorKind" = 'contact')), '[]') AS contacts
  FROM ticket t JOIN ticket_type y ON y.id = t."typeId" WHERE t.id = ANY($1::uuid[])`;

/** Takes every row a merge will write, in one order, so that two merges cannot wait for each other. */
export const LOCK_MERGE = `
  SELECT t.id FROM ticket t WHERE t.id = ANY($1::uuid[]) OR t."parentId" = ANY($2::uuid[]) ORDER BY t.id FOR NO KEY UPDATE`;
