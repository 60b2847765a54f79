import type { Ctx } from '@opora/platform/context';
import { visibleObjects } from '@opora/modules/clients';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { type FieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, invalid, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import { DispatchError } from './dispatch.errors';
import { visiblePeople } from './dispatch.access';
import { foldWords, type Place, type Polygon, polygonProblem, zonesAt } from './geography';
import { placeSql, zoneIdsSql } from './places.query';
import { cornersOf, zonesOfGeoJson } from './zone-geojson';
import { EngineerZone, Zone } from './zone.entity';
import {
  type CreateZone,
  type ListZoneObjects,
  toZoneView,
  type UpdateZone,
  type ZoneMapView,
  type ZoneObjectView,
  type ZoneRow,
} from './zones.dto';

const MAX_ZONES = 200;
const MAX_POINTS = 3000;
const COLORS = ['#1971c2', '#2f9e44', '#e8590c', '#9c36b5', '#0c8599', '#c2255c', '#5f3dc4', '#f08c00'];

const SELECT = `SELECT z.id, z.name, z.color, translate(z.shape::text, '()', '[]')::jsonb AS polygon, z.districts, z.words, z.position, z.version,
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', e.id, 'name', e.name) ORDER BY lower(e.name), e.id) FROM engineer_zone s
    JOIN employee e ON e.id = s."employeeId" WHERE s."zoneId" = z.id AND e."isActive" AND e."archivedAt" IS NULL), '[]') AS engineers
  FROM zone z`;

/** Where a ticket is asked about: its object, otherwise its company. */
export type Whereabouts = { objectId: string | null; companyId: string | null };

/** Parts of the country: drawn on the map or named by districts. */
@Injectable()
export class Zones {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
  ) {}

  /** Every zone in its order. */
  list(ctx: Ctx): Promise<ZoneRow[]> {
    return this.db.query<ZoneRow>(ctx, `${SELECT} ORDER BY z.position, z.id`);
  }

  async get(ctx: Ctx, id: string): Promise<ZoneRow> {
    const [row] = await this.db.query<ZoneRow>(ctx, `${SELECT} WHERE z.id = $1`, [id]);
    return row ?? raise(DispatchError.zoneNotFound());
  }

  create(ctx: Ctx, input: CreateZone): Promise<ZoneRow> {
    return this.db.tx(ctx, async (ctx) => {
      const place = await this.lock(ctx, 1);
      const facts = this.checked(input);
      const id = newId();
      await this.insert(ctx, { id, name: input.name, position: place, ...facts });
      await this.serve(ctx, id, input.engineerIds);
      return this.touched(ctx, id);
    });
  }

  update(ctx: Ctx, id: string, seen: number, input: UpdateZone): Promise<ZoneRow> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx, 0);
      const zone = await this.get(ctx, id);
      if (zone.version !== seen) throw DispatchError.stale({}, { current: toZoneView(zone) });
      const facts = this.checked({ ...zone, ...input });
      await this.db
        .repo(ctx, Zone)
        .update({ id }, { ...facts, name: input.name ?? zone.name, version: seen + 1, updatedAt: ctx.now() });
      await this.serve(ctx, id, input.engineerIds);
      return this.touched(ctx, id);
    });
  }

  delete(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx, 0);
      await this.get(ctx, id);
      await this.db.repo(ctx, EngineerZone).delete({ zoneId: id });
      await this.db.repo(ctx, Zone).delete({ id });
      this.touch(ctx);
    });
  }

  order(ctx: Ctx, ids: readonly string[]): Promise<ZoneRow[]> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx, 0);
      const known = (await this.list(ctx)).map(({ id }) => id);
      const isWhole = ids.length === known.length && known.every((id) => ids.includes(id));
      if (!isWhole) throw invalid([{ pointer: '/ids', code: 'dispatch.orderIncomplete', message: '' }]);
      await this.db.query(
        ctx,
        'UPDATE zone z SET position = o.position FROM unnest($1::uuid[]) WITH ORDINALITY AS o(id, position) WHERE z.id = o.id',
        [ids],
      );
      this.touch(ctx);
      return this.list(ctx);
    });
  }

  /** Zones out of GeoJSON: a zone of that name takes the new border, others are made; all or nothing. */
  import(ctx: Ctx, geojson: unknown): Promise<ZoneRow[]> {
    const { zones, problems } = zonesOfGeoJson(geojson, t(ctx, 'dispatch.zone'));
    if (problems.length) throw invalid(problems.slice(0, 50));
    return this.db.tx(ctx, async (ctx) => {
      const known = await this.list(ctx);
      const idOf = (name: string): string | undefined => known.find((zone) => zone.name === name)?.id;
      let position = await this.lock(ctx, zones.filter(({ name }) => !idOf(name)).length);
      for (const { name, color, polygon } of zones) {
        const id = idOf(name);
        if (id)
          await this.db.query(
            ctx,
            'UPDATE zone SET shape = $2::polygon, version = version + 1, "updatedAt" = $3 WHERE id = $1',
            [id, shapeOf(polygon), ctx.now()],
          );
        else
          await this.insert(ctx, {
            id: newId(),
            name,
            position,
            ...this.checked({ color: color ?? colorAt(position++), polygon: polygon as never }),
          });
      }
      this.touch(ctx);
      return this.list(ctx);
    });
  }

  /** The zones of service objects, the first of each being the one that counts. */
  async of(ctx: Ctx, objectIds: readonly string[]): Promise<Map<string, ZoneRow[]>> {
    const asked = objectIds.map((objectId) => ({ objectId, companyId: null }));
    const found = await this.ofPlaces(ctx, asked);
    return new Map(objectIds.map((id, index) => [id, found[index]!.zones]));
  }

  /** Where each of these is and in which zones, in the same order: two questions, however many. */
  async ofPlaces(ctx: Ctx, asked: readonly Whereabouts[]): Promise<{ place: Place | null; zones: ZoneRow[] }[]> {
    if (!asked.some(({ objectId, companyId }) => objectId ?? companyId))
      return asked.map(() => ({ place: null, zones: [] }));
    const places = await this.db.prepared<Place & { isKnown: boolean }>(
      ctx,
      `SELECT p.latitude, p.longitude, p.address, p.latitude IS NOT NULL OR p.address IS NOT NULL AS "isKnown"
       FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY asked("objectId", "companyId", n)
       LEFT JOIN service_object so ON so.id = asked."objectId"
       LEFT JOIN LATERAL (${placeSql('asked."objectId"', 'COALESCE(so."companyId", asked."companyId")')}) p ON true ORDER BY asked.n`,
      [asked.map(({ objectId }) => objectId || null), asked.map(({ companyId }) => companyId || null)],
    );
    const zones = await this.list(ctx);
    return places.map(({ isKnown, ...place }) => ({
      place: isKnown ? place : null,
      zones: isKnown ? zonesAt(zones, place) : [],
    }));
  }

  /** Objects with their place and zones, by name. */
  async objects(ctx: Ctx, { zoneId, q, cursor, limit }: ListZoneObjects): Promise<Page<ZoneObjectView>> {
    const params = new SqlParams();
    const conditions = ['o."archivedAt" IS NULL', visibleObjects(ctx.actor, params, 'o')];
    if (q) conditions.push(`(o.name ILIKE ${params.add(likeOf(q))} OR p.address ILIKE ${params.add(likeOf(q))})`);
    if (zoneId === 'none') conditions.push('cardinality(z.ids) = 0');
    else if (zoneId) conditions.push(`${params.add(zoneId)}::uuid = ANY(z.ids)`);
    const after = decodeCursor(cursor, ['text', 'uuid']);
    if (after) conditions.push(`(lower(o.name), o.id) > (${params.add(after[0])}, ${params.add(after[1])}::uuid)`);
    const rows = await this.db.query<ZoneObjectView & { sortName: string }>(
      ctx,
      `SELECT o.id, o.name, lower(o.name) AS "sortName", jsonb_build_object('id', c.id, 'name', c.name) AS company, p.latitude, p.longitude, p.address,
         z.ids AS "zoneIds"
       FROM service_object o JOIN company c ON c.id = o."companyId"
       LEFT JOIN LATERAL (${placeSql('o.id', 'o."companyId"')}) p ON true
       CROSS JOIN LATERAL (SELECT ${zoneIdsSql('p')} AS ids) z
       WHERE ${conditions.join(' AND ')} ORDER BY lower(o.name), o.id LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    const page = pageOfRows(rows, limit, (row) => keyset(row.sortName, row.id));
    return { ...page, data: page.data.map(({ sortName: _, ...view }) => view) };
  }

  /** What the map shows: objects with coordinates of their own, base points of engineers. */
  async map(ctx: Ctx): Promise<ZoneMapView> {
    const params = new SqlParams();
    const objects = await this.db.query<ZoneMapView['objects'][number]>(
      ctx,
      `SELECT o.id, o.name, o.latitude, o.longitude, ${zoneIdsSql('o')} AS "zoneIds" FROM service_object o
       WHERE o."archivedAt" IS NULL AND o.latitude IS NOT NULL AND o.longitude IS NOT NULL AND ${visibleObjects(ctx.actor, params, 'o')}
       ORDER BY lower(o.name), o.id LIMIT ${MAX_POINTS + 1}`,
      params.values,
    );
    const own = new SqlParams();
    const engineers = await this.db.query<ZoneMapView['engineers'][number]>(
      ctx,
      `SELECT e.id, e.name, g.latitude, g.longitude, ARRAY(SELECT "zoneId" FROM engineer_zone WHERE "employeeId" = e.id) AS "zoneIds"
       FROM engineer g JOIN employee e ON e.id = g."employeeId" AND e."isActive" AND e."archivedAt" IS NULL
       WHERE g.latitude IS NOT NULL AND g.longitude IS NOT NULL AND ${visiblePeople(ctx.actor, own, 'e.id')} ORDER BY lower(e.name), e.id LIMIT 1000`,
      own.values,
    );
    return { objects: objects.slice(0, MAX_POINTS), engineers, isCut: objects.length > MAX_POINTS };
  }

  /** One writer at a time; answers the next free position. */
  private async lock(ctx: TxCtx, added: number): Promise<number> {
    await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('dispatch.zones'))`);
    const [row] = await this.db.query<{ count: number; last: number }>(
      ctx,
      'SELECT count(*)::int AS count, COALESCE(max(position), 0)::int AS last FROM zone',
    );
    if (row!.count + added > MAX_ZONES) throw DispatchError.tooManyZones({ limit: MAX_ZONES });
    return row!.last + 1;
  }

  /** The zone in good order, or 422 with everything that is wrong. */
  private checked({ color, polygon, districts }: Partial<CreateZone> | ZoneRow) {
    const problems: FieldProblem[] = [];
    const corners = polygon ? cornersOf(polygon) : null;
    const wrong = corners === undefined ? 'notPolygon' : corners && polygonProblem(corners);
    if (wrong) problems.push({ pointer: '/polygon', code: `dispatch.${wrong}`, message: '' });
    const named = [...new Set((districts ?? []).map((name) => name.trim()))];
    for (const [at, name] of named.entries())
      if (!foldWords(name)) problems.push({ pointer: `/districts/${at}`, code: 'dispatch.districtEmpty', message: '' });
    if (!corners && !named.length) problems.push({ pointer: '/polygon', code: 'dispatch.zoneNowhere', message: '' });
    if (problems.length) throw invalid(problems);
    const shape = corners ? shapeOf(corners) : null;
    return { color: color ?? COLORS[0]!, shape, districts: named, words: [...new Set(named.map(foldWords))] };
  }

  private async insert(
    ctx: TxCtx,
    zone: Pick<Zone, 'id' | 'name' | 'color' | 'shape' | 'districts' | 'words' | 'position'>,
  ): Promise<void> {
    const now = ctx.now();
    await this.db.repo(ctx, Zone).insert({ ...zone, version: 1, createdAt: now, updatedAt: now });
  }

  /** Replaces the engineers of the zone. */
  private async serve(ctx: TxCtx, zoneId: string, employeeIds: readonly string[] | undefined): Promise<void> {
    if (!employeeIds) return;
    const known = await this.db.query<{ id: string }>(
      ctx,
      'SELECT id FROM employee WHERE id = ANY($1::uuid[]) AND "archivedAt" IS NULL',
      [employeeIds],
    );
    const problems = employeeIds.flatMap((id, at) =>
      known.some((one) => one.id === id.toLowerCase())
        ? []
        : [{ pointer: `/engineerIds/${at}`, code: 'dispatch.employeeUnknown', message: '' }],
    );
    if (problems.length) throw invalid(problems);
    await this.db.repo(ctx, EngineerZone).delete({ zoneId });
    if (known.length) await this.db.repo(ctx, EngineerZone).insert(known.map(({ id }) => ({ employeeId: id, zoneId })));
  }

  private touched(ctx: TxCtx, id: string): Promise<ZoneRow> {
    this.touch(ctx);
    return this.get(ctx, id);
  }

  private touch(ctx: TxCtx): void {
    this.live.touch(ctx, ['zones', 'dispatch', 'tickets'], 'staff');
  }
}

const colorAt = (position: number): string => COLORS[(position - 1) % COLORS.length]!;
const shapeOf = (polygon: Polygon): string => `(${polygon.map(([lon, lat]) => `(${lon},${lat})`).join(',')})`;
const likeOf = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
