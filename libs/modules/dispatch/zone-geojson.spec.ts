import { zonesOfGeoJson } from './zone-geojson';

const ring = [
  [37, 54],
  [38, 54],
  [38, 55],
  [37, 54],
];
const feature = (geometry: unknown, properties: object | null = {}): object => ({
  type: 'Feature',
  geometry,
  properties,
});
const of = (geojson: unknown) => {
  const { zones, problems } = zonesOfGeoJson(geojson, 'Zone');
  return { names: zones.map(({ name }) => name), problems: problems.map(({ pointer, code }) => `${pointer} ${code}`) };
};

describe('R-04: zones out of GeoJSON', () => {
  it('takes polygons with names and colours, each part of a multipolygon for itself', () => {
    const { zones, problems } = zonesOfGeoJson(
      {
        type: 'FeatureCollection',
        features: [
          feature({ type: 'Polygon', coordinates: [ring, ring] }, { name: ' Тула ', color: '#112233' }),
          feature({ type: 'MultiPolygon', coordinates: [[ring], [ring]] }, { name: 'Урал' }),
          feature({ type: 'Polygon', coordinates: [ring] }, null),
        ],
      },
      'Zone',
    );
    expect(problems).toEqual([]);
    expect(zones.map(({ name, color, polygon }) => [name, color, polygon.length])).toEqual([
      ['Тула', '#112233', 3],
      ['Урал 1', undefined, 3],
      ['Урал 2', undefined, 3],
      ['Zone 3', undefined, 3],
    ]);
  });

  it.each<[string, unknown, string[]]>([
    ['a bare geometry', { type: 'Polygon', coordinates: [ring] }, []],
    ['a point', feature({ type: 'Point', coordinates: [1, 2] }), ['/geojson dispatch.notPolygon']],
    ['nothing', {}, ['/geojson dispatch.notPolygon']],
    ['no features', { type: 'FeatureCollection', features: [] }, ['/geojson dispatch.notPolygon']],
    [
      'text for numbers',
      { type: 'Polygon', coordinates: [[['x', 1]]] },
      ['/geojson/coordinates/0 dispatch.notPolygon'],
    ],
    [
      'a line for a ring',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 1],
          ],
        ],
      },
      ['/geojson/coordinates/0 dispatch.tooFewCorners'],
    ],
    [
      'latitude first',
      {
        type: 'FeatureCollection',
        features: [
          feature({
            type: 'Polygon',
            coordinates: [
              [
                [54, 137],
                [55, 137],
                [54, 138],
              ],
            ],
          }),
        ],
      },
      ['/geojson/features/0/geometry/coordinates/0 dispatch.cornerOutside'],
    ],
    ['null', null, ['/geojson dispatch.notPolygon']],
  ])('%s', (_, geojson, problems) => expect(of(geojson).problems).toEqual(problems));
});
