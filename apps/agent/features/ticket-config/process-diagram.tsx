import { useNarrow } from '@/directory/use-narrow';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './process-diagram.module.css';
import type { GraphNode } from './process-graph';
import { layoutProcess, NODE, type LaidEdge, type LaidNode } from './process-layout';
import { useLocal } from './use-local';

type Props = { nodes: GraphNode[]; onOpen: (statusId: string) => void };

/** The process as a picture; who cannot see it reads the same in the table below. */
export function ProcessDiagram({ nodes, onOpen }: Props) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const [at, setAt] = useState<string | null>(null);
  const id = useId();
  const picture = useMemo(() => layoutProcess(nodes, isNarrow ? 'TB' : 'LR'), [nodes, isNarrow]);
  const label = t('ticketConfig.processes.diagramLabel', {
    statuses: picture.nodes.length,
    transitions: picture.edges.length,
  });
  return (
    <svg
      role="img"
      aria-label={label}
      className={classes.diagram}
      viewBox={`${picture.left} ${picture.top} ${picture.width} ${picture.height}`}
      style={{ maxWidth: picture.width, minWidth: Math.min(picture.width, isNarrow ? 320 : 760) }}
      onPointerLeave={() => setAt(null)}
    >
      <defs>
        {(['plain', 'client'] as const).map((kind) => (
          <marker
            key={kind}
            id={`${id}-${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0,0.5 L7.5,4 L0,7.5 z" className={classes.tip} data-kind={kind} />
          </marker>
        ))}
      </defs>
      {picture.edges.map((line) => (
        <Line key={line.edge.transition.id} line={line} at={at} markers={id} />
      ))}
      {picture.nodes.map((place) => (
        <Place key={place.node.status.id} place={place} at={at} onPoint={setAt} onOpen={onOpen} />
      ))}
    </svg>
  );
}

function Line({ line: { edge, path }, at, markers }: { line: LaidEdge; at: string | null; markers: string }) {
  const local = useLocal();
  const { transition, to } = edge;
  const kind = transition.availableForClient ? 'client' : 'plain';
  const isNear = at === transition.fromId || at === transition.toId;
  return (
    <path
      d={path}
      className={classes.line}
      data-transition={transition.id}
      data-kind={kind}
      data-far={(at !== null && !isNear) || undefined}
      data-comment={transition.requiresComment || undefined}
      markerEnd={`url(#${markers}-${kind})`}
    >
      <title>{transition.name ? local(transition.name) : local(to.name)}</title>
    </path>
  );
}

type PlaceProps = { place: LaidNode; at: string | null; onPoint: (id: string) => void; onOpen: (id: string) => void };

function Place({ place: { node, x, y }, at, onPoint, onOpen }: PlaceProps) {
  const local = useLocal();
  const { status, isInitial, problem } = node;
  const lines = twoLines(local(status.name));
  const [left, top] = [x - NODE.width / 2, y - NODE.height / 2];
  return (
    <g
      className={classes.node}
      data-status={status.id}
      data-problem={problem ?? undefined}
      data-at={at === status.id || undefined}
      onPointerEnter={() => onPoint(status.id)}
      onClick={() => onOpen(status.id)}
    >
      <title>{local(status.name)}</title>
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
