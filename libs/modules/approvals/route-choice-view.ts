import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import type { ApprovalLimitView, RouteChoiceView } from './approval-plans.dto';
import type { FrozenChoice } from './approval.entity';
import { type Currency, type Limit, moneyText, moneyWords } from './route-choice';
import type { LocalText } from './route-definition';

type Asked = { amount: number | null; currency: Currency; date: string; route: { id: string; name: LocalText } | null };

/** The choice as people read it: limits in money and every verdict in words. */
export function toChoiceView(ctx: Ctx, { by, routes }: FrozenChoice, asked: Asked): RouteChoiceView {
  const { amount, currency, date, route } = asked;
  return {
    route: route && { id: route.id, label: route.name[ctx.locale] },
    amount: amount === null ? null : moneyText(amount),
    currency,
    date,
    by,
    routes: routes.map((one) => ({
      id: one.id,
      label: one.name[ctx.locale],
      matched: one.matched,
      reason: one.reason,
      over: toLimitView(one.over),
      upTo: toLimitView(one.upTo),
      why: wordsOf(ctx, one, asked),
    })),
  };
}

export const toLimitView = (limit: Limit | null): ApprovalLimitView | null =>
  limit && {
    value: limit.in === 'money' ? moneyText(limit.value) : plain(limit.value),
    in: limit.in,
    indexId: limit.indexId,
    indexValue: limit.indexValue === null ? null : moneyText(limit.indexValue),
    indexFrom: limit.indexFrom,
    money: limit.money === null ? null : moneyText(limit.money),
  };

/** «100» or «0.5»: a number of indexes has no empty decimals. */
export const plain = (hundredths: number): string => String(hundredths / 100);

function wordsOf(ctx: Ctx, { reason, over, upTo }: Omit<JudgedWords, 'id'>, { amount, currency }: Asked): string {
  const money = (value: number | null | undefined): string =>
    value === null || value === undefined ? '' : moneyWords(value, currency, ctx.locale);
  const limits = [limitWords(ctx, 'over', over, money), limitWords(ctx, 'upTo', upTo, money)]
    .filter(Boolean)
    .join(', ');
  return t(ctx, `approvals.choice.${reason}`, {
    amount: money(amount),
    limits,
    over: money(over?.money),
    upTo: money(upTo?.money),
  }).trim();
}
type JudgedWords = FrozenChoice['routes'][number];

function limitWords(
  ctx: Ctx,
  side: 'over' | 'upTo',
  limit: Limit | null,
  money: (value: number | null) => string,
): string {
  if (!limit || limit.money === null) return '';
  const words = t(ctx, `approvals.choice.${side}`, { money: money(limit.money) });
  if (limit.in === 'money') return words;
  const by = { count: plain(limit.value), value: money(limit.indexValue), from: dayWords(ctx, limit.indexFrom) };
  return `${words} (${t(ctx, 'approvals.choice.index', by)})`;
}

/** «1 января 2026 г.» */
const dayWords = ({ locale }: Ctx, day: string | null): string =>
  day === null
    ? ''
    : new Intl.DateTimeFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
        new Date(day),
      );
