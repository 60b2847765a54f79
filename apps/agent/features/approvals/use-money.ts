import { useTranslation } from 'react-i18next';

export const CURRENCIES = ['RUB', 'KZT'] as const;

/** A sum as people write it: «1 250 000,00 ₸»; nothing for none. */
export function useMoney(): (amount: string | null, currency: string | null) => string {
  const { i18n } = useTranslation();
  return (amount, currency) =>
    amount === null || currency === null
      ? ''
      : new Intl.NumberFormat(i18n.language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(
          Number(amount),
        );
}
