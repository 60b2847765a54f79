/** Zones out of GeoJSON. Pure. */
import { type FieldProblem } from '@opora/platform/errors';
import { type LonLat, opened, type Polygon, polygonProblem } from './geography';

export type ZoneDraft = { name: string; color?: string; polygon: Polygon };
const MAX_ZONES = 200;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isLonLat = (value: unknown): value is LonLat =>
  Array.isArray(value) && value.length >= 2 && value.slice(0, 2).every((one) => Number.isFinite(one));

/** Corners out of whatever came; undefined when they are none. */
export const cornersOf = (ring: unknown): Polygon | undefined =>
  Array.isArray(ring) && ring.every(isLonLat) ? opened(ring.map(([lon, lat]) => [lon, lat] as const)) : undefined;

const textOf = (value: unknown, most: number): string | undefined =>
  typeof value === 'string' && value.trim() ? value.trim().slice(0, most) : undefined;

/** The outer rings of a geometry: holes are no part of a zone's border. */
function ringsOf(geometry: unknown, pointer: string): { ring: unknown; pointer: string }[] | undefined {
  if (!isRecord(geometry) || !Array.isArray(geometry.coordinates)) return undefined;
  const { type, coordinates } = geometry;
  if (type === 'Polygon') return [{ ring: coordinates[0], pointer: `${pointer}/coordinates/0` }];
  if (type !== 'MultiPolygon') return undefined;
  return coordinates.map((polygon: unknown, at) => ({
    ring: Array.isArray(polygon) ? (polygon[0] as unknown) : undefined,
    pointer: `${pointer}/coordinates/${at}/0`,
  }));
}

/** Every polygon as a zone; several of one feature are numbered. Problems name their place in the file. */
export function zonesOfGeoJson(geojson: unknown, unnamed: string): { zones: ZoneDraft[]; problems: FieldProblem[] } {
  const zones: ZoneDraft[] = [];
  const problems: FieldProblem[] = [];
  const refuse = (pointer: string, code: string): unknown =>
    problems.push({ pointer, code: `dispatch.${code}`, message: '' });
  const root = isRecord(geojson) ? geojson : {};
  const isMany = root.type === 'FeatureCollection';
  const features = isMany ? (Array.isArray(root.features) ? root.features : []) : [root];
  for (const [at, feature] of features.entries()) {
    const here = isMany ? `/geojson/features/${at}` : '/geojson';
    const isFeature = isRecord(feature) && feature.type === 'Feature';
    const rings = ringsOf(isFeature ? feature.geometry : feature, isFeature ? `${here}/geometry` : here);
    if (!rings) refuse(here, 'notPolygon');
    const given: Record<string, unknown> = isFeature && isRecord(feature.properties) ? feature.properties : {};
    const name = textOf(given.name, 100) ?? `${unnamed} ${at + 1}`;
    const color = [given.color, given.fill].find((value) => typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value));
    for (const [number, { ring, pointer }] of (rings ?? []).entries()) {
      const polygon = cornersOf(ring);
      const wrong = polygon ? polygonProblem(polygon) : 'notPolygon';
      if (wrong) refuse(pointer, wrong);
      else
        zones.push({
          name: rings!.length > 1 ? `${name} ${number + 1}` : name,
          color: color as string,
          polygon: polygon!,
        });
    }
  }
  if (!zones.length && !problems.length) refuse('/geojson', 'notPolygon');
  if (zones.length > MAX_ZONES) refuse('/geojson', 'tooManyZones');
  return { zones, problems };
}
