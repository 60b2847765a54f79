import { Tabs } from '@mantine/core';
import { useTicketSlots } from '@/slots/ticket-slots';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClientPanel } from './client-panel';
import { FieldsPanel } from './fields-panel';
import { LinksPanel } from './links-panel';
import { MergedPanel } from './merged-tickets';
import { ObserversPanel } from './observers-panel';
import { RelatedPanel } from './related-panel';
import { placeId, showPlace, useJump } from './side-jump';
import type { TicketView } from './tickets.types';

const HistoryPanel = lazy(() => import('./history-panel').then((panel) => ({ default: panel.HistoryPanel })));

/** A narrow column: as many words as there are, in two lines where one is too short. */
const SNUG = { tab: { paddingInline: 8, paddingBlock: 6 } };

/** Beside the conversation: the fields, the client, the people around, and what happened to the fields. */
export function TicketSide({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const { panels, tabs } = useTicketSlots();
  const [tab, setTab] = useState('about');
  const onJump = useCallback(
    (place: string) => {
      setTab(tabs.some(({ key }) => key === place) ? place : 'about');
      showPlace(place);
    },
    [tabs],
  );
  useJump(onJump);
  return (
    <Tabs value={tab} onChange={(next) => setTab(next ?? 'about')} keepMounted={false} styles={SNUG}>
      <Tabs.List>
        <Tabs.Tab value="about">{t('tickets.about')}</Tabs.Tab>
        {tabs.map(({ key, label }) => (
          <Tabs.Tab key={key} value={key}>
            {t(label)}
          </Tabs.Tab>
        ))}
        <Tabs.Tab value="history">{t('tickets.history')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="about">
        <FieldsPanel key={ticket.number} ticket={ticket} />
        {panels.map(({ key, Panel }) => (
          <div key={key} id={placeId(key)}>
            <Panel ticket={ticket} />
          </div>
        ))}
        <ClientPanel ticket={ticket} />
        <ObserversPanel ticket={ticket} />
        <RelatedPanel ticket={ticket} />
        <LinksPanel ticket={ticket} />
        <MergedPanel ticket={ticket} />
      </Tabs.Panel>
      {tabs.map(({ key, Panel }) => (
        <Tabs.Panel key={key} value={key}>
          <div id={placeId(key)}>
            <Suspense fallback={null}>
              <Panel ticket={ticket} />
            </Suspense>
          </div>
        </Tabs.Panel>
      ))}
      <Tabs.Panel value="history">
        <Suspense fallback={null}>
          <HistoryPanel number={String(ticket.number)} />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}
