import { ActionIcon } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@opora/client';
import { type LonLat, type Point, type Sight, sightOf, toPicture, toSheet, zoomed } from './map-view';
import type { Zone } from './dispatch.types';
import { moveByKey, useMapPointer, type ZoneDraft } from './use-map-pointer';
import { Corner, Grid, ZoneName } from './zone-map-parts';
import classes from './zones.module.css';

type MapPoint = Schemas['MapPointView'];
type Props = {
  zones: Zone[];
  objects: MapPoint[];
  engineers: MapPoint[];
  /** The border being drawn; the map is read only without it. */
  draft: ZoneDraft | null;
  selected: string | null;
  onSelect: (id: string) => void;
};

/** From so near on base points have names. */
const NAMED = 30;

/** Objects and zones on a sheet without tiles: nothing is asked of strangers' servers. Draw by clicks, move corners by dragging. */
export function ZoneMap({ zones, objects, engineers, draft, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const { ref, width, height } = useElementSize();
  const size = { width: width || 800, height: height || 560 };
  const places = useMemo<LonLat[]>(
    () => [
      ...zones.flatMap(({ polygon }) => (polygon ?? []) as unknown as LonLat[]),
      ...objects.map(({ longitude, latitude }) => [longitude, latitude] as const),
      ...engineers.map(({ longitude, latitude }) => [longitude, latitude] as const),
    ],
    [zones, objects, engineers],
  );
  const [chosen, setSight] = useState<Sight | null>(null);
  const sight = chosen ?? sightOf(places, size);
  const at = (place: LonLat): Point => toPicture(toSheet(place), sight, size);
  const path = (corners: readonly LonLat[]): string =>
    corners
      .map(at)
      .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
      .join(' ');
  const pointer = useMapPointer({ size, sight, setSight, draft });
  const colors = new Map(zones.map(({ id, color }) => [id, color]));
  const zoom = (by: number) => setSight(zoomed(sight, by, { x: size.width / 2, y: size.height / 2 }, size));
  return (
    <div ref={ref} className={classes.map}>
      <svg
        ref={pointer.svg}
        width={size.width}
        height={size.height}
        className={draft ? classes.drawing : classes.sheet}
        role="group"
        aria-label={t('dispatch.zones.map')}
        {...pointer.handlers}
      >
        <Grid sight={sight} size={size} />
        {zones.map((zone) =>
          zone.polygon && !(draft && zone.id === selected) ? (
            <polygon
              key={zone.id}
              points={path(zone.polygon as unknown as LonLat[])}
              fill={zone.color}
              stroke={zone.color}
              className={classes.zone}
              data-selected={zone.id === selected || undefined}
              onClick={() => !draft && onSelect(zone.id)}
            >
              <title>{zone.name}</title>
            </polygon>
          ) : null,
        )}
        {objects.map((object) => {
          const { x, y } = at([object.longitude, object.latitude]);
          return (
            <circle
              key={object.id}
              cx={x}
              cy={y}
              r={4}
              className={classes.object}
              fill={colors.get(object.zoneIds[0] ?? '')}
            >
              <title>{object.name}</title>
            </circle>
          );
        })}
        {engineers.map((engineer) => {
          const { x, y } = at([engineer.longitude, engineer.latitude]);
          return (
            <g key={engineer.id} className={classes.base}>
              <rect x={x - 6} y={y - 6} width={12} height={12} rx={3}>
                <title>{engineer.name}</title>
              </rect>
              {sight.scale > NAMED && (
                <text x={x + 10} y={y + 4}>
                  {engineer.name}
                </text>
              )}
            </g>
          );
        })}
        {zones.map((zone) => zone.polygon && <ZoneName key={zone.id} zone={zone} at={at} />)}
        {draft && (
          <g>
            <polygon points={path(draft.corners)} fill={draft.color} stroke={draft.color} className={classes.draft} />
            {draft.corners.map((corner, index) => (
              <Corner
                key={index}
                place={at(corner)}
                label={t('dispatch.zones.corner', { number: index + 1, lon: corner[0], lat: corner[1] })}
                onGrab={(event) => pointer.grab(event, index)}
                onKey={(event) => moveByKey(event, draft, index, sight)}
              />
            ))}
          </g>
        )}
      </svg>
      <div className={classes.zoom}>
        <ActionIcon variant="default" aria-label={t('dispatch.zones.nearer')} onClick={() => zoom(1.5)}>
          <IconPlus size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('dispatch.zones.further')} onClick={() => zoom(1 / 1.5)}>
          <IconMinus size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('dispatch.zones.whole')} onClick={() => setSight(null)}>
          <IconFocusCentered size={16} />
        </ActionIcon>
      </div>
    </div>
  );
}
