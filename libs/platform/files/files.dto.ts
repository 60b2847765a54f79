import type { Ctx } from '../context';
import { IsString, MaxLength } from 'class-validator';
import type { Files } from './files.service';
import type { StoredFile } from './stored-file.entity';

export class FileView {
  id: string;
  name: string;
  mime: string;
  /** Bytes. */
  size: number;
  /** Link that lives five minutes. */
  url: string;
  createdAt: string;
}

export class FileTokenParam {
  @IsString()
  @MaxLength(120)
  token: string;
}

export const toFileView = (ctx: Ctx, files: Files, file: StoredFile): FileView => ({
  id: file.id,
  name: file.name,
  mime: file.mime,
  size: file.size,
  url: files.urlOf(ctx, file.id),
  createdAt: file.createdAt.toISOString(),
});
