import { useListAddress } from '@/directory/list-address';
import { useNarrow } from '@/directory/use-narrow';
import { useNow } from '@opora/ui/format';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BoardBar } from './board-bar';
import { BoardLanes } from './board-lanes';
import { firstFree } from './board-time';
import classes from './board.module.css';
import { BoardWeek } from './board-week';
import { boardQuery, useAssign } from './dispatch.queries';
import { DispatchTabs } from './dispatch-tabs';
import type { Board } from './dispatch.types';
import { PhoneBoard } from './phone-board';
import { TicketSheet } from './ticket-sheet';
import { UnassignedPanel } from './unassigned-panel';
import { type Dragged, type Target, useBoardDrag } from './use-board-drag';

/** people, their load and their skills; a ticket is handed over by one drag. */
export function BoardPage() {
  const { t } = useTranslation();
  const address = useListAddress();
  const [teamId, date] = [address.get('team'), address.get('date')];
  const days = address.get('days') === '7' ? 7 : 1;
  const board = useQuery(boardQuery({ days, ...(teamId ? { teamId } : {}), ...(date ? { date } : {}) }));
  return (
    <Page isWide title={t('dispatch.board.title')} toolbar={<DispatchTabs />}>
      <BoardBar teamId={teamId} date={date ?? board.data?.days[0]?.date} days={days} onChange={address.set} />
      {board.error && !board.data ? (
        <ErrorState error={board.error} onRetry={() => void board.refetch()} />
      ) : board.data ? (
        <BoardBody board={board.data} teamId={teamId} isWeek={days === 7} />
      ) : (
        <Loading lines={12} height={28} />
      )}
    </Page>
  );
}

type Props = { board: Board; teamId: string | undefined; isWeek: boolean };

function BoardBody({ board, teamId, isWeek }: Props) {
  const isNarrow = useNarrow();
  const now = useNow();
  const { assign } = useAssign();
  const [openId, open] = useState<string | null>(null);
  const drop = ({ ticket, fromId }: Dragged, { personId, at, day }: Target) => {
    const person = board.people.find(({ id }) => id === personId) ?? null;
    if (!person) return fromId ? assign({ ticket, fromId, to: null, scheduledFor: null }) : undefined;
    const seconds = ticket.plannedSeconds ?? board.visitSeconds;
    const shown = day === null ? undefined : board.days[day];
    const free = shown && firstFree(person, shown, seconds, now);
    const moment = at ?? free ?? (shown ? Date.parse(shown.from) + 9 * 3_600_000 : null);
    if (fromId === person.id && (moment === null || moment === Date.parse(ticket.scheduledFor ?? ''))) return;
    assign({
      ticket,
      fromId,
      to: { id: person.id, name: person.name },
      ...(moment !== null && { scheduledFor: new Date(moment).toISOString() }),
      ...(teamId && { teamId }),
    });
  };
  const drag = useBoardDrag(drop);
  const sheet = openId && <TicketSheet key={openId} ticketId={openId} teamId={teamId} onClose={() => open(null)} />;
  if (isNarrow)
    return (
      <>
        <PhoneBoard board={board} teamId={teamId} onOpen={open} />
        {sheet}
      </>
    );
  const Lanes = isWeek ? BoardWeek : BoardLanes;
  return (
    <div className={classes.split}>
      <UnassignedPanel board={board} teamId={teamId} drag={drag} onOpen={open} />
      <Lanes board={board} drag={drag} now={now} onOpen={open} />
      {sheet}
    </div>
  );
}
