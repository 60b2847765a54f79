import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { seesContacts, visibleCompanies, visibleContacts, visibleObjects } from './clients.access';
import type { CompanyChoice, ContactChoice, ObjectChoice } from './client-directory.dto';
import type { PickerQuery } from './clients.dto';
import { matchesText } from './directory-search';
import { ANCESTORS } from './service-objects.query';

/** What pickers offer: few columns, no archive. */
@Injectable()
export class ClientDirectory {
  constructor(private readonly db: Db) {}

  companies(ctx: Ctx, { q, limit }: PickerQuery): Promise<CompanyChoice[]> {
    const params = new SqlParams();
    return this.db.query<CompanyChoice>(
      ctx,
      `SELECT c.id, c.name, c."additionalName", c.inn FROM company c
       WHERE c."archivedAt" IS NULL AND ${visibleCompanies(ctx.actor, params, 'c.id')}
         AND ${matchesText(params, seesContacts(ctx.actor) ? 'c."searchText"' : 'c."searchName"', q)}
       ORDER BY lower(c.name), c.id LIMIT ${params.add(limit)}`,
      params.values,
    );
  }

  contacts(ctx: Ctx, { q, companyId, limit }: PickerQuery): Promise<ContactChoice[]> {
    const params = new SqlParams();
    const shown = seesContacts(ctx.actor);
    const first = (column: string, table: string) =>
      shown
        ? `(SELECT a.${column} FROM ${table} a WHERE a."contactId" = k.id ORDER BY a."isPrimary" DESC, a.id LIMIT 1)`
        : 'NULL';
    const company = companyId
      ? `EXISTS (SELECT 1 FROM membership m WHERE m."contactId" = k.id AND m."companyId" = ${params.add(companyId)})`
      : 'true';
    return this.db.query<ContactChoice>(
      ctx,
      `SELECT k.id, k.name, ${first('email', 'contact_email')} AS email, ${first('raw', 'contact_phone')} AS phone,
         COALESCE((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) ORDER BY lower(c.name), c.id)
                   FROM membership m JOIN company c ON c.id = m."companyId"
                   WHERE m."contactId" = k.id AND ${visibleCompanies(ctx.actor, params, 'c.id')}), '[]') AS companies
       FROM contact k
       WHERE k."archivedAt" IS NULL AND ${company} AND ${visibleContacts(ctx.actor, params, 'k.id')}
         AND ${matchesText(params, shown ? 'k."searchText"' : 'k."searchName"', q)}
       ORDER BY lower(k.name), k.id LIMIT ${params.add(limit)}`,
      params.values,
    );
  }

  objects(ctx: Ctx, { q, companyId, limit }: PickerQuery): Promise<ObjectChoice[]> {
    const params = new SqlParams();
    return this.db.query<ObjectChoice>(
      ctx,
      `SELECT o.id, o."companyId", o.name, o.kind, ${ANCESTORS} AS ancestors FROM service_object o
       WHERE o."archivedAt" IS NULL AND ${visibleObjects(ctx.actor, params, 'o')} AND ${matchesText(params, 'o."searchText"', q)}
         AND ${companyId ? `o."companyId" = ${params.add(companyId)}` : 'true'}
       ORDER BY lower(o.name), o.id LIMIT ${params.add(limit)}`,
      params.values,
    );
  }
}
