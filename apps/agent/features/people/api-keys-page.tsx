import { useHolds } from '@/api';
import { SecretDialog } from '@/directory/secret-dialog';
import { useRows } from '@/directory/use-rows';
import { Badge, Button, Code, Group, Text } from '@mantine/core';
import { RelativeTime, useFormat, useNow } from '@opora/ui/format';
import { ConfirmDialog } from '@opora/ui/dialog';
import { useHotkey } from '@opora/ui/hotkeys';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiKeyDrawer } from './api-key-drawer';
import classes from './api-keys.module.css';
import { apiKeysQuery, useRevokeApiKey, type ApiKey } from './api-keys.queries';
import { PeopleTabs } from './people-tabs';

type Created = { name: string; secret: string };

/** Keys of programs: what they may, for how long, when they were used last. */
export function ApiKeysPage() {
  const { t } = useTranslation();
  const [isCreating, setCreating] = useState(false);
  const [created, setCreated] = useState<Created | null>(null);
  const isManager = useHolds('people.manage_api_keys');
  const query = useInfiniteQuery({ ...apiKeysQuery(), enabled: isManager });
  const { rows, more, isLoadingMore } = useRows(query);
  useHotkey('KeyN', () => setCreating(true), {
    label: t('people.apiKeys.add'),
    group: t('directory.keys'),
    isOn: isManager,
  });
  const add = (
    <Button leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>
      {t('people.apiKeys.add')}
    </Button>
  );
  if (!isManager) {
    return (
      <Page title={t('people.apiKeys.title')} toolbar={<PeopleTabs />}>
        <EmptyState title={t('people.apiKeys.noRight')} hint={t('people.apiKeys.noRightHint')} />
      </Page>
    );
  }
  return (
    <Page title={t('people.apiKeys.title')} actions={add} toolbar={<PeopleTabs />}>
      {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading lines={6} />}
      {query.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={<IconKey size={36} stroke={1.3} />}
          title={t('people.apiKeys.empty')}
          hint={t('people.apiKeys.emptyHint')}
          action={add}
        />
      )}
      {rows.length > 0 && (
        <ul className={classes.keys} aria-label={t('people.apiKeys.title')}>
          {rows.map((key) => (
            <KeyRow key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button variant="default" mt="md" loading={isLoadingMore} onClick={more}>
          {t('ui.more')}
        </Button>
      )}
      {isCreating && (
        <ApiKeyDrawer
          onClose={() => setCreating(false)}
          onCreated={(name, secret) => {
            setCreating(false);
            setCreated({ name, secret });
          }}
        />
      )}
      {created && (
        <SecretDialog
          title={t('people.apiKeys.created', { name: created.name })}
          label={t('people.apiKeys.secret')}
          secret={created.secret}
          onClose={() => setCreated(null)}
        >
          <Text size="sm">{t('people.apiKeys.usage')}</Text>
          <Code block>{t('people.apiKeys.header', { key: created.secret.split('_').slice(0, 2).join('_') })}</Code>
        </SecretDialog>
      )}
    </Page>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const [isAsked, ask] = useState(false);
  const revoke = useRevokeApiKey();
  const isExpired = apiKey.expiresAt !== null && Date.parse(apiKey.expiresAt) <= now;
  const isDead = apiKey.revokedAt !== null || isExpired;
  const run = () =>
    revoke.mutate(apiKey.id, {
      onSuccess: () => notifyDone(t('people.apiKeys.revoked')),
      onError: (error) => notifyProblem(t('ui.failed'), error),
      onSettled: () => ask(false),
    });
  return (
    <li className={classes.key} data-dead={isDead || undefined}>
      <div className={classes.main}>
        <Group gap={8}>
          <span className={classes.name}>{apiKey.name}</span>
          <Code>{`${apiKey.prefix}_…`}</Code>
          {apiKey.revokedAt && <Badge color="gray">{t('people.apiKeys.isRevoked')}</Badge>}
          {!apiKey.revokedAt && isExpired && <Badge color="orange">{t('people.apiKeys.isExpired')}</Badge>}
        </Group>
        <Text size="xs" c="dimmed">
          {[
            t('people.apiKeys.actsFor', { name: apiKey.subject.name }),
            apiKey.subject.kind === 'contact'
              ? t('people.apiKeys.portalOnly')
              : t('people.permissionCount', { count: apiKey.permissions.length }),
            t('people.apiKeys.since', { date: format.date(apiKey.createdAt) }),
            apiKey.expiresAt
              ? t('people.apiKeys.until', { date: format.dateTime(apiKey.expiresAt) })
              : t('people.apiKeys.forever'),
          ].join(' · ')}
        </Text>
        {apiKey.permissions.length > 0 && (
          <details className={classes.scopes}>
            <summary>{t('people.apiKeys.showScopes')}</summary>
            <span>{apiKey.permissions.join(', ')}</span>
          </details>
        )}
      </div>
      <div className={classes.used}>
        <Text size="xs" c="dimmed">
          {t('people.apiKeys.lastUsed')}
        </Text>
        <span>{apiKey.lastUsedAt ? <RelativeTime at={apiKey.lastUsedAt} /> : t('people.apiKeys.neverUsed')}</span>
      </div>
      {!apiKey.revokedAt && (
        <Button
          variant="default"
          aria-label={t('people.apiKeys.revokeOf', { name: apiKey.name })}
          onClick={() => ask(true)}
        >
          {t('people.apiKeys.revoke')}
        </Button>
      )}
      <ConfirmDialog
        opened={isAsked}
        title={t('people.apiKeys.revokeAsk', { name: apiKey.name })}
        confirm={t('people.apiKeys.revoke')}
        isDangerous
        isBusy={revoke.isPending}
        onConfirm={run}
        onClose={() => ask(false)}
      >
        {t('people.apiKeys.revokeHint')}
      </ConfirmDialog>
    </li>
  );
}
