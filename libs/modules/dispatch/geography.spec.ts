import {
  contains,
  distanceKm,
  foldWords,
  type LonLat,
  opened,
  type Polygon,
  polygonProblem,
  travelOf,
  zonesAt,
} from './geography';

const SQUARE: Polygon = [
  [37, 54],
  [38, 54],
  [38, 55],
  [37, 55],
];
/** A horseshoe open upwards. */
const SHOE: Polygon = [
  [0, 0],
  [3, 0],
  [3, 3],
  [2, 3],
  [2, 1],
  [1, 1],
  [1, 3],
  [0, 3],
];

describe('R-04: where a place lies', () => {
  it.each<[string, Polygon, LonLat, boolean]>([
    ['inside', SQUARE, [37.5, 54.5], true],
    ['outside to the east', SQUARE, [38.5, 54.5], false],
    ['level with a corner, outside', SQUARE, [36, 54], false],
    ['on a side', SQUARE, [37.5, 54], true],
    ['on the closing side', SQUARE, [37, 54.3], true],
    ['on a corner', SQUARE, [38, 55], true],
    ['a step beyond a side', SQUARE, [38.00001, 54.5], false],
    ['in the gap of a horseshoe', SHOE, [1.5, 2], false],
    ['in an arm of it', SHOE, [2.5, 2], true],
    ['on its inner border', SHOE, [1.5, 1], true],
    ['on the line of its corners, left of it', SHOE, [-1, 1], false],
    [
      'on a slanting side',
      [
        [0, 0],
        [2, 1],
        [0, 1],
      ],
      [1, 0.5],
      true,
    ],
    ['corners in the other order', [...SQUARE].reverse(), [37.5, 54.5], true],
  ])('%s', (_, polygon, point, expected) => expect(contains(polygon, point)).toBe(expected));

  it.each([
    ['Тула, ул. Ленина, 10', true],
    ['г.Тула,ул.Ленина', true],
    ['г. ТУЛА', true],
    ['Тульская область, Щёкино', true],
    ['Тульская область, ЩЕКИНО', true],
    ['Тульская область', false],
    ['п. Новая Тулаевка', false],
    ['', false],
  ])('a district is found as a whole word: %s', (address, expected) => {
    const zones = [{ polygon: null, words: ['Тула', 'Щёкино'].map(foldWords) }];
    expect(zonesAt(zones, { address, latitude: null, longitude: null })).toHaveLength(expected ? 1 : 0);
  });

  it('a place lies in the zones of its point and of its address, in their order', () => {
    const zones = [
      { id: 'words', polygon: null, words: ['тула'] },
      { id: 'elsewhere', polygon: SHOE, words: [] },
      { id: 'drawn', polygon: SQUARE, words: [] },
    ];
    const place = { address: 'Тула', latitude: 54.2, longitude: 37.6 };
    expect(zonesAt(zones, place).map(({ id }) => id)).toEqual(['words', 'drawn']);
    expect(zonesAt(zones, { ...place, latitude: null }).map(({ id }) => id)).toEqual(['words']);
  });

  it.each<[string, Polygon, string | undefined]>([
    ['a square', SQUARE, undefined],
    ['two corners', SQUARE.slice(0, 2), 'tooFewCorners'],
    [
      '501 corners',
      Array.from({ length: 501 }, (_, at): LonLat => [Math.cos(at / 80), Math.sin(at / 80)]),
      'tooManyCorners',
    ],
    [
      'beyond the pole',
      [
        [0, 0],
        [1, 0],
        [0, 91],
      ],
      'cornerOutside',
    ],
    [
      'a line',
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      'noArea',
    ],
    [
      'a bow',
      [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 2],
      ],
      'crossesItself',
    ],
  ])('the border of a zone: %s', (_, polygon, expected) => expect(polygonProblem(polygon)).toBe(expected));

  it('a ring of GeoJSON repeats its first corner, a zone does not', () => {
    expect(opened([...SQUARE, SQUARE[0]!])).toEqual(SQUARE);
    expect(opened(SQUARE)).toEqual(SQUARE);
  });
});

describe('R-04: how far and how long', () => {
  it.each<[string, LonLat, LonLat, number]>([
    ['Moscow to Tula', [37.6173, 55.7558], [37.6171, 54.193], 173.8],
    ['Moscow to Petersburg', [37.6173, 55.7558], [30.3158, 59.9391], 634.2],
    ['nowhere', [37.6, 55.7], [37.6, 55.7], 0],
    ['round the world half', [0, 0], [180, 0], 20015.1],
  ])('%s', (_, from, to, km) => expect(distanceKm(from, to)).toBeCloseTo(km, 0));

  it.each([
    [1, 60, 173.8, 174],
    [1.4, 60, 243.3, 244],
    [1.4, 30, 243.3, 487],
  ])('by roads × %s at %s km/h: %s km, %s minutes', (roadFactor, speedKmh, km, minutes) => {
    const way = travelOf([37.6173, 55.7558], [37.6171, 54.193], { roadFactor, speedKmh });
    expect(way.km).toBeCloseTo(km, 0);
    expect(Math.abs(way.minutes - minutes)).toBeLessThanOrEqual(1);
  });
});
