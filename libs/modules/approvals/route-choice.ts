/** Which route a request takes, and why the others do not. Pure. Amounts are whole hundredths of the currency. */
export const CURRENCIES = ['KZT', 'RUB'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** A limit in money, or in so many of a dated index (the monthly calculation index, МРП). The value has at most two decimals, as hundredths. */
export type Threshold = { value: number; in: 'index' | 'money'; indexId: string | null };
export type IndexValue = { from: string; value: number };
export type DatedIndex = { id: string; currency: Currency; values: readonly IndexValue[] };

export type Candidate = {
  id: string;
  kindId: string;
  /** The amount must be more than this. */
  over: Threshold | null;
  /** The amount must not be more than this. */
  upTo: Threshold | null;
};
export type Asked = { kindId: string; amount: number | null; currency: Currency; date: string };

/** A threshold in money on the day. */
export type Limit = Threshold & { money: number | null; indexValue: number | null; indexFrom: string | null };
export const CHOICE_REASONS = [
  'matched',
  'later',
  'kind',
  'noAmount',
  'noIndex',
  'currency',
  'notOver',
  'aboveLimit',
] as const;
export type ChoiceReason = (typeof CHOICE_REASONS)[number];
export type Judged = { id: string; matched: boolean; reason: ChoiceReason; over: Limit | null; upTo: Limit | null };

/** The value in force on a day: the one that began last. */
export function valueOn(values: readonly IndexValue[], date: string): IndexValue | undefined {
  return values.reduce<IndexValue | undefined>(
    (best, one) => (one.from <= date && (!best || one.from > best.from) ? one : best),
    undefined,
  );
}

export function limitOf(
  threshold: Threshold | null,
  { currency, date }: Asked,
  indexes: readonly DatedIndex[],
): { limit: Limit | null; reason?: 'noIndex' | 'currency' } {
  if (!threshold) return { limit: null };
  if (threshold.in === 'money')
    return { limit: { ...threshold, money: threshold.value, indexValue: null, indexFrom: null } };
  const index = indexes.find(({ id }) => id === threshold.indexId);
  const found = index && valueOn(index.values, date);
  if (!index || !found)
    return { limit: { ...threshold, money: null, indexValue: null, indexFrom: null }, reason: 'noIndex' };
  // Hundredths times hundredths: one of the two is taken back, half away from zero.
  const money = Math.round((threshold.value * found.value) / 100);
  const limit = { ...threshold, money, indexValue: found.value, indexFrom: found.from };
  return index.currency === currency ? { limit } : { limit, reason: 'currency' };
}

function judge(candidate: Candidate, asked: Asked, indexes: readonly DatedIndex[]): Judged {
  const [over, upTo] = [limitOf(candidate.over, asked, indexes), limitOf(candidate.upTo, asked, indexes)];
  const verdict = (reason: ChoiceReason): Judged => ({
    id: candidate.id,
    matched: reason === 'matched',
    reason,
    over: over.limit,
    upTo: upTo.limit,
  });
  if (candidate.kindId !== asked.kindId) return verdict('kind');
  if (!over.limit && !upTo.limit) return verdict('matched');
  if (asked.amount === null) return verdict('noAmount');
  const trouble = over.reason ?? upTo.reason;
  if (trouble) return verdict(trouble);
  if (over.limit && asked.amount <= over.limit.money!) return verdict('notOver');
  if (upTo.limit && asked.amount > upTo.limit.money!) return verdict('aboveLimit');
  return verdict('matched');
}

/** Every route of the kind with its verdict; the first that matches is the one, what matches after it is `later`. */
export function chooseRoute(
  candidates: readonly Candidate[],
  asked: Asked,
  indexes: readonly DatedIndex[],
): { routeId: string | null; judged: Judged[] } {
  const judged = candidates.map((one) => judge(one, asked, indexes)).filter(({ reason }) => reason !== 'kind');
  const first = judged.find(({ matched }) => matched);
  return {
    routeId: first?.id ?? null,
    judged: judged.map((one) => (one.matched && one !== first ? { ...one, matched: false, reason: 'later' } : one)),
  };
}

const MONEY = /^(\d{1,13})(?:\.(\d{1,2}))?$/;

/** «12345.6» as hundredths; undefined when it is no amount. */
export function moneyOf(text: string): number | undefined {
  const found = MONEY.exec(text);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : undefined;
}

export const moneyText = (hundredths: number): string =>
  `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;

/** For people: «432 500,00 ₸». */
export function moneyWords(hundredths: number, currency: Currency, locale: 'ru' | 'en'): string {
  return new Intl.NumberFormat(locale === 'ru' ? 'ru-RU' : 'en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
  }).format(hundredths / 100);
}
