import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Settings } from '../settings';
import { FileError } from './files.errors';
import { S3Bucket } from './s3-bucket';

export type StoredBytes = { sha256: string; size: number; head: Buffer };

/** Where bytes lie: a folder, or an S3 bucket. Content-addressed, so writing twice is harmless. */
@Injectable()
export class FileStore {
  private readonly folder: string;
  private readonly bucket?: S3Bucket;

  constructor(settings: Settings) {
    this.folder = join(settings.OPORA_HOME, 'files');
    if (settings.OPORA_FILES?.startsWith('s3://')) this.bucket = new S3Bucket(settings);
    else if (settings.OPORA_FILES) this.folder = settings.OPORA_FILES;
  }

  /** Writes the stream to the end, durably, before anything refers to it; what `demandWhole` refuses then is not kept. */
  async write(content: Readable | Buffer, demandWhole: () => void = () => undefined): Promise<StoredBytes> {
    const temporary = join(this.folder, 'incoming', randomUUID());
    try {
      await mkdir(dirname(temporary), { recursive: true });
      const bytes = await this.receive(content, temporary);
      demandWhole();
      if (this.bucket) {
        await this.bucket.put(bytes.sha256, temporary, bytes.size);
        await unlink(temporary);
      } else {
        const path = this.pathOf(bytes.sha256);
        await mkdir(dirname(path), { recursive: true });
        await rename(temporary, path);
      }
      return bytes;
    } catch (error) {
      await unlink(temporary).catch(() => undefined);
      throw ['ENOSPC', 'EDQUOT'].includes((error as { code?: string }).code ?? '') ? FileError.noSpace() : error;
    }
  }

  async read(sha256: string): Promise<Readable> {
    if (this.bucket) return this.bucket.get(sha256);
    await stat(this.pathOf(sha256));
    return createReadStream(this.pathOf(sha256));
  }

  async readAll(sha256: string): Promise<Buffer> {
    if (!this.bucket) return readFile(this.pathOf(sha256));
    const chunks: Buffer[] = [];
    for await (const chunk of await this.bucket.get(sha256)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  private async receive(content: Readable | Buffer, path: string): Promise<StoredBytes> {
    const hash = createHash('sha256');
    let size = 0;
    let head = Buffer.alloc(0);
    const note = (chunk: Buffer): void => {
      hash.update(chunk);
      size += chunk.length;
      if (head.length < 4100) head = Buffer.concat([head, chunk.subarray(0, 4100 - head.length)]);
    };
    if (Buffer.isBuffer(content)) {
      note(content);
      const file = await open(path, 'w');
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
    } else {
      content.on('data', note);
      await pipeline(content, createWriteStream(path, { flush: true }));
    }
    return { sha256: hash.digest('hex'), size, head };
  }

  private pathOf(sha256: string): string {
    return join(this.folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }
}
