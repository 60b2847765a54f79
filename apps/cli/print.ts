/** Prints an answer: JSON on one line for programs, indented words for people. */
export function print(value: object, json: boolean): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${lines(value).join('\n')}\n`);
}

function lines(value: unknown, indent = ''): string[] {
  if (Array.isArray(value))
    return value.length ? value.flatMap((item) => itemLines(item, indent)) : [`${indent}(none)`];
  if (typeof value !== 'object' || value === null) return [`${indent}${String(value)}`];
  return Object.entries(value).flatMap(([key, item]) =>
    typeof item === 'object' && item !== null
      ? [`${indent}${key}:`, ...lines(item, `${indent}  `)]
      : [`${indent}${key}: ${String(item)}`],
  );
}

function itemLines(item: unknown, indent: string): string[] {
  const [first = '', ...rest] = lines(item, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}
