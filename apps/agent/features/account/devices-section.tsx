import { Badge, Button, Text, Title } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { ErrorState, Loading } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionsQuery, useRevokeOthers, useRevokeSession } from './account.queries';
import classes from './account.module.css';

/** Where the person is signed in, and the way to end it. */
export function DevicesSection() {
  const { t } = useTranslation();
  const { data, error, refetch, isPending } = useQuery(sessionsQuery());
  const revoke = useRevokeSession();
  const revokeOthers = useRevokeOthers();
  const onError = (failure: unknown) => notifyProblem(t('account.failed'), failure);

  return (
    <section className={classes.section}>
      <Title order={2}>{t('account.devices.title')}</Title>
      {isPending && <Loading lines={3} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && (
        <div className={classes.list}>
          {data.data.map(({ id, userAgent, ip, lastUsedAt, isCurrent }) => (
            <div key={id} className={classes.device}>
              {/mobile|android|iphone/i.test(userAgent ?? '') ? (
                <IconDeviceMobile size={20} />
              ) : (
                <IconDeviceDesktop size={20} />
              )}
              <div className={classes.deviceText}>
                <Text size="sm" truncate>
                  {deviceName(userAgent) ?? t('account.devices.unknown')}
                </Text>
                <Text size="xs" c="dimmed">
                  {ip} · <RelativeTime at={lastUsedAt} />
                </Text>
              </div>
              {isCurrent ? (
                <Badge color="green">{t('account.devices.current')}</Badge>
              ) : (
                <Button
                  variant="default"
                  loading={revoke.isPending && revoke.variables === id}
                  onClick={() => revoke.mutate(id, { onError })}
                >
                  {t('account.devices.revoke')}
                </Button>
              )}
            </div>
          ))}
        </div>
      )}
      {(data?.data.length ?? 0) > 1 && (
        <Button
          variant="default"
          loading={revokeOthers.isPending}
          onClick={() => revokeOthers.mutate(undefined, { onError })}
        >
          {t('account.devices.revokeOthers')}
        </Button>
      )}
    </section>
  );
}

/** «Firefox, Windows» out of a user agent; the whole string when it says nothing familiar. */
function deviceName(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const browser = [
    ['Edg/', 'Edge'],
    ['YaBrowser', 'Yandex Browser'],
    ['OPR/', 'Opera'],
    ['Firefox/', 'Firefox'],
    ['Chrome/', 'Chrome'],
    ['Safari/', 'Safari'],
  ].find(([mark]) => userAgent.includes(mark as string))?.[1];
  const system = [
    ['Windows', 'Windows'],
    ['Android', 'Android'],
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Mac OS', 'macOS'],
    ['Linux', 'Linux'],
  ].find(([mark]) => userAgent.includes(mark as string))?.[1];
  return browser ? [browser, system].filter(Boolean).join(', ') : userAgent;
}
