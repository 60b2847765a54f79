import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type SqlParams, type TxCtx } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { Files, type PlaceOf } from '@opora/platform/files';
import { type Audience, normaliseAudience } from './audience';
import { filesInside } from './rich-text';
import { doerOf } from './ticket-writer.service';

export type NewAttachment = { fileId: string; audience: Audience[]; caption: string | null; isInline: boolean };
type Given = { fileId: string; audience?: Audience[]; caption?: string | null };
/** Where the files stand in the request. */
const IN_LIST: PlaceOf = (index) => `/fileIds/${index}`;

/** Turns uploads into attachments of a ticket. */
@Injectable()
export class AttachmentFiles {
  constructor(
    private readonly db: Db,
    private readonly files: Files,
  ) {}

  /** Makes five-minute links for somebody who may read the files. */
  linker(ctx: Ctx): (fileId: string) => string {
    return (fileId) => this.files.urlOf(ctx, fileId);
  }

  /** Gives the files of a comment that was taken back to its author again. */
  release(ctx: TxCtx, ids: readonly string[]): Promise<void> {
    return this.files.release(ctx, ids);
  }

  /** Which of these the actor may not take, each by its place: for requests that tell everything that is wrong at once. */
  problems(ctx: Ctx, given: readonly Given[] = [], placeOf: PlaceOf = IN_LIST): Promise<FieldProblem[]> {
    return this.files.problems(
      ctx,
      given.map(({ fileId }) => fileId),
      placeOf,
    );
  }

  /**
   * Claims the actor's uploads: those listed, and those the text shows inside itself. Pictures copied from other texts of the house
   * are somebody's already: they stay without an address here.
   */
  async claim(
    ctx: TxCtx,
    html: string,
    given: readonly Given[],
    audience: Audience[] = ['internal'],
    placeOf: PlaceOf = IN_LIST,
  ): Promise<NewAttachment[]> {
    const inside = new Set(filesInside(html));
    const listed = new Map(given.map((file) => [file.fileId.toLowerCase(), file]));
    const ids = [...new Set([...listed.keys(), ...inside])];
    if (!ids.length) return [];
    const foreign = await this.foreign(
      ctx,
      [...inside].filter((id) => !listed.has(id)),
    );
    const places = given.map(({ fileId }) => fileId.toLowerCase());
    const own = ids.filter((id) => !foreign.has(id));
    await this.files.claim(ctx, own, (index) => placeOf(Math.max(0, places.indexOf(own[index]!))));
    return own.map((fileId) => {
      const file = listed.get(fileId);
      return {
        fileId,
        audience: normaliseAudience(file?.audience ?? audience),
        caption: file?.caption || null,
        isInline: inside.has(fileId),
      };
    });
  }

  private async foreign(ctx: TxCtx, ids: string[]): Promise<Set<string>> {
    if (!ids.length) return new Set();
    const { kind, id } = ctx.actor;
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT u.id::text AS id FROM unnest($1::uuid[]) u(id) LEFT JOIN stored_file f ON f.id = u.id
       WHERE f.id IS NULL OR f."claimedAt" IS NOT NULL OR NOT ($2 = 'system' OR (f."ownerKind" = $2 AND f."ownerId" = $3))`,
      [ids, kind, id],
    );
    return new Set(rows.map((row) => row.id));
  }
}

/** SQL that adds attachments to a ticket, or to one of its comments. */
export function insertAttachments(
  ctx: Ctx,
  ticketId: string,
  commentId: string | null,
  files: NewAttachment[],
  params: SqlParams,
): string {
  const { actorKind, actorId } = doerOf(ctx);
  const column = (values: unknown[], type: string): string => `${params.add(values)}::${type}[]`;
  const lists = [
    column(
      files.map(() => newId()),
      'uuid',
    ),
    column(
      files.map(({ fileId }) => fileId),
      'uuid',
    ),
    column(
      files.map(({ audience }) => audience.join(',')),
      'text',
    ),
    column(
      files.map(({ caption }) => caption),
      'text',
    ),
    column(
      files.map(({ isInline }) => isInline),
      'boolean',
    ),
  ];
  return `INSERT INTO attachment (id, "ticketId", "commentId", "fileId", audience, caption, "isInline", "authorKind", "authorId", "createdAt")
    SELECT f.id, ${params.add(ticketId)}::uuid, ${params.add(commentId)}::uuid, f.file, string_to_array(f.audience, ','), f.caption, f.inline,
      ${params.add(actorKind)}::text, ${params.add(actorId)}::uuid, ${params.add(ctx.now())}::timestamptz
    FROM unnest(${lists.join(', ')}) AS f(id, file, audience, caption, inline)`;
}
