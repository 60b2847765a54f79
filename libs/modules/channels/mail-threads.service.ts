import { Injectable } from '@nestjs/common';
import type { StatusCategory } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import type { IntakeRow } from './intake.service';
import type { ParsedMail } from './mail/mail-parse';
import type { ThreadClues } from './mail/mail-thread';

/** A mail that came before: the same bytes, or the same message by another way; or one we sent ourselves. */
export type Repeat = { kind: 'sameBytes' | 'sameMessage' | 'ownMail'; id: string | null; ticketId: string | null };

/** The ticket a mail points to, and what its sender is to that ticket. */
export type FoundTicket = {
  id: string;
  number: number;
  subject: string;
  statusCategory: StatusCategory;
  closedAt: Date | null;
  /** Found by a Message-ID or the signed address: things that only those know who got a mail of this ticket. */
  isStrong: boolean;
  isParticipant: boolean;
  /** Set when the sender is an employee who works on the ticket or watches it. */
  employeeId: string | null;
};

const bare = (messageId: string): string => messageId.replace(/^<|>$/g, '');

/** Finds what a mail belongs to. */
@Injectable()
export class MailThreads {
  constructor(private readonly db: Db) {}

  /** Step 1: whether the mail was taken before. Call it under the lock of `lockMessage`. */
  async findRepeat(ctx: Ctx, row: IntakeRow, mail: ParsedMail): Promise<Repeat | undefined> {
    const [found] = await this.db.prepared<Repeat>(
      ctx,
      `SELECT * FROM (
         SELECT CASE WHEN i.sha256 = $2 THEN 'sameBytes' ELSE 'sameMessage' END AS kind, i.id, i."ticketId"
         FROM intake_message i
         WHERE (i.sha256 = $2 OR i."messageId" = $3) AND i.id <> $1 AND i.state NOT IN ('received', 'duplicate', 'failed') AND (i.sha256 = $2 OR i."contentSha" = $4)
         ORDER BY i.id LIMIT 1) taken
       UNION ALL SELECT 'ownMail', NULL, m."subjectId" FROM outgoing_mail m WHERE m."messageId" = $5
       LIMIT 1`,
      [row.id, row.sha256, mail.messageId, mail.contentSha, mail.messageId ? bare(mail.messageId) : null],
    );
    return found;
  }

  /** Two copies of one message that are read at once: the second waits and finds the first. */
  async lockMessage(ctx: Ctx, row: IntakeRow, mail: ParsedMail): Promise<void> {
    await this.db.prepared(ctx, `SELECT pg_advisory_xact_lock(hashtext('intake'), hashtext($1))`, [
      mail.messageId ?? row.sha256,
    ]);
  }

  /** Step 4 and the facts for step 5. A merged ticket leads to its survivor; a deleted one is nobody's. */
  async findTicket(ctx: Ctx, clues: ThreadClues, senderAddress: string | null): Promise<FoundTicket | undefined> {
    const ids = clues.messageIds.map(bare);
    if (!ids.length && !clues.signedNumbers.length && !clues.taggedNumbers.length) return undefined;
    const [found] = await this.db.prepared<FoundTicket>(
      ctx,
      `WITH RECURSIVE clue AS (
         SELECT m."subjectId" AS id, array_position($1::text[], m."messageId") AS rank FROM outgoing_mail m WHERE m."messageId" = ANY($1::text[]) AND m."subjectId" IS NOT NULL
         UNION ALL SELECT i."ticketId", array_position($2::text[], i."messageId") FROM intake_message i WHERE i."messageId" = ANY($2::text[]) AND i."ticketId" IS NOT NULL AND i.state <> 'duplicate'
         UNION ALL SELECT t.id, 1000 + array_position($3::int[], t.number) FROM ticket t WHERE t.number = ANY($3::int[])
         UNION ALL SELECT t.id, 2000 + array_position($4::int[], t.number) FROM ticket t WHERE t.number = ANY($4::int[])),
       chain AS (
         SELECT t.id, t."mergedIntoId", c.rank FROM clue c JOIN ticket t ON t.id = c.id
         UNION SELECT t.id, t."mergedIntoId", chain.rank FROM chain JOIN ticket t ON t.id = chain."mergedIntoId")
       SELECT t.id, t.number, t.subject, t."statusCategory", t."closedAt", chain.rank < 2000 AS "isStrong", ${IS_PARTICIPANT} AS "isParticipant", ${EMPLOYEE} AS "employeeId"
       FROM chain JOIN ticket t ON t.id = chain.id
       WHERE chain."mergedIntoId" IS NULL AND t."deletedAt" IS NULL ORDER BY chain.rank LIMIT 1`,
      [
        ids,
        clues.messageIds,
        clues.signedNumbers.filter(isNumber),
        clues.taggedNumbers.filter(isNumber),
        senderAddress,
      ],
    );
    return found;
  }

  /** The mail we sent that a delivery report is about. */
  async findReported(
    ctx: Ctx,
    originalIds: readonly string[],
  ): Promise<{ id: string; ticketId: string | null; to: string[] } | undefined> {
    const [mail] = await this.db.prepared<{ id: string; ticketId: string | null; to: string[] }>(
      ctx,
      `SELECT id, "subjectId" AS "ticketId", "to" FROM outgoing_mail WHERE "messageId" = ANY($1::text[]) ORDER BY array_position($1::text[], "messageId") LIMIT 1`,
      [originalIds.map(bare)],
    );
    return mail;
  }
}

/** Ticket numbers are PostgreSQL integers. */
const isNumber = (number: number): boolean => number > 0 && number < 2_147_483_648;

/** Requester, author, observer, colleague of the ticket's company, or somebody an agent has put into copy. */
const IS_PARTICIPANT = `($5::text IS NOT NULL AND (
  EXISTS (SELECT 1 FROM contact_email e WHERE e.email = $5 AND e."isActive" AND (
    e."contactId" = t."contactId" OR (t."authorKind" = 'contact' AND e."contactId" = t."authorId")
    OR EXISTS (SELECT 1 FROM ticket_observer o WHERE o."ticketId" = t.id AND o.kind = 'contact' AND o."subjectId" = e."contactId")
    OR EXISTS (SELECT 1 FROM membership m WHERE m."companyId" = t."companyId" AND m."contactId" = e."contactId")))
  OR EXISTS (SELECT 1 FROM comment c WHERE c."ticketId" = t.id AND c."undoneAt" IS NULL AND EXISTS (SELECT 1 FROM unnest(c.cc) a WHERE lower(a) = $5))))`;

const EMPLOYEE = `(SELECT e.id FROM employee e WHERE e.email = $5 AND e."isActive" AND e."archivedAt" IS NULL AND (
  e.id = t."assigneeId" OR EXISTS (SELECT 1 FROM ticket_co_executor x WHERE x."ticketId" = t.id AND x."employeeId" = e.id)
  OR EXISTS (SELECT 1 FROM ticket_observer o WHERE o."ticketId" = t.id AND o.kind = 'employee' AND o."subjectId" = e.id)
  OR EXISTS (SELECT 1 FROM team_member w WHERE w."teamId" = t."teamId" AND w."employeeId" = e.id)))`;
