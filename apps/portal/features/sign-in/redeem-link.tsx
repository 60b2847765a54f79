import { useEffect } from 'react';
import { Alert, Button, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
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
  if (redeem.isError)
    return (
      <Entrance title={t('signIn.redeemFailed')} lead={t('signIn.redeemFailedText')}>
        <Stack gap="sm">
          <Alert color="red" role="alert">
            {redeem.error.message}
          </Alert>
          <Button fullWidth onClick={onNewLink}>
            {t('signIn.newLink')}
          </Button>
        </Stack>
      </Entrance>
    );
  return (
    <Entrance title={t('signIn.redeemTitle')} lead={t('signIn.redeemText')}>
      <Button
        fullWidth
        size="lg"
        loading={redeem.isPending}
        onClick={() => redeem.mutate(token, { onSuccess: onSignedIn })}
      >
        {t('signIn.redeem')}
      </Button>
    </Entrance>
  );
}
