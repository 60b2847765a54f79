const LINK = /\/api\/v1\/files\/([0-9a-f-]{36})\.[\w.-]+/g;
// Links live five minutes; the first one is kept for most of them, so that a refreshed conversation does not load its pictures anew.
const KEEP_MS = 3 * 60_000;
const held = new Map<string, { url: string; at: number }>();

/** The text with the links of files that were already given out a moment ago. */
export function withSteadyLinks(text: string, now = Date.now()): string {
  return text.replace(LINK, (url: string, id: string) => {
    const known = held.get(id);
    if (known && now - known.at < KEEP_MS) return known.url;
    held.set(id, { url, at: now });
    return url;
  });
}
