import { cornersIn, fromPicture, gridLines, linesOf, sightOf, toLonLat, toPicture, toSheet, zoomed } from './map-view';

const SIZE = { width: 800, height: 600 };

describe('R-04: the map', () => {
  it.each([[[37.6173, 55.7558]], [[-70.5, -33.4]], [[179.9, 84]], [[0, 0]]] as const)(
    'a place on the sheet and back: %s',
    (place) => {
      const [lon, lat] = toLonLat(toSheet(place));
      expect(lon).toBeCloseTo(place[0], 4);
      expect(lat).toBeCloseTo(place[1], 4);
    },
  );

  it('north is up, and everything is in sight', () => {
    const places = [
      [31, 52],
      [93, 60],
    ] as const;
    const sight = sightOf(places, SIZE);
    const [south, north] = places.map((place) => toPicture(toSheet(place), sight, SIZE));
    expect(north!.y).toBeLessThan(south!.y);
    for (const { x, y } of [south!, north!]) expect(x > 0 && x < 800 && y > 0 && y < 600).toBe(true);
    expect(sightOf([], SIZE).scale).toBeGreaterThan(0);
  });

  it('what is under the pointer stays there when one comes nearer', () => {
    const sight = sightOf(
      [
        [31, 52],
        [93, 60],
      ],
      SIZE,
    );
    const at = { x: 200, y: 150 };
    const before = fromPicture(at, sight, SIZE);
    const after = fromPicture(at, zoomed(sight, 1.5, at, SIZE), SIZE);
    expect(after.x).toBeCloseTo(before.x, 6);
    expect(after.y).toBeCloseTo(before.y, 6);
  });

  it('lines of the grid are round', () => {
    expect(gridLines(30.2, 31.1, 0.25)).toEqual([30.25, 30.5, 30.75, 31]);
    expect(gridLines(5, 4, 1)).toEqual([]);
  });

  it.each<[string, string, ReturnType<typeof cornersIn>]>([
    [
      'lines',
      '37, 54\n38 54\n 38,55 ',
      {
        corners: [
          [37, 54],
          [38, 54],
          [38, 55],
        ],
      },
    ],
    [
      'one line',
      '37 54; 38 54; 38 55',
      {
        corners: [
          [37, 54],
          [38, 54],
          [38, 55],
        ],
      },
    ],
    [
      'pairs',
      '[[37,54],[38,54],[38,55],[37,54]]',
      {
        corners: [
          [37, 54],
          [38, 54],
          [38, 55],
        ],
      },
    ],
    [
      'a feature',
      '{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,6],[1,2]]]}}',
      {
        corners: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      },
    ],
    [
      'several parts: the first',
      '{"type":"MultiPolygon","coordinates":[[[[1,2],[3,4],[5,6],[1,2]]]]}',
      {
        corners: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      },
    ],
    ['nothing', '  ', { problem: 'nothing' }],
    ['words', 'Тула', { problem: 'odd' }],
    ['broken', '[[1,2', { problem: 'odd' }],
    ['latitude first', '55 190', { problem: 'outside' }],
  ])('corners out of pasted text: %s', (_, text, expected) => expect(cornersIn(text)).toEqual(expected));

  it('corners as lines and back', () => {
    expect(
      cornersIn(
        linesOf([
          [1.5, 2],
          [3, 4.25],
          [5, 6],
        ]),
      ),
    ).toEqual({
      corners: [
        [1.5, 2],
        [3, 4.25],
        [5, 6],
      ],
    });
  });
});
