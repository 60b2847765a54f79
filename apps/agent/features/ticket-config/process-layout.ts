import { Graph, layout } from '@dagrejs/dagre';
import type { GraphEdge, GraphNode } from './process-graph';

export type Point = { x: number; y: number };
export type LaidNode = { node: GraphNode; x: number; y: number };
export type LaidEdge = { edge: GraphEdge; path: string };
export type Layout = { width: number; height: number; nodes: LaidNode[]; edges: LaidEdge[] };

export const NODE = { width: 148, height: 46 };
const MARGIN = 24;

/** Places for statuses and lines for transitions; from left to right, on a phone from top to bottom. */
export function layoutProcess(nodes: GraphNode[], direction: 'LR' | 'TB'): Layout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction,
    nodesep: 34,
    ranksep: direction === 'LR' ? 74 : 56,
    edgesep: 16,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { status } of nodes) graph.setNode(status.id, { ...NODE });
  const edges = nodes.flatMap(({ ways }) => ways);
  for (const { transition } of edges) graph.setEdge(transition.fromId, transition.toId, {}, transition.id);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    nodes: nodes.map((node) => {
      const { x, y } = graph.node(node.status.id) as Point;
      return { node, x, y };
    }),
    edges: edges.map((edge) => {
      const { fromId, toId, id } = edge.transition;
      const { points } = graph.edge(fromId, toId, id) as { points: Point[] };
      return { edge, path: smooth(points) };
    }),
  };
}

/** A line through the points without corners. */
function smooth(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const at = ({ x, y }: Point) => `${x.toFixed(1)},${y.toFixed(1)}`;
  const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  let path = `M${at(first)}`;
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    path += next
      ? ` Q${at(point)} ${at(index === rest.length - 2 ? next : middle(point, next))}`
      : rest.length === 1
        ? ` L${at(point)}`
        : '';
  }
  return path;
}
