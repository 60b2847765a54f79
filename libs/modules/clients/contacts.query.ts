import type { Actor } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import { decodeCursor } from '@opora/platform/http';
import { ClientsPermission, seesContacts, visibleCompanies, visibleContacts } from './clients.access';
import type { ListContacts } from './contacts.dto';
import { afterName, inState, matchesText } from './directory-search';

const EMAILS = `COALESCE((SELECT jsonb_agg(jsonb_build_object('email', a.email, 'isPrimary', a."isPrimary") ORDER BY a."isPrimary" DESC, a.id)
  FROM contact_email a WHERE a."contactId" = k.id), '[]')`;

const PHONES = `COALESCE((SELECT jsonb_agg(jsonb_build_object('e164', p.e164, 'raw', p.raw, 'isPrimary', p."isPrimary") ORDER BY p."isPrimary" DESC, p.id)
  FROM contact_phone p WHERE p."contactId" = k.id), '[]')`;

/** SQL of `[{ id, name }]` of the service objects in an array of ids. */
export const objectRefs = (
  ids: string,
): string => `COALESCE((SELECT jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name) ORDER BY lower(o.name), o.id)
  FROM service_object o WHERE o.id = ANY(${ids})), '[]')`;

const membershipsOf = (actor: Actor, params: SqlParams): string => `COALESCE((
  SELECT jsonb_agg(jsonb_build_object(
      'company', jsonb_build_object('id', c.id, 'name', c.name), 'isCompanyArchived', c."archivedAt" IS NOT NULL, 'seesCompany', m."seesCompany",
      'closesCompany', m."closesCompany", 'isAdmin', m."isAdmin", 'position', m.position, 'objects', ${objectRefs('m."objectIds"')}
    ) ORDER BY lower(c.name), c.id)
  FROM membership m JOIN company c ON c.id = m."companyId"
  WHERE m."contactId" = k.id AND ${visibleCompanies(actor, params, 'c.id')}), '[]')`;

/** Contacts with addresses and companies; the conditions follow. */
export const selectContacts = (actor: Actor, params: SqlParams): string => `
  SELECT k.*, lower(k.name) AS "sortName", ${EMAILS} AS emails, ${PHONES} AS phones, ${membershipsOf(actor, params)} AS memberships,
    EXISTS (SELECT 1 FROM credential WHERE "subjectKind" = 'contact' AND "subjectId" = k.id) AS "hasPassword",
    ${visibleContacts(actor, params, 'k.id', ClientsPermission.manage)} AS "isManaged"
  FROM contact k
  WHERE ${visibleContacts(actor, params, 'k.id')}`;

/** SQL condition of the list's filters and place. */
export function filterContacts(actor: Actor, params: SqlParams, query: ListContacts): string {
  const conditions = [
    inState('k."archivedAt"', query.state),
    matchesText(params, seesContacts(actor) ? 'k."searchText"' : 'k."searchName"', query.q),
    afterName(params, 'k', decodeCursor(query.cursor, ['text', 'uuid'])),
  ];
  if (query.companyId) {
    const company = params.add(query.companyId);
    conditions.push(`EXISTS (SELECT 1 FROM membership m WHERE m."contactId" = k.id AND m."companyId" = ${company}
      AND ${visibleCompanies(actor, params, 'm."companyId"')})`);
  }
  if (query.withoutCompany) conditions.push('NOT EXISTS (SELECT 1 FROM membership m WHERE m."contactId" = k.id)');
  return conditions.join(' AND ');
}
