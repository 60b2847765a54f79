import { Alert, Button, Group, PasswordInput, SegmentedControl, Text, Title } from '@mantine/core';
import { useMe } from '@/api';
import { useFields } from '@opora/ui/form';
import type { Locale } from '@opora/ui/i18n';
import { Page } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangePassword, useUpdateMe } from './account.queries';
import classes from './account.module.css';
import { DevicesSection } from './devices-section';
import { TotpSection } from './totp-section';

/** The person's own things: language, password, second factor, devices. */
export function AccountPage() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const update = useUpdateMe();
  const choose = (locale: Locale) => {
    void i18n.changeLanguage(locale);
    update.mutate({ locale }, { onError: (error) => notifyProblem(t('account.failed'), error) });
  };
  return (
    <Page title={t('account.title')}>
      <div className={classes.sections}>
        <section className={classes.section}>
          <Title order={2}>{me.name}</Title>
          <Text size="sm" c="dimmed">
            {me.email}
            {me.teams.length > 0 && ` · ${me.teams.map(({ name }) => name).join(', ')}`}
          </Text>
          <SegmentedControl
            aria-label={t('account.language.label')}
            value={i18n.language}
            onChange={(locale) => choose(locale as Locale)}
            data={[
              { value: 'ru', label: t('account.language.ru') },
              { value: 'en', label: t('account.language.en') },
            ]}
          />
        </section>
        <PasswordSection />
        <TotpSection isOn={me.totpEnabled} />
        <DevicesSection />
      </div>
    </Page>
  );
}

function PasswordSection() {
  const { t } = useTranslation();
  const fields = useFields({ current: '', next: '' });
  const change = useChangePassword();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(fields.values, {
      onSuccess: () => {
        fields.reset({ current: '', next: '' });
        notifyDone(t('account.password.done'));
      },
      onError: (error) => void fields.applyProblem(error),
    });
  };
  return (
    <section className={classes.section}>
      <Title order={2}>{t('account.password.title')}</Title>
      {change.error && (
        <Alert color="red" variant="light" role="alert">
          {change.error.message}
        </Alert>
      )}
      <form onSubmit={submit}>
        <Group align="flex-end">
          <PasswordInput
            w={220}
            label={t('account.password.current')}
            autoComplete="current-password"
            required
            {...fields.text('current')}
          />
          <PasswordInput
            w={220}
            label={t('account.password.next')}
            autoComplete="new-password"
            required
            {...fields.text('next')}
          />
          <Button type="submit" size="sm" variant="default" loading={change.isPending}>
            {t('account.password.change')}
          </Button>
        </Group>
      </form>
    </section>
  );
}
