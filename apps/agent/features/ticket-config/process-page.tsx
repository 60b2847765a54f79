import { useHolds } from '@/api';
import { useListAddress } from '@/directory/list-address';
import { Badge, Button, Menu } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { IconArrowLeft, IconHistory, IconPencil, IconPlus, IconSettings, IconStar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { HiddenParts } from './hidden-parts';
import { ProcessBar, Problems } from './process-bar';
import { shownOf, withPlace } from './process-draft';
import { ProcessDrawer } from './process-drawer';
import { processGraph } from './process-graph';
import classes from './process-page.module.css';
import { ProcessTable } from './process-table';
import { processQuery, useMakeDefault, type Process, type Whole } from './processes.queries';
import { StatusDrawer } from './status-drawer';
import { TicketConfigTabs } from './ticket-config-tabs';
import { TransitionDrawer } from './transition-drawer';
import { useLocal } from './use-local';
import { useProcessDraft } from './use-process-draft';
import { VersionsDrawer } from './versions-drawer';

// The layout engine is heavy and only this page draws with it.
const ProcessDiagram = lazy(async () => ({ default: (await import('./process-diagram')).ProcessDiagram }));

/** One process: its picture, the same in words, and the forms of its parts; changes gather in a draft. */
export function ProcessPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const local = useLocal();
  const isManager = useHolds('tickets.configure');
  const { data: process, error, refetch } = useQuery(processQuery(id));
  return (
    <Page
      title={process ? local(process.name) : t('ticketConfig.field.process')}
      actions={
        <>
          {process?.isDefault && <Badge>{t('ticketConfig.isDefault')}</Badge>}
          {process && <Badge color="gray">{t('ticketConfig.draft.version', { version: process.version })}</Badge>}
          {process && <ProcessMenu process={process} isManager={isManager} />}
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
    </Page>
  );
}

function ProcessMenu({ process, isManager }: { process: Process; isManager: boolean }) {
  const { t } = useTranslation();
  const [shown, show] = useState<'settings' | 'versions' | null>(null);
  const makeDefault = useMakeDefault(process.id);
  if (!isManager) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconSettings size={15} />} loading={makeDefault.isPending}>
            {t('ticketConfig.processes.settings')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => show('settings')}>
            {t('ticketConfig.processes.edit')}
          </Menu.Item>
          <Menu.Item leftSection={<IconHistory size={15} />} onClick={() => show('versions')}>
            {t('ticketConfig.draft.versions')}
          </Menu.Item>
          {!process.isDefault && (
            <Menu.Item leftSection={<IconStar size={15} />} onClick={() => makeDefault.mutate(undefined)}>
              {t('ticketConfig.processes.default')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {shown === 'settings' && <ProcessDrawer process={process} onClose={() => show(null)} />}
      {shown === 'versions' && <VersionsDrawer process={process} isManager={isManager} onClose={() => show(null)} />}
    </>
  );
}

function ProcessBody({ process, isManager }: { process: Process; isManager: boolean }) {
  const { t } = useTranslation();
  const address = useListAddress();
  const draft = useProcessDraft(process);
  const [isPublishedShown, showPublished] = useState(false);
  const whole: Whole = isPublishedShown ? process : shownOf(process);
  const isOpen = isManager && !isPublishedShown;
  const nodes = useMemo(() => processGraph(whole), [whole]);
  const [statusId, transitionId] = [address.get('status'), address.get('transition')];
  const show = (changes: Record<string, string>) =>
    address.set({ status: null, transition: null, from: null, to: null, ...changes });
  const close = () => show({});
  useHotkey('KeyN', () => show({ status: 'new' }), {
    label: t('ticketConfig.processes.addStatus'),
    group: t('directory.keys'),
    isOn: isOpen,
  });
  return (
    <div className={classes.page}>
      <ProcessBar
        process={process}
        isManager={isManager}
        isPublishedShown={isPublishedShown}
        onSwitch={showPublished}
      />
      <Problems
        problems={whole.problems}
        onStatus={(status) => show({ status })}
        onTransition={(transition) => show({ transition })}
      />
      <figure className={classes.figure}>
        <div className={classes.picture} tabIndex={0} role="region" aria-label={t('ticketConfig.processes.diagram')}>
          <Suspense fallback={<Loading lines={6} height={22} />}>
            <ProcessDiagram
              nodes={nodes}
              isOpen={isOpen}
              onOpen={(status) => show({ status })}
              onOpenWay={(transition) => show({ transition })}
              onMove={(id, place) => draft.save((definition) => withPlace(definition, id, place))}
              onConnect={(from, to) => show({ transition: 'new', from, to })}
            />
          </Suspense>
        </div>
        <Legend isVariant={process.baseId !== null} isOpen={isOpen} />
      </figure>
      <div>
        <ProcessTable
          nodes={nodes}
          isManager={isOpen}
          onStatus={(status) => show({ status })}
          onTransition={(transition) => show({ transition })}
          onAdd={(from) => show({ transition: 'new', from })}
        />
        {isOpen && (
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
      <HiddenParts process={process} draft={draft} isManager={isOpen} />
      {statusId && (
        <StatusDrawer
          key={statusId}
          whole={whole}
          id={statusId === 'new' ? null : statusId}
          draft={draft}
          isManager={isOpen}
          onClose={close}
        />
      )}
      {transitionId && (
        <TransitionDrawer
          key={transitionId}
          whole={whole}
          id={transitionId === 'new' ? null : transitionId}
          fromId={address.get('from') ?? undefined}
          toId={address.get('to') ?? undefined}
          draft={draft}
          isManager={isOpen}
          onOpen={(transition) => show({ transition })}
          onClose={close}
        />
      )}
    </div>
  );
}

function Legend({ isVariant, isOpen }: { isVariant: boolean; isOpen: boolean }) {
  const { t } = useTranslation();
  const signs = ['start', 'final', 'client', 'comment', 'guard', ...(isVariant ? ['inherited'] : [])];
  return (
    <figcaption className={classes.legend}>
      {signs.map((sign) => (
        <span key={sign} className={classes.sign}>
          <i data-sign={sign} aria-hidden />
          {t(`ticketConfig.processes.legend.${sign}`)}
        </span>
      ))}
      {isOpen && <span className={classes.drawHint}>{t('ticketConfig.processes.drawHint')}</span>}
    </figcaption>
  );
}
