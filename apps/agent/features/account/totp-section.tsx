import { Alert, Button, CopyButton, Group, Text, TextInput, Title } from '@mantine/core';
import { notifyProblem } from '@opora/ui/theme';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useBeginTotp, useConfirmTotp, useRemoveTotp } from './account.queries';
import classes from './account.module.css';

/** Turns the one-time code on and off; the recovery codes are shown once. */
export function TotpSection({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation();
  const begin = useBeginTotp();
  const confirm = useConfirmTotp();
  const remove = useRemoveTotp();
  const recovery = confirm.data?.recoveryCodes;

  return (
    <section className={classes.section}>
      <Title order={2}>{t('account.totp.title')}</Title>
      <Text size="sm">{isOn ? t('account.totp.on') : t('account.totp.off')}</Text>
      {recovery && (
        <Alert color="yellow" variant="light" title={t('account.totp.recovery')}>
          <div className={classes.codes}>
            {recovery.map((code) => (
              <span key={code}>{code}</span>
            ))}
          </div>
          <CopyButton value={recovery.join('\n')}>
            {({ copied, copy }) => (
              <Button mt="sm" variant="default" onClick={copy}>
                {copied ? t('account.totp.copied') : t('account.totp.copy')}
              </Button>
            )}
          </CopyButton>
        </Alert>
      )}
      {!isOn && !begin.data && (
        <Button
          variant="default"
          loading={begin.isPending}
          onClick={() => begin.mutate(undefined, { onError: (error) => notifyProblem(t('account.failed'), error) })}
        >
          {t('account.totp.begin')}
        </Button>
      )}
      {!isOn && begin.data && (
        <>
          <Text size="sm">{t('account.totp.scan')}</Text>
          <a href={begin.data.uri}>{t('account.totp.open')}</a>
          <Text className={classes.secret}>{begin.data.secret}</Text>
          <CodeForm
            label={t('account.totp.confirm')}
            isBusy={confirm.isPending}
            error={confirm.error}
            onCode={(code) => confirm.mutate(code)}
          />
        </>
      )}
      {isOn && (
        <CodeForm
          label={t('account.totp.remove')}
          isBusy={remove.isPending}
          error={remove.error}
          onCode={(code) => remove.mutate(code, { onSuccess: () => (begin.reset(), confirm.reset()) })}
        />
      )}
    </section>
  );
}

function CodeForm({
  label,
  isBusy,
  error,
  onCode,
}: {
  label: string;
  isBusy: boolean;
  error: Error | null;
  onCode: (code: string) => void;
}) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCode(code.replace(/\s/g, ''));
    setCode('');
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <TextInput
          label={t('account.signIn.code')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={error?.message}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
        />
        <Button type="submit" size="sm" variant="default" loading={isBusy}>
          {label}
        </Button>
      </Group>
    </form>
  );
}
