import type { Ctx } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import { insertAttachments, type NewAttachment } from './attachment-files.service';
import type { Audience } from './audience';
import type { Comment, Draft } from './comment.entity';

export type AttachmentRow = {
  id: string;
  fileId: string;
  name: string;
  mime: string;
  size: number | string;
  audience: Audience[];
  caption: string | null;
  isInline: boolean;
  commentId: string | null;
  createdAt: Date | string;
};

export type CommentRow = Pick<
  Comment,
  'id' | 'audience' | 'authorKind' | 'authorId' | 'authorName' | 'html' | 'kind' | 'source' | 'cc'
> & {
  createdAt: Date | string;
  visibleAt: Date | string;
  files: AttachmentRow[];
};

export type DraftRow = Draft & { files: { id: string; name: string; mime: string; size: number | string }[] };

/** SQL of an attachment with its file, as JSON. */
export const attachmentJson = `jsonb_build_object('id', a.id, 'fileId', a."fileId", 'name', f.name, 'mime', f.mime, 'size', f.size, 'audience', a.audience,
  'caption', a.caption, 'isInline', a."isInline", 'commentId', a."commentId", 'createdAt', a."createdAt")`;

/** SQL of a comment's files; `condition` narrows them. */
export const filesOfComment = (
  condition = 'true',
): string => `COALESCE((SELECT jsonb_agg(${attachmentJson} ORDER BY a."createdAt", a.id)
  FROM attachment a JOIN stored_file f ON f.id = a."fileId" WHERE a."commentId" = c.id AND ${condition}), '[]')`;

/** Comments with their files; conditions follow. What was taken back is not there. */
export const selectComments = `SELECT c.id, c.audience, c."authorKind", c."authorId", c."authorName", c.html, c.kind, c.source, c.cc, c."createdAt", c."visibleAt",
  ${filesOfComment()} AS files FROM comment c WHERE c."undoneAt" IS NULL`;

/** What a comment does to its ticket's own columns. */
export type CommentEffects = {
  lastClientMessageAt?: Date;
  lastStaffReplyAt?: Date;
  awaiting?: 'us' | 'client' | null;
  publicUpdatedAt?: Date;
};

type Insert = { row: Comment; files: NewAttachment[]; effects: CommentEffects; seenUntil: Date | null };

/** One statement: the comment, its files, the ticket's counters, the sender's draft gone and his reading moved on. */
export function insertComment(ctx: Ctx, { row, files, effects, seenUntil }: Insert, params: SqlParams): string {
  const now = `${params.add(row.createdAt)}::timestamptz`;
  const ticket = `${params.add(row.ticketId)}::uuid`;
  const id = `${params.add(row.id)}::uuid`;
  const values: Record<string, unknown> = { ...row, undoState: row.undoState && JSON.stringify(row.undoState) };
  const columns = Object.keys(values);
  const parts = [
    `made AS (INSERT INTO comment (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${columns.map((name) => params.add(values[name])).join(', ')}))`,
  ];
  if (files.length) parts.push(`attached AS (${insertAttachments(ctx, row.ticketId, row.id, files, params)})`);
  if (ctx.actor.kind === 'employee') {
    const me = `${params.add(ctx.actor.id)}::uuid`;
    const seen = `${params.add(seenUntil)}::timestamptz`;
    parts.push(`sent AS (DELETE FROM draft WHERE "ticketId" = ${ticket} AND "employeeId" = ${me})`);
    // Who has not read everything before does not become a reader of it by writing.
    parts.push(`read AS (INSERT INTO ticket_read ("ticketId", "employeeId", "lastSeenCommentId", "lastSeenAt") SELECT ${ticket}, ${me}, ${id}, ${now}
      WHERE ${seen} IS NULL OR EXISTS (SELECT 1 FROM ticket_read WHERE "ticketId" = ${ticket} AND "employeeId" = ${me} AND "lastSeenAt" >= ${seen})
      ON CONFLICT ("ticketId", "employeeId") DO UPDATE SET "lastSeenCommentId" = EXCLUDED."lastSeenCommentId", "lastSeenAt" = EXCLUDED."lastSeenAt")`);
  }
  const type = (column: string): string => (column === 'awaiting' ? 'text' : 'timestamptz');
  const sets = Object.entries(effects).map(([column, value]) => `"${column}" = ${params.add(value)}::${type(column)}`);
  const counted = files.filter(({ isInline }) => !isInline).length;
  return `WITH ${parts.join(', ')} UPDATE ticket SET "commentCount" = "commentCount" + 1, "fileCount" = "fileCount" + ${params.add(counted)}::int,
    "lastCommentAt" = ${now}, "lastCommentId" = ${id}, "updatedAt" = ${now}${sets.map((set) => `, ${set}`).join('')} WHERE id = ${ticket}`;
}
