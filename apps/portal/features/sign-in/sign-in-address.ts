/** The token of a link from a mail: after the #, where neither servers nor their logs see it. */
export const tokenOf = (hash: string): string | null =>
  new URLSearchParams(hash.replace(/^#/, '')).get('token') || null;

/** Where to go after the sign-in: a path of the portal and nothing else, whatever the address says. */
export function safeNext(next: string | null): string {
  if (!next || !next.startsWith('/') || /^\/[/\\]/.test(next) || /[\\\p{Cc}]/u.test(next)) return '/tickets';
  return next.startsWith('/sign-in') || next.startsWith('/password') ? '/tickets' : next;
}
