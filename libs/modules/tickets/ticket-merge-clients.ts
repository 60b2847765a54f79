/** Which tickets may be merged without one client reading another's words. Pure. */

export type MergedContact = { id: string; name: string; companyIds: readonly string[] };
export type MergedSide = { companyId: string | null; isInner: boolean; contacts: readonly MergedContact[] };

export type MergeRefusal = 'mergeCompanies' | 'mergeInner' | 'mergeStrangers';

const belongs = (companyId: string, { companyIds }: MergedContact): boolean => companyIds.includes(companyId);

/**
 * Tickets of two companies are not merged, nor inner ones with clients'. Where one has no company, everybody who would read it must be
 * of the other's; people without any company meet only themselves.
 */
export function mergeRefusal(survivor: MergedSide, merged: readonly MergedSide[]): MergeRefusal | undefined {
  const all = [survivor, ...merged];
  if (new Set(all.map(({ isInner }) => isInner)).size > 1) return 'mergeInner';
  const companies = [...new Set(all.flatMap(({ companyId }) => companyId ?? []))];
  if (companies.length > 1) return 'mergeCompanies';
  const people = [...new Map(all.flatMap(({ contacts }) => contacts.map((one) => [one.id, one]))).values()];
  const [company] = companies;
  if (!company) return meet(people) ? undefined : 'mergeStrangers';
  // Without a company of its own the survivor is read by all its contacts.
  const readers = survivor.companyId ? [] : survivor.contacts;
  if (readers.some((one) => !belongs(company, one))) return 'mergeStrangers';
  const writers = merged.filter(({ companyId }) => companyId === null).flatMap(({ contacts }) => contacts);
  return writers.some((one) => one.companyIds.length > 0 && !belongs(company, one)) ? 'mergeStrangers' : undefined;
}

/** One and the same person, or people of one company. */
function meet(people: readonly MergedContact[]): boolean {
  const [first, ...rest] = people;
  return !rest.length || first!.companyIds.some((companyId) => rest.every((one) => belongs(companyId, one)));
}

/** Whether somebody of a merged ticket goes on hearing of the survivor: not in a company he is not of. */
export const staysWith = (survivor: Pick<MergedSide, 'companyId'>, contact: MergedContact): boolean =>
  survivor.companyId === null || belongs(survivor.companyId, contact);
