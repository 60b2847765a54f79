/** Where tickets and objects are, and in which zones, as SQL: for lists. `zonesAt` says the same of one place; a test holds the two together. */

/** Subquery with the place of an object or, without one, of a company: the nearest level upwards that says where it is. */
export const placeSql = (objectId: string, companyId: string): string => `
  SELECT level.latitude, level.longitude, level.address FROM (
    SELECT cardinality(above.path) AS depth, above.latitude, above.longitude, NULLIF(btrim(above.address), '') AS address
      FROM service_object self JOIN service_object above ON above.id = ANY(self.path) WHERE self.id = ${objectId}
    UNION ALL
    SELECT 0, owner.latitude, owner.longitude, NULLIF(btrim(owner.address), '') FROM company owner WHERE owner.id = ${companyId}) level
  WHERE level.address IS NOT NULL OR (level.latitude IS NOT NULL AND level.longitude IS NOT NULL) ORDER BY level.depth DESC LIMIT 1`;

/** Condition: the zone holds the place. */
const holdsSql = (zone: string, place: string): string => `(
  (${zone}.shape IS NOT NULL AND ${place}.latitude IS NOT NULL AND ${place}.longitude IS NOT NULL
    AND point(${place}.longitude, ${place}.latitude) <@ ${zone}.shape)
  OR EXISTS (SELECT 1 FROM unnest(${zone}.words) w WHERE position(' ' || w || ' ' IN
    ' ' || regexp_replace(translate(lower(${place}.address), 'ё', 'е'), '[^0-9a-z\\u0400-\\u04ff]+', ' ', 'g') || ' ') > 0))`;

/** Ids of the zones of a place (an alias with its columns) in their order, as uuid[]. */
export const zoneIdsSql = (place: string): string =>
  `ARRAY(SELECT z.id FROM zone z WHERE ${holdsSql('z', place)} ORDER BY z.position, z.id)`;

/** The zones of a ticket (alias `t`) as text[], for conditions. */
export const TICKET_ZONES = `ARRAY(SELECT z.id::text FROM zone z
  JOIN (${placeSql('t."objectId"', 't."companyId"')}) zp ON ${holdsSql('z', 'zp')} ORDER BY z.position, z.id)`;
