type Node = { id: string; parentId: string | null };

/**
 * Nodes in the order one reads a tree, keeping the given order among neighbours, with the number of children of each.
 * A node whose parent is not among them begins a tree of its own: whoever sees only a branch sees it from its top.
 */
export function treeOrder<Item extends Node>(nodes: readonly Item[]): { node: Item; childCount: number }[] {
  const known = new Set(nodes.map(({ id }) => id));
  const children = new Map<string | null, Item[]>();
  for (const node of nodes) {
    const parent = node.parentId !== null && known.has(node.parentId) ? node.parentId : null;
    const siblings = children.get(parent);
    if (siblings) siblings.push(node);
    else children.set(parent, [node]);
  }
  const below = (parent: string | null): { node: Item; childCount: number }[] =>
    (children.get(parent) ?? []).flatMap((node) => [
      { node, childCount: children.get(node.id)?.length ?? 0 },
      ...below(node.id),
    ]);
  return below(null);
}
