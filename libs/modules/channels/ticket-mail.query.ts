import type { Ctx } from '@opora/platform/context';
import type { Db } from '@opora/platform/db';
import type { StatusCategory } from '@opora/modules/tickets';
import type { MailKind } from './mail/mail-classify';

/** What is known of a ticket's mails so far. */
export type Conversation = {
  statusCategory: StatusCategory;
  isInner: boolean;
  mailboxId: string | null;
  /** Who or what wrote the mail that opened the ticket; null when it did not come by mail. */
  firstKind: MailKind | null;
  lastInboundId: string | null;
  /** Message-IDs in and out, oldest first, without brackets. */
  messageIds: string[];
  threadIndex: string | null;
  threadTopic: string | null;
};

export async function conversationOf(db: Db, ctx: Ctx, ticketId: string): Promise<Conversation | undefined> {
  const [row] = await db.prepared<Conversation>(
    ctx,
    `WITH inbound AS (SELECT * FROM (SELECT id, kind, trim(both '<>' from "messageId") AS mid, "mailboxId", "threadIndex", "threadTopic", "receivedAt" AS at, state
                      FROM intake_message WHERE "ticketId" = ANY(ARRAY(SELECT ticket_absorbed($1::uuid))) AND state IN ('ticket_created', 'comment_added') ORDER BY id) i),
          outbound AS (SELECT "messageId" AS mid, "createdAt" AS at FROM outgoing_mail
                       WHERE "subjectId" = ANY(ARRAY(SELECT ticket_absorbed($1::uuid))) AND kind IN ('reply', 'automatic') AND state IN ('sent', 'waiting') ORDER BY id DESC LIMIT 20)
     SELECT t."statusCategory", y."isInner",
       (SELECT "mailboxId" FROM inbound WHERE "mailboxId" IS NOT NULL ORDER BY id DESC LIMIT 1) AS "mailboxId",
       (SELECT kind FROM inbound WHERE state = 'ticket_created' ORDER BY id LIMIT 1) AS "firstKind",
       (SELECT mid FROM inbound WHERE mid IS NOT NULL ORDER BY id DESC LIMIT 1) AS "lastInboundId",
       (SELECT "threadIndex" FROM inbound WHERE "threadIndex" IS NOT NULL ORDER BY id DESC LIMIT 1) AS "threadIndex",
       (SELECT "threadTopic" FROM inbound WHERE "threadTopic" IS NOT NULL ORDER BY id DESC LIMIT 1) AS "threadTopic",
       COALESCE((SELECT array_agg(m.mid ORDER BY m.at) FROM (SELECT mid, at FROM (SELECT mid, at FROM inbound WHERE mid IS NOT NULL UNION ALL SELECT mid, at FROM outbound) b
                                                             ORDER BY at DESC LIMIT 30) m), '{}') AS "messageIds"
     FROM ticket t JOIN ticket_type y ON y.id = t."typeId" WHERE t.id = $1 AND t."deletedAt" IS NULL`,
    [ticketId],
  );
  return row;
}

/** An answer and its files for the client. */
export type ReplyFacts = {
  html: string;
  authorName: string;
  cc: string[];
  undoneAt: Date | null;
  files: { fileId: string; name: string; size: number; isInline: boolean }[];
};

export async function replyOf(db: Db, ctx: Ctx, commentId: string): Promise<ReplyFacts | undefined> {
  const [row] = await db.prepared<ReplyFacts>(
    ctx,
    `SELECT c.html, c."authorName", c.cc, c."undoneAt",
       COALESCE((SELECT json_agg(json_build_object('fileId', a."fileId", 'name', f.name, 'size', f.size, 'isInline', a."isInline") ORDER BY a."isInline" DESC, a."createdAt", a.id)
                 FROM attachment a JOIN stored_file f ON f.id = a."fileId" WHERE a."commentId" = c.id AND 'client' = ANY(a.audience)), '[]') AS files
     FROM comment c WHERE c.id = $1 FOR SHARE OF c`,
    [commentId],
  );
  return row;
}

/** One mail of a ticket, in or out. */
export type TicketMailRow = {
  id: string;
  direction: 'in' | 'out';
  kind: string | null;
  state: string;
  reason: string | null;
  facts: Record<string, string | number>;
  from: string | null;
  to: string[];
  cc: string[];
  subject: string | null;
  commentId: string | null;
  at: Date;
  sentAt: Date | null;
};

/** The mails of a ticket and of what was merged into it. */
export async function mailsOf(
  db: Db,
  ctx: Ctx,
  ticketId: string,
  after: string | null,
  limit: number,
): Promise<TicketMailRow[]> {
  return db.prepared<TicketMailRow>(
    ctx,
    `SELECT * FROM (
       (SELECT id, 'in' AS direction, kind, state, reason, facts, "fromAddress" AS "from", "envelopeTo" AS "to", '{}'::text[] AS cc, subject, "commentId", "receivedAt" AS at, NULL::timestamptz AS "sentAt"
        FROM intake_message WHERE "ticketId" = ANY(ARRAY(SELECT ticket_absorbed($1::uuid))) AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3)
       UNION ALL
       (SELECT id, 'out', kind, state, reason, '{}'::jsonb, "fromAddress", "to", cc, subject, "commentId", "createdAt", "sentAt"
        FROM outgoing_mail WHERE "subjectId" = ANY(ARRAY(SELECT ticket_absorbed($1::uuid))) AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3)) m
     ORDER BY id DESC LIMIT $3`,
    [ticketId, after, limit],
  );
}
