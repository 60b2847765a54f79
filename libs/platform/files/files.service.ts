import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { fromBuffer } from 'file-type';
import { In } from 'typeorm';
import { Secrets } from '../auth/secrets';
import type { Ctx } from '../context';
import { Db, newId } from '../db';
import { type FieldProblem, ProblemError, raise } from '../errors';
import { Settings } from '../settings';
import { isByItsBytes, safeFileName } from './file-name';
import { FileStore } from './file-store';
import { FileError } from './files.errors';
import { StoredFile } from './stored-file.entity';

const LINK_SECONDS = 300;
const LINK = /^[0-9a-f-]{36}\.[0-9a-z]{1,12}\.[\w-]{22}$/;
const MIME = /^[\w.+-]{1,60}\/[\w.+-]{1,80}$/;

export type NewFile = { name: string; mime?: string; content: Readable | Buffer };
/** A stream that was cut at the size limit says so once it has ended. */
type Cut = { truncated?: boolean };
/** Where in a request an id stands, by its index in the list. */
export type PlaceOf = (index: number) => string;

/** Files: bytes in the store, one row each; reading goes through links that live five minutes. */
@Injectable()
export class Files {
  constructor(
    private readonly db: Db,
    private readonly fileStore: FileStore,
    private readonly secrets: Secrets,
    private readonly settings: Settings,
  ) {}

  /**
   * Stores the bytes first, then the row. The file belongs to the actor until something claims it. Of an upload that is cut at the
   * size limit nothing stays.
   */
  async store(ctx: Ctx, { name, mime, content }: NewFile): Promise<StoredFile> {
    const { sha256, size, head } = await this.fileStore.write(content, () => {
      if ((content as Cut).truncated) throw FileError.tooLarge({ limit: this.settings.OPORA_UPLOAD_MB });
    });
    const found = await fromBuffer(head).catch(() => undefined);
    const said = mime && MIME.test(mime) ? mime.toLowerCase() : '';
    const file = Object.assign(new StoredFile(), {
      id: newId(),
      sha256,
      size,
      name: safeFileName(name),
      mime: found?.mime ?? (said && !isByItsBytes(said) ? said : 'application/octet-stream'),
      ownerKind: ctx.actor.kind,
      ownerId: ctx.actor.id,
      createdAt: ctx.now(),
      claimedAt: null,
    });
    await this.db.repo(ctx, StoredFile).insert(file);
    return file;
  }

  /**
   * Takes uploads of the actor for a noun, in its transaction. Refuses ids that are not his or already taken, with 422 `files.notYours`
   * that names each of them by its place in the request. The system may claim any unclaimed file.
   */
  async claim(
    ctx: Ctx,
    ids: readonly string[],
    placeOf: PlaceOf = (index) => `/fileIds/${index}`,
  ): Promise<StoredFile[]> {
    const unique = [...new Set(ids)];
    if (!unique.length) return [];
    const isSystem = ctx.actor.kind === 'system';
    const claimed = await this.db.query<StoredFile>(
      ctx,
      `UPDATE stored_file SET "claimedAt" = $2 WHERE id = ANY($1::uuid[]) AND "claimedAt" IS NULL AND ($3 OR ("ownerKind" = $4 AND "ownerId" = $5)) RETURNING *`,
      [unique, ctx.now(), isSystem, ctx.actor.kind, ctx.actor.id],
    );
    const byId = new Map(claimed.map((file) => [file.id, { ...file, size: Number(file.size) }]));
    const missing = notAmong(new Set(byId.keys()), ids, placeOf);
    if (missing.length) throw new ProblemError('files.notYours', 422, {}, {}, missing);
    return unique.flatMap((id) => byId.get(id.toLowerCase()) ?? []);
  }

  /** Which of these a claim would refuse, and where they stand: for requests that tell everything that is wrong at once. */
  async problems(ctx: Ctx, ids: readonly string[], placeOf: PlaceOf): Promise<FieldProblem[]> {
    if (!ids.length) return [];
    const { kind, id: actorId } = ctx.actor;
    const usable = await this.db.query<{ id: string }>(
      ctx,
      `SELECT id FROM stored_file WHERE id = ANY($1::uuid[]) AND "claimedAt" IS NULL AND ($2 OR ("ownerKind" = $3 AND "ownerId" = $4))`,
      [ids, kind === 'system', kind, actorId],
    );
    return notAmong(new Set(usable.map(({ id }) => id)), ids, placeOf);
  }

  /** Gives files back to their uploaders, who may use them again: the noun that took them is gone. */
  async release(ctx: Ctx, ids: readonly string[]): Promise<void> {
    if (ids.length)
      await this.db.query(ctx, `UPDATE stored_file SET "claimedAt" = NULL WHERE id = ANY($1::uuid[])`, [ids]);
  }

  async find(ctx: Ctx, ids: readonly string[]): Promise<StoredFile[]> {
    return ids.length ? this.db.repo(ctx, StoredFile).findBy({ id: In([...ids]) }) : [];
  }

  async readAll(ctx: Ctx, id: string): Promise<{ file: StoredFile; content: Buffer }> {
    const file = (await this.find(ctx, [id]))[0] ?? raise(FileError.notFound());
    return { file, content: await this.fileStore.readAll(file.sha256) };
  }

  /** A link for somebody who may read the file; it lives five minutes. */
  urlOf(ctx: Ctx, fileId: string): string {
    return `/api/v1/files/${this.tokenOf(ctx, fileId)}`;
  }

  async open(ctx: Ctx, token: string): Promise<{ file: StoredFile; content: Readable }> {
    const [fileId = '', expires = '', signature = ''] = token.split('.');
    if (!LINK.test(token) || !this.secrets.isSigned('file-link', `${fileId}.${expires}`, signature))
      throw FileError.notFound();
    if (parseInt(expires, 36) * 1000 < ctx.now().getTime()) throw FileError.linkExpired();
    const file = (await this.find(ctx, [fileId]))[0] ?? raise(FileError.notFound());
    return { file, content: await this.fileStore.read(file.sha256) };
  }

  private tokenOf(ctx: Ctx, fileId: string): string {
    // Rounded up to whole minutes, so that a page shown again can be cached.
    const expires = (Math.ceil(ctx.now().getTime() / 60_000) * 60 + LINK_SECONDS).toString(36);
    return `${fileId}.${expires}.${this.secrets.sign('file-link', `${fileId}.${expires}`)}`;
  }
}

const notAmong = (usable: ReadonlySet<string>, ids: readonly string[], placeOf: PlaceOf): FieldProblem[] =>
  ids.flatMap((id, index) =>
    usable.has(id.toLowerCase()) ? [] : [{ pointer: placeOf(index), code: 'files.notYours', message: '' }],
  );
