import { useEffect } from 'react';
import { Alert, Button, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@opora/client';
import type { PortalSignedIn } from '@/session';
import { Entrance } from './entrance';
import { useRedeemLink } from './sign-in.queries';

type Props = { token: string; onSignedIn: (signedIn: PortalSignedIn) => void; onNewLink: () => void };

/** A link from a mail: spent by a press of the button, so that a scanner which opens links does not spend it. */
export function RedeemLink({ token, onSignedIn, onNewLink }: Props) {
  const { t } = useTranslation();
  const redeem = useRedeemLink();
  useEffect(() => {
    // The token leaves the address at once: it must not stay in the history of a shared computer.
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  }, []);
  if (isSpent(redeem.error))
    return (
      <Entrance title={t('signIn.redeemFailed')} lead={t('signIn.redeemFailedText')}>
        <Button fullWidth onClick={onNewLink}>
          {t('signIn.newLink')}
        </Button>
      </Entrance>
    );
  return (
    <Entrance title={t('signIn.redeemTitle')} lead={t('signIn.redeemText')}>
      <Stack gap="sm">
        {redeem.error && (
          <Alert color="red" role="alert">
            {redeem.error.message}
          </Alert>
        )}
        <Button
          fullWidth
          size="lg"
          loading={redeem.isPending}
          onClick={() => redeem.mutate(token, { onSuccess: onSignedIn })}
        >
          {t('signIn.redeem')}
        </Button>
      </Stack>
    </Entrance>
  );
}

// A lost connection or too many tries leave the link as good as it was.
const isSpent = (error: Error | null) => error instanceof ApiProblem && !error.isOffline && error.status !== 429;
