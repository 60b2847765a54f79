import { type KeyboardEvent, type PointerEvent } from 'react';
import {
  fromPicture,
  gridLines,
  gridStep,
  type LonLat,
  type Point,
  type Sight,
  toLonLat,
  toPicture,
  toSheet,
} from './map-view';
import type { Zone } from './dispatch.types';
import classes from './zones.module.css';

type CornerProps = {
  place: Point;
  label: string;
  onGrab: (event: PointerEvent) => void;
  onKey: (event: KeyboardEvent) => void;
};

/** A corner of the border being drawn, for the pointer and for the arrows. */
export const Corner = ({ place: { x, y }, label, onGrab, onKey }: CornerProps) => (
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

/** The name of a zone above its upper edge. */
export function ZoneName({ zone, at }: { zone: Zone; at: (place: LonLat) => Point }) {
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
export function Grid({ sight, size }: { sight: Sight; size: { width: number; height: number } }) {
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
