import { useHolds } from '@/api';
import { useListAddress } from '@/directory/list-address';
import { Alert, Badge, Button } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { IconAlertTriangle, IconArrowLeft, IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ProcessDrawer } from './process-drawer';
import { processGraph, type GraphNode } from './process-graph';
import classes from './process-page.module.css';
import { ProcessTable } from './process-table';
import { processQuery, type Process } from './processes.queries';
import { StatusDrawer } from './status-drawer';
import { TicketConfigTabs } from './ticket-config-tabs';
import { TransitionDrawer } from './transition-drawer';
import { useLocal } from './use-local';

// The layout engine is heavy and only this page draws with it.
const ProcessDiagram = lazy(async () => ({ default: (await import('./process-diagram')).ProcessDiagram }));

/** One process: its picture, the same in words, and the forms of its parts. */
export function ProcessPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const local = useLocal();
  const isManager = useHolds('tickets.configure');
  const [isEdited, edit] = useState(false);
  const { data: process, error, refetch } = useQuery(processQuery(id));
  return (
    <Page
      title={process ? local(process.name) : t('ticketConfig.field.process')}
      actions={
        <>
          {process?.isDefault && <Badge>{t('ticketConfig.isDefault')}</Badge>}
          {isManager && process && (
            <Button variant="default" leftSection={<IconPencil size={15} />} onClick={() => edit(true)}>
              {t('ticketConfig.processes.settings')}
            </Button>
          )}
          <Button
            component={Link}
            to="/ticket-config/processes"
            variant="default"
            leftSection={<IconArrowLeft size={15} />}
          >
            {t('ticketConfig.processes.all')}
          </Button>
        </>
      }
      toolbar={<TicketConfigTabs />}
    >
      {error && !process && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!process && !error && <Loading lines={12} height={18} />}
      {process && <ProcessBody process={process} isManager={isManager} />}
      {process && isEdited && <ProcessDrawer process={process} onClose={() => edit(false)} />}
    </Page>
  );
}

function ProcessBody({ process, isManager }: { process: Process; isManager: boolean }) {
  const { t } = useTranslation();
  const address = useListAddress();
  const nodes = useMemo(() => processGraph(process), [process]);
  const [statusId, transitionId, fromId] = [address.get('status'), address.get('transition'), address.get('from')];
  const show = (changes: Record<string, string>) =>
    address.set({ status: null, transition: null, from: null, ...changes });
  const close = () => show({});
  useHotkey('KeyN', () => show({ status: 'new' }), {
    label: t('ticketConfig.processes.addStatus'),
    group: t('directory.keys'),
    isOn: isManager,
  });
  return (
    <div className={classes.page}>
      <Problems nodes={nodes} />
      <figure className={classes.figure}>
        <div className={classes.picture} tabIndex={0} role="region" aria-label={t('ticketConfig.processes.diagram')}>
          <Suspense fallback={<Loading lines={6} height={22} />}>
            <ProcessDiagram nodes={nodes} onOpen={(status) => show({ status })} />
          </Suspense>
        </div>
        <Legend />
      </figure>
      <div>
        <ProcessTable
          nodes={nodes}
          isManager={isManager}
          onStatus={(status) => show({ status })}
          onTransition={(transition) => show({ transition })}
          onAdd={(from) => show({ transition: 'new', from })}
        />
        {isManager && (
          <Button
            mt="md"
            variant="default"
            leftSection={<IconPlus size={15} />}
            onClick={() => show({ status: 'new' })}
          >
            {t('ticketConfig.processes.addStatus')}
          </Button>
        )}
      </div>
      {statusId && (
        <StatusDrawer
          key={statusId}
          process={process}
          id={statusId === 'new' ? null : statusId}
          isManager={isManager}
          onClose={close}
        />
      )}
      {transitionId && (
        <TransitionDrawer
          key={transitionId}
          process={process}
          id={transitionId === 'new' ? null : transitionId}
          fromId={fromId}
          isManager={isManager}
          onClose={close}
        />
      )}
    </div>
  );
}

/** What is wrong with the process, before people meet it. */
function Problems({ nodes }: { nodes: GraphNode[] }) {
  const { t } = useTranslation();
  const local = useLocal();
  const wrong = nodes.filter(({ problem }) => problem !== null);
  if (wrong.length === 0) return null;
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={t('ticketConfig.processes.problems')}
      classNames={{ message: classes.problems, title: classes.problems }}
    >
      <ul className={classes.problemList}>
        {wrong.map(({ status, problem }) => (
          <li key={status.id}>{t(`ticketConfig.processes.problemText.${problem}`, { name: local(status.name) })}</li>
        ))}
      </ul>
    </Alert>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <figcaption className={classes.legend}>
      {(['start', 'final', 'client', 'comment'] as const).map((sign) => (
        <span key={sign} className={classes.sign}>
          <i data-sign={sign} aria-hidden />
          {t(`ticketConfig.processes.legend.${sign}`)}
        </span>
      ))}
    </figcaption>
  );
}
