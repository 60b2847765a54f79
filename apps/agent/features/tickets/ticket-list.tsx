import { useTicketSlots } from '@/slots/ticket-slots';
import { useMe } from '@/api';
import { ApiProblem } from '@opora/client';
import { useHotkey } from '@opora/ui/hotkeys';
import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { DataTable } from '@opora/ui/table';
import { IconInbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Layout } from './board.queries';
import type { useListAddress } from './list-address';
import { ListToolbar } from './list-toolbar';
import { SelectionBar, useSelectColumn } from './selection-bar';
import { TicketBoard } from './ticket-board';
import { TicketCalendar } from './ticket-calendar';
import { useTicketColumns } from './ticket-columns';
import classes from './ticket-list.module.css';
import { ticketViewsQuery } from './ticket-views.queries';
import { ticketCountQuery } from './tickets.queries';
import type { TicketRow } from './tickets.types';
import { useSelection } from './use-selection';
import type { TicketRows } from './use-ticket-rows';

type Props = {
  address: ReturnType<typeof useListAddress>;
  list: TicketRows;
  cursor: string | null;
  onCursor: (row: TicketRow) => void;
  isCompact: boolean;
  layout: Layout;
};

/** One view's tickets with its filter; dense rows, or two lines each beside an open ticket. */
export function TicketList({ address, list, cursor, onCursor, isCompact, layout }: Props) {
  const { t } = useTranslation();
  const { data: views } = useQuery(ticketViewsQuery());
  const view = views?.data.find(({ id }) => id === address.view);
  const { view: viewId, q } = address.params;
  const counted = useQuery({
    ...ticketCountQuery({ ...(viewId ? { view: viewId } : {}), ...(q ? { q } : {}) }),
    enabled: q !== undefined,
  });
  const total = q === undefined ? view?.count : counted.data?.count;
  const { banners, selection: tools } = useTicketSlots();
  const me = useMe();
  const usable = tools.filter(({ permission }) => me.permissions.includes(permission));
  const selection = useSelection(list.rows, address.params);
  const columns = useSelectColumn(
    useTicketColumns(isCompact, view?.columns),
    selection,
    usable.length > 0 && (!isCompact || selection.isOn),
  );
  const group = t('tickets.keys.list');
  const hasTools = usable.length > 0 && list.rows.length > 0;
  useHotkey('KeyX', () => selection.toggleNumber(cursor), { label: t('tickets.select.key'), group, isOn: hasTools });
  useHotkey('shift+KeyX', selection.chooseAll, { label: t('tickets.select.keyAll'), group, isOn: hasTools });
  useHotkey('Escape', selection.clear, {
    label: t('tickets.select.clear'),
    group,
    isOn: selection.isOn && !address.number,
  });
  const title = view?.name ?? t('tickets.found');
  const isList = layout === 'list';
  const asked = isList ? list.error : counted.error;
  const refusal = asked instanceof ApiProblem && asked.status === 422 ? asked : null;

  useEffect(() => {
    if (!address.number) document.title = `${title} · Opora`;
  }, [title, address.number]);

  return (
    <section className={classes.list} aria-label={title}>
      <ListToolbar
        address={address}
        view={view}
        layout={layout}
        title={title}
        total={total}
        refusal={refusal}
        isCompact={isCompact}
        {...(usable.length > 0 && isList ? { onSelect: selection.begin } : {})}
      />
      {selection.isOn && isList && <SelectionBar selection={selection} tools={usable} total={total} />}
      {banners.map(({ key, Banner }) => (
        <Banner key={key} />
      ))}
      {layout === 'board' && <TicketBoard address={address} label={t('tickets.board.label', { name: title })} />}
      {layout === 'calendar' && (
        <TicketCalendar address={address} field={address.field ?? view?.calendarField ?? 'deadlineAt'} />
      )}
      {isList && list.isPending && !list.error && <Loading lines={14} height={isCompact ? 34 : 16} />}
      {isList && list.error && !refusal && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {isList && list.isComplete && list.rows.length === 0 && (
        <EmptyState
          icon={<IconInbox size={36} stroke={1.3} />}
          title={t('tickets.empty.title')}
          hint={q ? t('tickets.empty.filtered') : t('tickets.empty.hint')}
        />
      )}
      {isList && list.rows.length > 0 && !refusal && (
        <DataTable
          label={t('tickets.listLabel', { name: title })}
          rows={list.rows}
          columns={columns}
          keyOf={(row) => String(row.number)}
          cursor={cursor}
          selected={address.number ?? null}
          onCursor={onCursor}
          onOpen={(row) => address.open(row.number)}
          onHover={list.prefetch}
          tintOf={(row) => row.color?.tint}
          rowHeight={isCompact ? 60 : 32}
          hidesHeader={isCompact}
          total={total ?? -1}
          sort={address.sort ?? view?.sort ?? undefined}
          onSort={(sort) => address.change({ sort })}
          onEnd={list.more}
          isLoadingMore={list.isLoadingMore}
        />
      )}
    </section>
  );
}
