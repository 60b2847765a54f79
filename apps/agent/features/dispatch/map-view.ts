/** The map's picture: places on a flat sheet, and what of it is in sight. Pure. */
export type LonLat = readonly [longitude: number, latitude: number];
export type Point = { x: number; y: number };
/** The middle of what is seen, and how many units of the sheet one degree of longitude has. */
export type Sight = { center: Point; scale: number };

const MAX_LATITUDE = 85;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Mercator, in degrees of longitude: what is square on Earth looks square here. */
export const toSheet = ([lon, lat]: LonLat): Point => {
  const bounded = Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat));
  return { x: lon, y: -(180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + radians(bounded) / 2)) };
};

/** The place of a point of the sheet, to a metre or so. */
export const toLonLat = ({ x, y }: Point): LonLat => {
  const lat = (180 / Math.PI) * (2 * Math.atan(Math.exp(radians(-y))) - Math.PI / 2);
  return [Math.round(x * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];
};

/** Where a point of the sheet stands in a picture of this size. */
export const toPicture = (
  { x, y }: Point,
  { center, scale }: Sight,
  size: { width: number; height: number },
): Point => ({
  x: size.width / 2 + (x - center.x) * scale,
  y: size.height / 2 + (y - center.y) * scale,
});

export const fromPicture = (
  { x, y }: Point,
  { center, scale }: Sight,
  size: { width: number; height: number },
): Point => ({
  x: center.x + (x - size.width / 2) / scale,
  y: center.y + (y - size.height / 2) / scale,
});

/** Everything in sight, with an edge around it. */
export function sightOf(places: readonly LonLat[], size: { width: number; height: number }): Sight {
  if (!places.length) return { center: toSheet([60, 57]), scale: size.width / 70 };
  const points = places.map(toSheet);
  const [left, right] = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
  const scale = Math.min(size.width / Math.max(0.2, right - left), size.height / Math.max(0.2, bottom - top)) * 0.88;
  return { center: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale };
}

/** Nearer or further; the place under the pointer stays where it is. */
export function zoomed(sight: Sight, by: number, at: Point, size: { width: number; height: number }): Sight {
  const scale = Math.max(2, Math.min(20_000, sight.scale * by));
  const kept = fromPicture(at, sight, size);
  const moved = fromPicture(at, { ...sight, scale }, size);
  return { scale, center: { x: sight.center.x + kept.x - moved.x, y: sight.center.y + kept.y - moved.y } };
}

/** Distance of grid lines in degrees, so that there are some and not too many. */
export const gridStep = (scale: number): number =>
  [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20].find((step) => step * scale > 70) ?? 40;

/** Round degrees between two bounds. */
export function gridLines(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.max(0, Math.min(60, Math.floor(to / step) - first + 1)) }, (_, at) =>
    Number(((first + at) * step).toFixed(2)),
  );
}

type Found = { corners: LonLat[] } | { problem: 'nothing' | 'odd' | 'outside' };

function ringIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value))
    return Array.isArray(value[0]) && Array.isArray((value[0] as unknown[])[0]) ? ringIn(value[0]) : value;
  const { geometry, features, coordinates } = value as Record<string, unknown>;
  if (Array.isArray(features)) return ringIn(features[0]);
  return geometry ? ringIn(geometry) : ringIn(coordinates);
}

/** Corners out of pasted text: GeoJSON, or lines of «longitude, latitude». */
export function cornersIn(text: string): Found {
  if (!text.trim()) return { problem: 'nothing' };
  const corners = /^\s*[[{]/.test(text) ? cornersOfJson(text) : cornersOfLines(text);
  if (!corners) return { problem: 'odd' };
  if (corners.some(([lon, lat]) => Math.abs(lon) > 180 || Math.abs(lat) > 90)) return { problem: 'outside' };
  const [first, last] = [corners[0], corners.at(-1)];
  const isClosed = corners.length > 3 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  return { corners: isClosed ? corners.slice(0, -1) : corners };
}

function cornersOfJson(text: string): LonLat[] | undefined {
  try {
    const ring = ringIn(JSON.parse(text) as unknown);
    const isRing =
      Array.isArray(ring) &&
      ring.every((pair: unknown) => Array.isArray(pair) && Number.isFinite(pair[0]) && Number.isFinite(pair[1]));
    return isRing ? (ring as number[][]).map(([lon, lat]) => [lon!, lat!] as const) : undefined;
  } catch {
    return undefined;
  }
}

function cornersOfLines(text: string): LonLat[] | undefined {
  const pairs = text
    .split(/[\n;]+/)
    .filter((line) => line.trim())
    .map((line) =>
      line
        .trim()
        .split(/[\s,]+/)
        .map(Number),
    );
  const isRight = pairs.every((pair) => pair.length === 2 && pair.every(Number.isFinite));
  return isRight ? pairs.map(([lon, lat]) => [lon!, lat!] as const) : undefined;
}

/** Corners as lines, for the field beside the map. */
export const linesOf = (corners: readonly LonLat[]): string => corners.map(([lon, lat]) => `${lon}, ${lat}`).join('\n');
