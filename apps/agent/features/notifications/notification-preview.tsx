import { Table } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { ErrorState, Loading } from '@opora/ui/page';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './notifications.module.css';
import { notificationPreviewQuery } from './notifications.queries';

/** What would reach the person, where and when, if it happened now. */
export function NotificationPreview() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(notificationPreviewQuery());
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={4} />;
  const words = (way: string, at: string | null) =>
    at ? t(`notifications.way.${way}`, { at: format.dateTime(at) }) : t(`notifications.way.${way}`);
  return (
    <>
      <p className={classes.small}>
        {data.quietUntil
          ? t('notifications.preview.quiet', { at: format.dateTime(data.quietUntil) })
          : t('notifications.preview.awake')}
      </p>
      <Table verticalSpacing={4} className={classes.matrix}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('notifications.what')}</Table.Th>
            <Table.Th>{t('notifications.app')}</Table.Th>
            <Table.Th>{t('notifications.mail')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.rows.map(({ kind, app, appAt, mail, mailAt }) => (
            <Table.Tr key={kind}>
              <Table.Td>{t(`notifications.kind.${kind}`)}</Table.Td>
              <Table.Td>{words(app, appAt)}</Table.Td>
              <Table.Td>{words(mail, mailAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
