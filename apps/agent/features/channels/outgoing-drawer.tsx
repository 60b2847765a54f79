import { SideDrawer, Deeds } from '@/directory/form-drawer';
import { Button } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { EmptyState } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './channels.module.css';
import { MailStateBadge } from './mail-state';
import { useRetryMail, type OutgoingMail } from './outgoing.queries';

/** One mail of ours: to whom, about what, and why it did not leave. */
export function OutgoingDrawer({ mail, onClose }: { mail: OutgoingMail | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SideDrawer title={mail?.subject ?? t('channels.outgoing.one')} size={520} onClose={onClose}>
      {mail ? (
        <Mail mail={mail} />
      ) : (
        <EmptyState title={t('channels.outgoing.gone')} hint={t('channels.outgoing.goneHint')} />
      )}
    </SideDrawer>
  );
}

function Mail({ mail }: { mail: OutgoingMail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const retry = useRetryMail(mail.id);
  const facts: [string, ReactNode][] = [
    ['to', mail.to.join(', ')],
    ['cc', mail.cc.join(', ')],
    ['from', mail.from],
    ['kind', t(`channels.outgoing.kind.${mail.kind}`)],
    ['createdAt', format.full(mail.createdAt)],
    ['sendAfter', mail.state === 'waiting' && format.full(mail.sendAfter)],
    ['sentAt', mail.sentAt && format.full(mail.sentAt)],
    ['messageId', <code key="id">{mail.messageId}</code>],
    ['ticket', mail.subjectId && <Link to={`/tickets/${mail.subjectId}`}>{t('channels.outgoing.openTicket')}</Link>],
  ];
  return (
    <div className={classes.card}>
      <div className={classes.verdict}>
        <MailStateBadge state={mail.state} />
        {mail.reason && <span>{mail.reason}</span>}
      </div>
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
      {(mail.state === 'failed' || mail.state === 'suppressed') && (
        <Deeds>
          <Button
            leftSection={<IconRefresh size={15} />}
            loading={retry.isPending}
            onClick={() =>
              retry.mutate(undefined, {
                onSuccess: () => notifyDone(t('channels.outgoing.retried')),
                onError: (error) => notifyProblem(t('ui.failed'), error),
              })
            }
          >
            {t('channels.outgoing.retry')}
          </Button>
        </Deeds>
      )}
    </div>
  );
}
