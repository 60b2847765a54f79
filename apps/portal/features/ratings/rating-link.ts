import { SCORES, type Score } from './ratings.queries';

/** Reads `#t=<token>&s=<score>` of a link from a mail: the part after # never reaches a server's log. */
export function readRatingLink(hash: string): { token: string | null; score: Score | null } {
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  const score = params.get('s');
  return { token: params.get('t') || null, score: SCORES.find((known) => known === score) ?? null };
}
