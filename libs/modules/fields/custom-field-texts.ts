import type { Locale } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import type { CustomField } from './custom-field.entity';
import type { StoredValue } from './custom-field-values';

const grouped = (locale: Locale, value: number, digits?: number): string =>
  new Intl.NumberFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', {
    minimumFractionDigits: digits ?? 0,
    maximumFractionDigits: digits ?? 10,
  }).format(value);

/** A stored value as a person reads it; ids of references and files stay as they are. */
export function displayText(
  ctx: { locale: Locale },
  field: Pick<CustomField, 'type' | 'options'>,
  value: StoredValue,
): string {
  const labelOf = (option: string) => field.options.find((one) => one.value === option)?.label[ctx.locale] ?? option;
  if (Array.isArray(value)) return value.map(labelOf).join(', ');
  if (typeof value === 'boolean') return t(ctx, value ? 'fields.yes' : 'fields.no');
  if (field.type === 'money') return grouped(ctx.locale, Number(value), 2);
  if (typeof value === 'number') return grouped(ctx.locale, value);
  if (field.type === 'date') return ctx.locale === 'ru' ? value.split('-').reverse().join('.') : value;
  return field.type === 'select' ? labelOf(value) : value;
}
