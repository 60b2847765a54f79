import { Injectable } from '@nestjs/common';
import type { Ctx } from '../context';
import { Db } from '../db';
import { decodeCursor, keyset, type Page, pageOfRows } from '../http/paging';
import type { OutgoingMail } from './outgoing-mail.entity';
import type { ListOutgoingMails } from './outgoing-mails.dto';

/** What we send and have sent. */
@Injectable()
export class OutgoingMails {
  constructor(private readonly db: Db) {}

  async list(ctx: Ctx, { state, subjectId, cursor, limit }: ListOutgoingMails): Promise<Page<OutgoingMail>> {
    const after = decodeCursor(cursor, ['uuid']);
    const rows = await this.db.query<OutgoingMail>(
      ctx,
      `SELECT * FROM outgoing_mail
       WHERE ($1::text IS NULL OR state = $1) AND ($2::uuid IS NULL OR "subjectId" = $2) AND ($3::uuid IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4`,
      [state ?? null, subjectId ?? null, after?.[0] ?? null, limit + 1],
    );
    return pageOfRows(rows, limit, (row) => keyset(row.id));
  }
}
