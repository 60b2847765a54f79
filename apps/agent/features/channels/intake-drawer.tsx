import { useHolds } from '@/api';
import { SideDrawer, Deeds } from '@/directory/form-drawer';
import { Alert, Button } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { ErrorState, Loading } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconDownload, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './channels.module.css';
import { DecideForm } from './decide-form';
import { IntakeStateBadge } from './intake-state';
import { intakeMailQuery, useDownloadRaw, useReplay, type IntakeMail } from './intake.queries';
import { TicketLink } from './ticket-link';

/** States from which a mail may be read again. */
const REPLAYABLE: IntakeMail['state'][] = ['held', 'ignored', 'failed'];

/** One mail of the journal: what it is, what became of it, what can be done. */
export function IntakeDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: mail, error, refetch } = useQuery(intakeMailQuery(id));
  const isManager = useHolds('channels.manage_intake');
  return (
    <SideDrawer
      title={mail?.subject || t(mail ? 'channels.noSubject' : 'channels.intake.one')}
      size={560}
      onClose={onClose}
    >
      {error && !mail && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!mail && !error && <Loading lines={10} />}
      {mail && (
        <div className={classes.card}>
          <div className={classes.verdict}>
            <IntakeStateBadge state={mail.state} />
            {mail.reason && <span>{mail.reason.text}</span>}
            <TicketLink number={mail.ticketNumber} />
          </div>
          {mail.problem && (
            <Alert color="orange" variant="light" classNames={{ message: classes.words }}>
              {t('channels.intake.problem', { words: mail.problem })}
            </Alert>
          )}
          {isManager && mail.state === 'held' && <DecideForm mail={mail} onDone={onClose} />}
          <Facts mail={mail} />
          <MailDeeds mail={mail} isManager={isManager} />
        </div>
      )}
    </SideDrawer>
  );
}

function Facts({ mail }: { mail: IntakeMail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts: [string, ReactNode][] = [
    ['from', mail.from && [mail.from.name, `<${mail.from.address}>`].filter(Boolean).join(' ')],
    ['envelopeFrom', mail.envelopeFrom === '' ? '<>' : mail.envelopeFrom],
    ['envelopeTo', mail.envelopeTo.join(', ')],
    ['receivedAt', format.full(mail.receivedAt)],
    ['parsedAt', mail.parsedAt && format.full(mail.parsedAt)],
    ['channel', t(`channels.intake.channel.${mail.channel}`)],
    ['size', format.bytes(mail.size)],
    ['messageId', mail.messageId && <code>{mail.messageId}</code>],
    ['sha256', <code key="sha">{mail.sha256}</code>],
    ['attempts', mail.attempts > 1 && format.number(mail.attempts)],
    [
      'duplicateOf',
      mail.duplicateOfId && <Link to={`/channels/intake/${mail.duplicateOfId}`}>{t('channels.intake.original')}</Link>,
    ],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name} className={classes.fact}>
              <dt>{t(`channels.field.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function MailDeeds({ mail, isManager }: { mail: IntakeMail; isManager: boolean }) {
  const { t } = useTranslation();
  const replay = useReplay(mail.id);
  const download = useDownloadRaw(mail.id);
  const failed = (error: Error) => notifyProblem(t('ui.failed'), error);
  return (
    <Deeds>
      <Button
        variant="default"
        leftSection={<IconDownload size={15} />}
        loading={download.isPending}
        disabled={mail.size === 0}
        onClick={() => download.mutate(undefined, { onError: failed })}
      >
        {t('channels.intake.raw')}
      </Button>
      {isManager && REPLAYABLE.includes(mail.state) && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={15} />}
          loading={replay.isPending}
          onClick={() =>
            replay.mutate(undefined, { onSuccess: () => notifyDone(t('channels.intake.replayed')), onError: failed })
          }
        >
          {t('channels.intake.replay')}
        </Button>
      )}
    </Deeds>
  );
}
