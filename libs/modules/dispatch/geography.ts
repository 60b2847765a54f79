/** Places on the map: what lies where, how far and how long. Pure. */

/** A point as [longitude, latitude], in degrees. */
export type LonLat = readonly [longitude: number, latitude: number];
export type Polygon = readonly LonLat[];
/** Where something is, as far as is known. */
export type Place = { latitude: number | null; longitude: number | null; address: string | null };
export type ZoneShape = { polygon: Polygon | null; words: readonly string[] };

export const MAX_CORNERS = 500;
/** Some ten centimetres: whoever stands on the border is inside. */
const NEAR = 1e-6;
const EARTH_KM = 6371.0088;

/** The point of a place; undefined when only its address is known, or nothing. */
export const pointOf = ({ longitude, latitude }: Pick<Place, 'latitude' | 'longitude'>): LonLat | undefined =>
  longitude === null || latitude === null ? undefined : [longitude, latitude];

function isOnEdge([x, y]: LonLat, [ax, ay]: LonLat, [bx, by]: LonLat): boolean {
  const length = Math.hypot(bx - ax, by - ay);
  if (length < NEAR) return Math.hypot(x - ax, y - ay) <= NEAR;
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
  const aside = Math.abs((x - ax) * (by - ay) - (y - ay) * (bx - ax)) / length;
  return aside <= NEAR && along >= -NEAR && along <= length + NEAR;
}

/** True for a point inside or on the border. The last corner joins the first. */
export function contains(polygon: Polygon, point: LonLat): boolean {
  const [x, y] = point;
  let inside = false;
  for (let at = 0, before = polygon.length - 1; at < polygon.length; before = at++) {
    const [from, to] = [polygon[before]!, polygon[at]!];
    if (isOnEdge(point, from, to)) return true;
    const crosses = to[1] > y !== from[1] > y && x < ((from[0] - to[0]) * (y - to[1])) / (from[1] - to[1]) + to[0];
    if (crosses) inside = !inside;
  }
  return inside;
}

/** Words as addresses are searched: small letters, ё as е, one space between them. */
export const foldWords = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^0-9a-z\u0400-\u04ff]+/g, ' ')
    .trim();

/** The zones a place belongs to, in their order: it lies in the polygon, or its address names a district. */
export function zonesAt<Zone extends ZoneShape>(zones: readonly Zone[], place: Place): Zone[] {
  const point = pointOf(place);
  const address = ` ${foldWords(place.address ?? '')} `;
  return zones.filter(
    ({ polygon, words }) =>
      (point && polygon && contains(polygon, point)) || words.some((word) => address.includes(` ${word} `)),
  );
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Kilometres as the crow flies (haversine). */
export function distanceKm([fromLon, fromLat]: LonLat, [toLon, toLat]: LonLat): number {
  const half = (degrees: number): number => Math.sin(radians(degrees) / 2) ** 2;
  const h = half(toLat - fromLat) + Math.cos(radians(fromLat)) * Math.cos(radians(toLat)) * half(toLon - fromLon);
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** How roads bend and how fast one gets on: an estimate, not a route. */
export type Travel = { roadFactor: number; speedKmh: number };

/** Kilometres by road and whole minutes on the way, rounded up. */
export function travelOf(from: LonLat, to: LonLat, { roadFactor, speedKmh }: Travel): { km: number; minutes: number } {
  const km = distanceKm(from, to) * roadFactor;
  return { km: Math.round(km * 10) / 10, minutes: Math.ceil(Math.round((km / speedKmh) * 3600) / 60) };
}

export type PolygonProblem = 'tooFewCorners' | 'tooManyCorners' | 'cornerOutside' | 'noArea' | 'crossesItself';

/** Twice the area with a sign, in square degrees. */
const doubleArea = (polygon: Polygon): number =>
  polygon.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = polygon[(at + 1) % polygon.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);

const side = ([ax, ay]: LonLat, [bx, by]: LonLat, [x, y]: LonLat): number =>
  Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));

function crossesItself(polygon: Polygon): boolean {
  const count = polygon.length;
  for (let one = 0; one < count; one++) {
    for (let two = one + 2; two < count; two++) {
      if (one === 0 && two === count - 1) continue;
      const [a, b, c, d] = [polygon[one]!, polygon[one + 1]!, polygon[two]!, polygon[(two + 1) % count]!];
      if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return true;
    }
  }
  return false;
}

/** Without the last corner that repeats the first, as GeoJSON has it. */
export function opened(polygon: Polygon): Polygon {
  const [first, last] = [polygon[0], polygon.at(-1)];
  return polygon.length > 1 && first && last && first[0] === last[0] && first[1] === last[1]
    ? polygon.slice(0, -1)
    : polygon;
}

/** Why these corners enclose no zone; undefined when they do. */
export function polygonProblem(polygon: Polygon): PolygonProblem | undefined {
  if (polygon.length < 3) return 'tooFewCorners';
  if (polygon.length > MAX_CORNERS) return 'tooManyCorners';
  if (polygon.some(([lon, lat]) => Math.abs(lon) > 180 || Math.abs(lat) > 90)) return 'cornerOutside';
  if (Math.abs(doubleArea(polygon)) < NEAR * NEAR) return 'noArea';
  return crossesItself(polygon) ? 'crossesItself' : undefined;
}
