import { Checkbox, Table } from '@mantine/core';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  notificationSettingsQuery,
  useSaveNotificationSettings,
  type NotificationSetting,
} from './notifications.queries';

/** What the person is told of, and where. */
export function NotificationSettingsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(notificationSettingsQuery());
  const save = useSaveNotificationSettings();
  const change = (setting: NotificationSetting) =>
    save.mutate([setting], { onError: (failure) => notifyProblem(t('notifications.failed'), failure) });
  return (
    <Page title={t('notifications.settingsTitle')}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <Table maw={620} verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('notifications.what')}</Table.Th>
              <Table.Th>{t('notifications.app')}</Table.Th>
              <Table.Th>{t('notifications.mail')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.settings.map((setting) => {
              const name = t(`notifications.kind.${setting.kind}`, { defaultValue: setting.kind });
              return (
                <Table.Tr key={setting.kind}>
                  <Table.Td>{name}</Table.Td>
                  {(['app', 'mail'] as const).map((channel) => (
                    <Table.Td key={channel}>
                      <Checkbox
                        aria-label={`${name}: ${t(`notifications.${channel}`)}`}
                        checked={setting[channel]}
                        onChange={(event) => change({ ...setting, [channel]: event.currentTarget.checked })}
                      />
                    </Table.Td>
                  ))}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
    </Page>
  );
}
