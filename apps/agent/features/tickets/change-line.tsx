import { useFormat, type Format } from '@opora/ui/format';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './conversation.module.css';
import type { ChangeView } from './tickets.types';

/** Who changed what, from what, to what, and by what cause. */
export function ChangeLine({ change, hasDate = false }: { change: ChangeView; hasDate?: boolean }) {
  const format = useFormat();
  const words = useChangeWords();
  const before = change.beforeLabel ?? words.value(change.before, change.field);
  const after = change.afterLabel ?? words.value(change.after, change.field);
  return (
    <div className={classes.change}>
      <time dateTime={change.at} title={format.full(change.at)}>
        {hasDate ? format.dateTime(change.at) : format.time(change.at)}
      </time>
      <span>{change.actor.name}</span>
      {change.field === 'created' ? (
        <span>{words.created}</span>
      ) : (
        <>
          <span>{words.field(change.field)}:</span>
          {before && <span className={classes.old}>{before}</span>}
          <span>→ {after || words.empty}</span>
        </>
      )}
      {words.cause(change) && <span>{words.cause(change)}</span>}
    </div>
  );
}

/** Fields and values of the history in words. */
export function useChangeWords() {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => ({
      empty: t('tickets.change.empty'),
      created: t('tickets.change.created'),
      field: (field: string) => t(`tickets.field.${field}`, { defaultValue: field }),
      value: (value: unknown, field?: string) =>
        field === 'timeEntries' && typeof value === 'string'
          ? clip(workInWords(value, format))
          : valueInWords(value, t, format),
      /** Why, when it is more than a person's own hand: «(ключ API «1С»: перенос)». */
      cause: ({ cause }: ChangeView) => {
        const isRoute = cause.kind === 'rule' && cause.name?.startsWith(t('tickets.cause.route'));
        const by =
          cause.kind === 'user'
            ? null
            : isRoute
              ? cause.name
              : [t(`tickets.cause.${cause.kind}`, { defaultValue: cause.kind }), cause.name].filter(Boolean).join(' ');
        const words = [by, cause.reason].filter(Boolean).join(': ');
        return words ? `(${words})` : null;
      },
    }),
    [t, format],
  );
}

const LONGEST = 160;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** «1:30 · Анна · 22 нояб. 2026 г. · выезд»: the history keeps an entry the same in every language, its day follows the name. */
const workInWords = (entry: string, format: Format): string =>
  entry.replace(/(?<= · )\d{4}-\d\d-\d\d(?= · |$)/, (day) => format.day(day));

function valueInWords(value: unknown, t: TFunction, format: Format): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return t(value ? 'tickets.change.yes' : 'tickets.change.no');
  if (typeof value === 'number') return format.number(value);
  if (typeof value === 'string' && DAY.test(value)) return format.day(value);
  if (typeof value === 'string')
    return /^\d{4}-\d\d-\d\dT/.test(value)
      ? format.dateTime(value)
      : clip(value.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));
  if (Array.isArray(value)) return clip(value.map((each) => valueInWords(each, t, format)).join(', '));
  const { tickets, ticket } = value as { tickets?: unknown; ticket?: unknown };
  if (Array.isArray(tickets)) return clip(tickets.map((each) => valueInWords(each, t, format)).join(', '));
  if (ticket) return linkInWords(value as LinkValue, t, format);
  const { name, subject, number } = value as { name?: unknown; subject?: unknown; number?: unknown };
  if (typeof name === 'string') return name;
  if (typeof subject === 'string') return `${String(number ?? '')} ${subject}`.trim();
  return clip(JSON.stringify(value));
}

type LinkValue = { ticket: unknown; kind?: string; direction?: string; side?: string };

/** «блокирует 12 Касса», «в 14 Сканер». */
function linkInWords({ ticket, kind, direction, side }: LinkValue, t: TFunction, format: Format): string {
  const how = kind ? t(`tickets.links.way.${kind}.${direction}`) : side ? t(`tickets.split.${side}`) : '';
  return `${how} ${valueInWords(ticket, t, format)}`.trim();
}

const clip = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
