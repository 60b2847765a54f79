/** Reads `#t=<token>` of a link from a mail: the part after # never reaches a server's log. */
export const readApprovalLink = (hash: string): string | null =>
  new URLSearchParams(hash.replace(/^#/, '')).get('t') || null;
