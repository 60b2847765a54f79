import { useMediaQuery } from '@mantine/hooks';
import { useHotkey } from '@opora/ui/hotkeys';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useListAddress } from './list-address';
import { SplitPane } from './split-pane';
import { TicketList } from './ticket-list';
import { TicketPane } from './ticket-pane';
import { ticketViewsQuery } from './ticket-views.queries';
import { useTicketRows } from './use-ticket-rows';

/** The list, the ticket, or both side by side. */
export function TicketsPage() {
  const { t } = useTranslation();
  const address = useListAddress();
  const isNarrow = useMediaQuery('(max-width: 64em)', window.innerWidth < 1024, { getInitialValueInEffect: false });
  const { data: views } = useQuery(ticketViewsQuery());
  // The first view that has something to show, so that nobody begins the day at an empty list.
  const first = (views?.data.find(({ count }) => count > 0) ?? views?.data[0])?.id;
  const { view, q, change, number, open, close, pane } = address;
  const needsView = !view && !q;
  useEffect(() => {
    if (needsView && first) change({ view: first });
  }, [needsView, first, change]);

  const layout = address.layout ?? views?.data.find(({ id }) => id === view)?.layout ?? 'list';
  const isReady = !needsView || views?.data.length === 0;
  const list = useTicketRows(address.params, isReady && layout === 'list');
  const [cursor, setCursor] = useState<string | null>(null);
  const at = list.rows.findIndex((row) => String(row.number) === (number ?? cursor));
  const neighbour = (step: number) => list.rows[at < 0 ? 0 : at + step];
  const move = (step: number) => {
    const row = neighbour(step);
    if (!row) return;
    if (number) open(row.number, true);
    else setCursor(String(row.number));
  };
  const group = t('tickets.keys.list');
  useHotkey('KeyJ', () => move(1), { label: t('tickets.keys.next'), group });
  useHotkey('KeyK', () => move(-1), { label: t('tickets.keys.previous'), group });
  useHotkey('Enter', () => void (cursor && open(Number(cursor))), {
    label: t('tickets.keys.open'),
    group,
    isOn: !number && cursor !== null,
  });
  useHotkey('Escape', close, { label: t('tickets.keys.close'), group, isOn: number !== undefined });
  useHotkey('KeyV', () => change({ pane: pane === 'full' ? null : 'full' }), {
    label: t('tickets.keys.pane'),
    group,
    isOn: number !== undefined && !isNarrow,
  });

  const isFull = number !== undefined && (isNarrow || pane === 'full');
  const listPane = (
    <TicketList
      address={address}
      list={list}
      cursor={number ?? cursor}
      onCursor={(row) => (number ? open(row.number, true) : setCursor(String(row.number)))}
      isCompact={isNarrow || number !== undefined}
      layout={layout}
    />
  );
  const ticketPane = number !== undefined && (
    <TicketPane
      key={number}
      number={number}
      isFull={isFull}
      onPane={isNarrow ? undefined : () => change({ pane: pane === 'full' ? null : 'full' })}
      onClose={close}
      onStep={move}
      hasPrevious={at > 0}
      hasNext={at >= 0 && at < list.rows.length - 1}
    />
  );
  if (isFull) return ticketPane;
  if (!ticketPane) return listPane;
  return <SplitPane left={listPane} right={ticketPane} label={t('tickets.resize')} />;
}
