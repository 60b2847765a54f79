import { useHolds } from '@/api';
import { SideDrawer } from '@/directory/form-drawer';
import { Alert, Button, Group, Stack, Textarea } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { notifyDone } from '@opora/ui/theme';
import { IconFile } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './excuses.module.css';
import type { Excuse } from './sla.types';
import { useDecide } from './watch.queries';

type Props = { excuse: Excuse; onClose: () => void };

/** One excuse with its evidence; who may, decides. */
export function ExcuseDrawer({ excuse, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const mayDecide = useHolds('sla.approve_excuse');
  return (
    <SideDrawer title={t('sla.excuses.of', { number: excuse.ticket.number })} onClose={onClose} size={520}>
      <dl className={classes.facts}>
        <Fact label={t('sla.stuck.ticket')}>
          <Link to={`/tickets/${excuse.ticket.number}`}>{excuse.ticket.subject}</Link>
        </Fact>
        <Fact label={t('sla.excuses.metric')}>{t(`timing.metric.${excuse.metric}`)}</Fact>
        {excuse.clock?.dueAt && <Fact label={t('sla.excuses.due')}>{format.full(excuse.clock.dueAt)}</Fact>}
        {excuse.clock?.stoppedAt && <Fact label={t('sla.excuses.stopped')}>{format.full(excuse.clock.stoppedAt)}</Fact>}
        <Fact label={t('sla.excuse.reason')}>{excuse.reason.name}</Fact>
        <Fact label={t('sla.excuse.note')}>{excuse.note}</Fact>
        <Fact label={t('sla.excuses.askedBy')}>
          {[excuse.askedBy?.name, format.full(excuse.askedAt)].filter(Boolean).join(', ')}
        </Fact>
        <Fact label={t('sla.excuse.evidence')}>
          {excuse.files.length === 0 ? t('sla.excuses.noFiles') : <Files files={excuse.files} />}
        </Fact>
        {excuse.state !== 'asked' && (
          <Fact label={t(`sla.excuses.${excuse.state}`)}>
            {[excuse.decidedBy?.name, excuse.decidedAt && format.full(excuse.decidedAt), excuse.decisionNote]
              .filter(Boolean)
              .join(', ')}
          </Fact>
        )}
      </dl>
      {excuse.state === 'asked' && mayDecide && <Decision id={excuse.id} onDone={onClose} />}
    </SideDrawer>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Files({ files }: Pick<Excuse, 'files'>) {
  const format = useFormat();
  return (
    <ul className={classes.files} style={{ marginTop: 0 }}>
      {files.map((file) => (
        <li key={file.id}>
          <IconFile size={15} aria-hidden />
          <a href={file.url} target="_blank" rel="noreferrer" className={classes.fileName}>
            {file.name}
          </a>
          <span className={classes.dim}>{format.bytes(file.size)}</span>
        </li>
      ))}
    </ul>
  );
}

function Decision({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const decide = useDecide(id);
  const say = (verdict: 'approve' | 'decline') =>
    decide.mutate(
      { verdict, note },
      {
        onSuccess: () => {
          notifyDone(t(`sla.excuses.done.${verdict}`));
          onDone();
        },
      },
    );
  return (
    <Stack gap="sm">
      <Textarea
        label={t('sla.excuses.decision')}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {decide.error && (
        <Alert color="red" role="alert">
          {decide.error.message}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" disabled={decide.isPending} onClick={() => say('decline')}>
          {t('sla.excuses.decline')}
        </Button>
        <Button loading={decide.isPending} onClick={() => say('approve')}>
          {t('sla.excuses.approve')}
        </Button>
      </Group>
    </Stack>
  );
}
