import { ActionIcon } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@opora/client';
import {
  fromPicture,
  gridLines,
  gridStep,
  type LonLat,
  type Point,
  type Sight,
  sightOf,
  toLonLat,
  toPicture,
  toSheet,
  zoomed,
} from './map-view';
import type { Zone } from './dispatch.types';
import classes from './zones.module.css';

type MapPoint = Schemas['MapPointView'];
type Props = {
  zones: Zone[];
  objects: MapPoint[];
  engineers: MapPoint[];
  /** The border being drawn; the map is read only without it. */
  draft: { corners: readonly LonLat[]; color: string; onChange: (corners: LonLat[]) => void } | null;
  selected: string | null;
  onSelect: (id: string) => void;
};
type Held = { kind: 'sheet' | 'corner'; at: number; start: Point; sight: Sight; hasMoved: boolean };

const STILL = 4;
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

const KEYS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Arrows move a corner, Delete takes it away. */
function moveByKey(
  event: KeyboardEvent,
  { corners, onChange }: NonNullable<Props['draft']>,
  index: number,
  { scale }: Sight,
) {
  const by = KEYS[event.key];
  if (event.key === 'Delete' || event.key === 'Backspace') onChange(corners.filter((_, at) => at !== index));
  else if (by) {
    const { x, y } = toSheet(corners[index]!);
    const step = (event.shiftKey ? 20 : 4) / scale;
    onChange(
      corners.map((corner, at) => (at === index ? toLonLat({ x: x + by.x * step, y: y + by.y * step }) : corner)),
    );
  } else return;
  event.preventDefault();
}

type PointerOptions = {
  size: { width: number; height: number };
  sight: Sight;
  setSight: (sight: Sight) => void;
  draft: Props['draft'];
};

/** A press on the sheet moves it, or adds a corner where it does not move; a press on a corner moves the corner. */
function useMapPointer({ size, sight, setSight, draft }: PointerOptions) {
  const svg = useRef<SVGSVGElement>(null);
  const [held, hold] = useState<Held | null>(null);
  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = svg.current?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  };
  const grab = (event: PointerEvent, corner: number) => {
    event.stopPropagation();
    svg.current?.setPointerCapture(event.pointerId);
    hold({ kind: 'corner', at: corner, start: pointOf(event), sight, hasMoved: false });
  };
  const move = (event: PointerEvent) => {
    if (!held) return;
    const now = pointOf(event);
    const hasMoved = held.hasMoved || Math.hypot(now.x - held.start.x, now.y - held.start.y) > STILL;
    hold({ ...held, hasMoved });
    if (!hasMoved) return;
    if (held.kind === 'corner')
      return draft?.onChange(
        draft.corners.map((corner, at) => (at === held.at ? toLonLat(fromPicture(now, sight, size)) : corner)),
      );
    const { center, scale } = held.sight;
    setSight({
      scale,
      center: { x: center.x - (now.x - held.start.x) / scale, y: center.y - (now.y - held.start.y) / scale },
    });
  };
  const drop = (event: PointerEvent) => {
    if (held?.kind === 'sheet' && !held.hasMoved && draft)
      draft.onChange([...draft.corners, toLonLat(fromPicture(pointOf(event), sight, size))]);
    hold(null);
  };
  const wheel = useRef<(event: globalThis.WheelEvent) => void>(() => undefined);
  useEffect(() => {
    wheel.current = (event) => {
      event.preventDefault();
      setSight(zoomed(sight, event.deltaY < 0 ? 1.2 : 1 / 1.2, pointOf(event), size));
    };
  });
  useEffect(() => {
    const element = svg.current;
    const listen = (event: globalThis.WheelEvent) => wheel.current(event);
    // React's own wheel listeners cannot keep the page from scrolling.
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, []);
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    if (draft) svg.current?.setPointerCapture(event.pointerId);
    hold({ kind: 'sheet', at: -1, start: pointOf(event), sight, hasMoved: false });
  };
  return {
    svg,
    grab,
    handlers: { onPointerDown: press, onPointerMove: move, onPointerUp: drop, onPointerCancel: () => hold(null) },
  };
}

type CornerProps = {
  place: Point;
  label: string;
  onGrab: (event: PointerEvent) => void;
  onKey: (event: KeyboardEvent) => void;
};

const Corner = ({ place: { x, y }, label, onGrab, onKey }: CornerProps) => (
  <circle
    cx={x}
    cy={y}
    r={8}
    className={classes.corner}
    tabIndex={0}
    role="button"
    aria-label={label}
    onPointerDown={onGrab}
    onKeyDown={onKey}
  />
);

function ZoneName({ zone, at }: { zone: Zone; at: (place: LonLat) => Point }) {
  const points = ((zone.polygon ?? []) as unknown as LonLat[]).map(at);
  const middle = (values: number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  return (
    <text
      x={middle(points.map(({ x }) => x))}
      y={Math.min(...points.map(({ y }) => y)) - 6}
      className={classes.zoneName}
    >
      {zone.name}
    </text>
  );
}

/** Round degrees, so that one knows where one is. */
function Grid({ sight, size }: { sight: Sight; size: { width: number; height: number } }) {
  const step = gridStep(sight.scale);
  const [west, north] = toLonLat(fromPicture({ x: 0, y: 0 }, sight, size));
  const [east, south] = toLonLat(fromPicture({ x: size.width, y: size.height }, sight, size));
  return (
    <g className={classes.grid} aria-hidden>
      {gridLines(west, east, step).map((lon) => {
        const { x } = toPicture(toSheet([lon, 0]), sight, size);
        return (
          <g key={`x${lon}`}>
            <line x1={x} x2={x} y1={0} y2={size.height} />
            <text x={x + 3} y={size.height - 5}>{`${lon}°`}</text>
          </g>
        );
      })}
      {gridLines(south, north, step).map((lat) => {
        const { y } = toPicture(toSheet([0, lat]), sight, size);
        return (
          <g key={`y${lat}`}>
            <line x1={0} x2={size.width} y1={y} y2={y} />
            <text x={4} y={y - 3}>{`${lat}°`}</text>
          </g>
        );
      })}
    </g>
  );
}
