import { useState } from 'react';
import { SegmentedControl, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { beginSession, type PortalSignedIn } from '@/session';
import { Entrance } from './entrance';
import { LinkForm } from './link-form';
import { PasswordForm } from './password-form';
import { RedeemLink } from './redeem-link';
import { safeNext, tokenOf } from './sign-in-address';

/** Sign-in by password, by a link one asks for, or by the link that has come. */
export function SignInPage() {
  const { t } = useTranslation();
  const [way, setWay] = useState<'password' | 'link'>('password');
  const [email, setEmail] = useState('');
  const [token, setToken] = useState(tokenOf(useLocation().hash));
  const enter = useEnter();
  if (token)
    return (
      <RedeemLink
        token={token}
        onSignedIn={enter}
        onNewLink={() => {
          setToken(null);
          setWay('link');
        }}
      />
    );
  return (
    <Entrance title={t('signIn.title')} lead={t('signIn.lead')}>
      <Stack gap="md">
        <SegmentedControl
          fullWidth
          aria-label={t('signIn.way')}
          value={way}
          onChange={(chosen) => setWay(chosen as typeof way)}
          data={[
            { value: 'password', label: t('signIn.byPassword') },
            { value: 'link', label: t('signIn.byLink') },
          ]}
        />
        {way === 'password' ? (
          <PasswordForm email={email} onEmail={setEmail} onSignedIn={enter} />
        ) : (
          <LinkForm email={email} onEmail={setEmail} />
        )}
      </Stack>
    </Entrance>
  );
}

function useEnter() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  return (signedIn: PortalSignedIn) => {
    beginSession(queries, signedIn);
    void navigate(safeNext(params.get('next')), { replace: true });
  };
}
