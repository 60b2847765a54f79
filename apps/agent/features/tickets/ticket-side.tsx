import { Tabs } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ClientPanel } from './client-panel';
import { FieldsPanel } from './fields-panel';
import { ObserversPanel } from './observers-panel';
import { RelatedPanel } from './related-panel';
import type { TicketView } from './tickets.types';

const HistoryPanel = lazy(() => import('./history-panel').then((panel) => ({ default: panel.HistoryPanel })));

/** Beside the conversation: the fields, the client, the people around, and what happened to the fields. */
export function TicketSide({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  return (
    <Tabs defaultValue="about" keepMounted={false}>
      <Tabs.List grow>
        <Tabs.Tab value="about">{t('tickets.about')}</Tabs.Tab>
        <Tabs.Tab value="history">{t('tickets.history')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="about">
        <FieldsPanel key={ticket.number} ticket={ticket} />
        <ClientPanel ticket={ticket} />
        <ObserversPanel ticket={ticket} />
        <RelatedPanel ticket={ticket} />
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <Suspense fallback={null}>
          <HistoryPanel number={String(ticket.number)} />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}
