import { useEffect, useState, type FormEvent } from 'react';
import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSendLink } from './sign-in.queries';

const PAUSE_SECONDS = 60;

/** Asks for a one-time link; what is shown afterwards does not tell whether the address is known. */
export function LinkForm({ email, onEmail }: { email: string; onEmail: (email: string) => void }) {
  const { t } = useTranslation();
  const send = useSendLink();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate(email.trim());
  };
  if (send.isSuccess)
    return <LinkSent email={email.trim()} onAgain={() => send.mutate(email.trim())} onOther={() => send.reset()} />;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('signIn.email')}
          description={t('signIn.linkLead')}
          type="email"
          name="username"
          autoComplete="username"
          inputMode="email"
          required
          maxLength={254}
          value={email}
          onChange={({ currentTarget }) => onEmail(currentTarget.value)}
        />
        {send.error && (
          <Alert color="red" role="alert">
            {send.error.message}
          </Alert>
        )}
        <Button type="submit" fullWidth loading={send.isPending}>
          {t('signIn.sendLink')}
        </Button>
      </Stack>
    </form>
  );
}

function LinkSent({ email, onAgain, onOther }: { email: string; onAgain: () => void; onOther: () => void }) {
  const { t } = useTranslation();
  const [seconds, setSeconds] = useState(PAUSE_SECONDS);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((left) => Math.max(0, left - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Stack gap="sm">
      <div role="status">
        <Title order={2}>{t('signIn.linkSent')}</Title>
        <Text>{t('signIn.linkSentText', { email })}</Text>
      </div>
      <Group gap="xs">
        <Button variant="default" disabled={seconds > 0} onClick={onAgain}>
          {seconds > 0 ? t('signIn.linkAgainIn', { seconds }) : t('signIn.linkAgain')}
        </Button>
        <Button variant="subtle" onClick={onOther}>
          {t('signIn.otherAddress')}
        </Button>
      </Group>
    </Stack>
  );
}
