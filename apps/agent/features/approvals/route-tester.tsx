import { Alert, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './approvals.module.css';
import { chooseQuery, type RouteQuestion } from './route-settings.queries';
import { RouteWhy } from './route-why';
import { approvalKindsQuery, approvalSettingsQuery } from './start.queries';
import { CURRENCIES } from './use-money';

/** Which route an amount would go on a day, and why not the others. */
export function RouteTester() {
  const { t } = useTranslation();
  const { data: kinds = [] } = useQuery(approvalKindsQuery());
  const { data: settings } = useQuery(approvalSettingsQuery());
  const [asked, setAsked] = useState({ kindId: '', amount: '', currency: '', date: '' });
  const set = (change: Partial<typeof asked>) => setAsked((present) => ({ ...present, ...change }));
  const currency = (asked.currency || settings?.currency || 'RUB') as RouteQuestion['currency'];
  const [question] = useDebouncedValue(JSON.stringify({ ...asked, currency }), 300);
  const { data: choice, error } = useQuery(chooseQuery(questionOf(JSON.parse(question) as typeof asked)));
  return (
    <aside className={classes.stages} aria-label={t('approvals.routes.test')}>
      <strong>{t('approvals.routes.test')}</strong>
      <div className={classes.fields}>
        <NativeSelect
          label={t('approvals.kind')}
          value={asked.kindId}
          onChange={({ currentTarget }) => set({ kindId: currentTarget.value })}
          data={[
            { value: '', label: t('approvals.chooseKind') },
            ...kinds.map(({ id, label }) => ({ value: id, label })),
          ]}
        />
        <div className={classes.pair}>
          <TextInput
            label={t('approvals.amount')}
            inputMode="decimal"
            value={asked.amount}
            onChange={({ currentTarget }) => set({ amount: currentTarget.value })}
          />
          <NativeSelect
            label={t('approvals.currency')}
            value={currency}
            onChange={({ currentTarget }) => set({ currency: currentTarget.value })}
            data={CURRENCIES.map((value) => ({ value, label: t(`approvals.currencies.${value}`) }))}
          />
        </div>
        <TextInput
          type="date"
          label={t('approvals.date')}
          value={asked.date}
          onChange={({ currentTarget }) => set({ date: currentTarget.value })}
        />
      </div>
      {error && (
        <Alert color="red" role="alert" mt="sm">
          {error.message}
        </Alert>
      )}
      {choice && !error && asked.kindId && (
        <div role="status">
          <p className={classes.planRoute}>{choice.route?.label ?? t('approvals.noRoute')}</p>
          <RouteWhy choice={choice} />
        </div>
      )}
    </aside>
  );
}

const questionOf = ({ kindId, amount, currency, date }: Record<string, string>): RouteQuestion => ({
  kindId: kindId ?? '',
  amount: amount?.replace(/\s/g, '').replace(',', '.') || null,
  currency: currency as RouteQuestion['currency'],
  ...(date && { date }),
});
