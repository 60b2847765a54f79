/** The list with the item at `from` standing at `to`; the same list when nothing moves. */
export function moved<Item>(list: readonly Item[], from: number, to: number): readonly Item[] {
  const target = Math.max(0, Math.min(list.length - 1, to));
  if (from === target || from < 0 || from >= list.length) return list;
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, target), list[from] as Item, ...rest.slice(target)];
}
