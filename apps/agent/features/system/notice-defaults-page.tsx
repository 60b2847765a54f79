import { Checkbox, NativeSelect, Switch, Table } from '@mantine/core';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { noticeDefaultsQuery, useSaveNoticeDefaults, type NoticeDefault } from './notice-defaults.queries';
import classes from './system.module.css';
import { SystemTabs } from './system-tabs';

const WISHES: NoticeDefault['app'][] = ['now', 'digest', 'off'];

/** What everybody is told who has not chosen otherwise, and what nobody may choose. */
export function NoticeDefaultsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(noticeDefaultsQuery());
  const save = useSaveNoticeDefaults();
  const onError = (failure: Error) => notifyProblem(t('notifications.failed'), failure);
  return (
    <Page title={t('system.notices.title')} toolbar={<SystemTabs />}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} height={26} />}
      {data && (
        <div className={classes.notices}>
          <p>{t('system.notices.hint')}</p>
          <div className={classes.scroll}>
            <Table verticalSpacing={4}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('notifications.what')}</Table.Th>
                  <Table.Th>{t('notifications.app')}</Table.Th>
                  <Table.Th>{t('notifications.mail')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.defaults.map((row) => (
                  <DefaultRow
                    key={row.kind}
                    row={row}
                    onChange={(changed) => save.mutate({ defaults: [changed] }, { onError })}
                  />
                ))}
              </Table.Tbody>
            </Table>
          </div>
          <Switch
            mt="lg"
            label={t('system.notices.substitutes')}
            description={t('system.notices.substitutesHint')}
            checked={data.tellsSubstitutes}
            onChange={(event) => save.mutate({ tellsSubstitutes: event.currentTarget.checked }, { onError })}
          />
        </div>
      )}
    </Page>
  );
}

function DefaultRow({
  row: { isUrgent: _, hasOwnMail, ...row },
  onChange,
}: {
  row: NoticeDefault;
  onChange: (row: Omit<NoticeDefault, 'isUrgent' | 'hasOwnMail'>) => void;
}) {
  const { t } = useTranslation();
  const name = t(`notifications.kind.${row.kind}`);
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      {(['app', 'mail'] as const).map((channel) => {
        const label = `${name}: ${t(`notifications.${channel}`)}`;
        if (channel === 'mail' && hasOwnMail) return <Table.Td key={channel}>{t('system.notices.always')}</Table.Td>;
        return (
          <Table.Td key={channel}>
            <NativeSelect
              size="xs"
              aria-label={label}
              data={WISHES.map((wish) => ({ value: wish, label: t(`notifications.wish.${wish}`) }))}
              value={row[channel]}
              onChange={(event) => onChange({ ...row, [channel]: event.currentTarget.value })}
            />
            <Checkbox
              mt={4}
              size="xs"
              label={t('system.notices.locked')}
              aria-label={`${label} — ${t('system.notices.locked')}`}
              checked={row[`${channel}Locked`]}
              onChange={(event) => onChange({ ...row, [`${channel}Locked`]: event.currentTarget.checked })}
            />
          </Table.Td>
        );
      })}
    </Table.Tr>
  );
}
