import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './process-diagram.module.css';
import { NODE, type LaidEdge, type LaidNode } from './process-layout';
import type { Grab } from './use-diagram-drag';
import { useLocal } from './use-local';

type LineProps = { line: LaidEdge; at: string | null; markers: string; onOpen: (id: string) => void };

/** A way from status to status. */
export function Line({ line: { edge, path, middle }, at, markers, onOpen }: LineProps) {
  const { t } = useTranslation();
  const local = useLocal();
  const { transition, to, problem } = edge;
  const kind = transition.availableForClient ? 'client' : 'plain';
  const isFar = at !== null && at !== transition.fromId && at !== transition.toId;
  const guards = transition.guards.length;
  return (
    <g
      className={classes.way}
      data-far={isFar || undefined}
      data-inherited={transition.isInherited || undefined}
      onClick={() => onOpen(transition.id)}
    >
      <title>
        {[transition.name ? local(transition.name) : local(to.name), problem?.message].filter(Boolean).join('. ')}
      </title>
      <path d={path} className={classes.reach} />
      <path
        d={path}
        className={classes.line}
        data-transition={transition.id}
        data-kind={kind}
        data-problem={problem?.kind}
        data-comment={transition.requiresComment || undefined}
        markerEnd={`url(#${markers}-${kind})`}
      />
      {guards > 0 && (
        <g className={classes.guard}>
          <title>{t('ticketConfig.processes.guardCount', { count: guards })}</title>
          <circle cx={middle.x} cy={middle.y} r={9} />
          <text x={middle.x} y={middle.y + 4} textAnchor="middle">
            {guards}
          </text>
        </g>
      )}
    </g>
  );
}

type PlaceProps = {
  place: LaidNode;
  at: string | null;
  isOpen: boolean;
  isTarget: boolean;
  onPoint: (id: string) => void;
  onGrab: (event: PointerEvent, grab: Grab) => void;
  onOpen: (id: string) => void;
};

/** A status: grabbed to be moved, its handle to draw a way out of it. */
export function Place({ place: { node, x, y }, at, isOpen, isTarget, onPoint, onGrab, onOpen }: PlaceProps) {
  const { t } = useTranslation();
  const local = useLocal();
  const { status, isInitial, problem } = node;
  const name = local(status.name);
  const lines = twoLines(name);
  const [left, top] = [x - NODE.width / 2, y - NODE.height / 2];
  const isMovable = isOpen && !status.isInherited;
  return (
    <g
      className={classes.node}
      data-status={status.id}
      data-problem={problem?.kind}
      data-at={at === status.id || isTarget || undefined}
      data-inherited={status.isInherited || undefined}
      data-movable={isMovable || undefined}
      onPointerEnter={() => onPoint(status.id)}
      onPointerDown={isMovable ? (event) => onGrab(event, { kind: 'status', id: status.id, at: { x, y } }) : undefined}
      onClick={isMovable ? undefined : () => onOpen(status.id)}
    >
      <title>{[name, problem?.message].filter(Boolean).join('. ')}</title>
      {status.isFinal && (
        <rect
          x={left - 4}
          y={top - 4}
          width={NODE.width + 8}
          height={NODE.height + 8}
          rx={12}
          className={classes.final}
        />
      )}
      <rect x={left} y={top} width={NODE.width} height={NODE.height} rx={8} className={classes.box} />
      <rect
        x={left}
        y={top}
        width={6}
        height={NODE.height}
        rx={3}
        style={{ fill: `var(--mantine-color-${status.color}-6)` }}
      />
      {isInitial && <circle cx={left} cy={top} r={6} className={classes.start} />}
      {problem && (
        <text x={left + NODE.width - 6} y={top + 4} className={classes.warning} textAnchor="middle">
          {'⚠'}
        </text>
      )}
      {lines.map((line, index) => (
        <text
          key={index}
          x={x + 3}
          y={y + (lines.length === 1 ? 5 : index * 16 - 3)}
          textAnchor="middle"
          className={classes.label}
        >
          {line}
        </text>
      ))}
      {isOpen && (
        <circle
          cx={left + NODE.width}
          cy={y}
          r={7}
          className={classes.handle}
          onPointerDown={(event) => onGrab(event, { kind: 'way', id: status.id, at: { x: left + NODE.width, y } })}
        >
          <title>{t('ticketConfig.processes.drawFrom', { name })}</title>
        </circle>
      )}
    </g>
  );
}

const FITS = 18;

/** A name in at most two lines. */
function twoLines(name: string): string[] {
  if (name.length <= FITS) return [name];
  const words = name.split(' ');
  let first = words.shift() ?? '';
  while (words[0] && `${first} ${words[0]}`.length <= FITS) first += ` ${words.shift()}`;
  const clip = (text: string) => (text.length > FITS ? `${text.slice(0, FITS - 1)}…` : text);
  return [clip(first), clip(words.join(' '))].filter(Boolean);
}
