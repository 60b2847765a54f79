import { Button, Collapse, SegmentedControl, Switch, Table, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { NotificationPreview } from './notification-preview';
import classes from './notifications.module.css';
import {
  notificationSettingsQuery,
  useSaveNotificationSettings,
  type NotificationSettings,
  type SaveNotificationSettings,
} from './notifications.queries';
import { QuietHours } from './quiet-hours';
import { TimeOfDay } from './time-of-day';
import { WishSelect } from './wish-select';

/** What the person is told of, where and when. */
export function NotificationSettingsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(notificationSettingsQuery());
  const save = useSaveNotificationSettings();
  const change = (body: SaveNotificationSettings) =>
    save.mutate(body, { onError: (failure) => notifyProblem(t('notifications.failed'), failure) });
  return (
    <Page title={t('notifications.settingsTitle')}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} height={26} />}
      {data && (
        <div className={classes.settings}>
          <Matrix settings={data} onChange={change} />
          <Times settings={data} onChange={change} />
          <Preview />
        </div>
      )}
    </Page>
  );
}

type PartProps = { settings: NotificationSettings; onChange: (body: SaveNotificationSettings) => void };

function Matrix({ settings: { settings }, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <Table verticalSpacing={4} className={classes.matrix}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('notifications.what')}</Table.Th>
          <Table.Th>{t('notifications.app')}</Table.Th>
          <Table.Th>{t('notifications.mail')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {settings.map(({ kind, app, mail, appLocked, mailLocked, isUrgent }) => {
          const name = t(`notifications.kind.${kind}`);
          const locked = { app: appLocked, mail: mailLocked };
          return (
            <Table.Tr key={kind} id={kind}>
              <Table.Td>
                {name}
                {isUrgent && <div className={classes.small}>{t(`notifications.urgentKind.${kind}`)}</div>}
              </Table.Td>
              {(['app', 'mail'] as const).map((channel) => (
                <Table.Td key={channel}>
                  <WishSelect
                    label={`${name}: ${t(`notifications.${channel}`)}`}
                    value={{ app, mail }[channel]}
                    isLocked={locked[channel]}
                    onChange={(wish) => onChange({ settings: [{ kind, app, mail, [channel]: wish }] })}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

function Times({ settings: { digest, digestAt, quietHours, urgentBreaksThrough, timeZone }, onChange }: PartProps) {
  const { t } = useTranslation();
  const [digestId, quietId] = [useId(), useId()];
  return (
    <>
      <section aria-labelledby={digestId}>
        <Title order={2} size="h5" id={digestId}>
          {t('notifications.digest.title')}
        </Title>
        <p className={classes.small}>{t('notifications.digest.hint', { zone: timeZone })}</p>
        <div className={classes.digest}>
          <SegmentedControl
            size="xs"
            aria-labelledby={digestId}
            data={(['hourly', 'daily'] as const).map((value) => ({ value, label: t(`notifications.digest.${value}`) }))}
            value={digest}
            onChange={(value) => onChange({ digest: value as 'hourly' | 'daily' })}
          />
          {digest === 'daily' && (
            <TimeOfDay
              label={t('notifications.digest.at')}
              value={digestAt}
              onChange={(time) => onChange({ digestAt: time })}
            />
          )}
        </div>
      </section>
      <section aria-labelledby={quietId}>
        <Title order={2} size="h5" id={quietId}>
          {t('notifications.quiet.title')}
        </Title>
        <p className={classes.small}>{t('notifications.quiet.hint', { zone: timeZone })}</p>
        <QuietHours value={quietHours} onChange={(periods) => onChange({ quietHours: periods })} />
        <Switch
          mt="sm"
          label={t('notifications.quiet.urgent')}
          description={t('notifications.quiet.urgentHint')}
          checked={urgentBreaksThrough}
          onChange={(event) => onChange({ urgentBreaksThrough: event.currentTarget.checked })}
        />
      </section>
    </>
  );
}

function Preview() {
  const { t } = useTranslation();
  const id = useId();
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <section>
      <Button variant="default" size="xs" aria-expanded={isOpen} aria-controls={id} onClick={toggle}>
        {t('notifications.preview.title')}
      </Button>
      <Collapse id={id} expanded={isOpen}>
        {isOpen && <NotificationPreview />}
      </Collapse>
    </section>
  );
}
