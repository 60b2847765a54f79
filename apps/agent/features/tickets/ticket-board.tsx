import { Button } from '@mantine/core';
import { ErrorState, Loading } from '@opora/ui/page';
import { ApiProblem } from '@opora/client';
import { useFormat } from '@opora/ui/format';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BoardCard } from './board-card';
import { BoardMover, type BoardMove } from './board-mover';
import { boardQuery, moreCardsQuery, useBoardEcho, type Board, type BoardColumn } from './board.queries';
import type { useListAddress } from './list-address';
import { StatusMark } from './marks';
import classes from './ticket-board.module.css';
import type { TicketRow } from './tickets.types';
import { useCardDrop } from './use-card-drag';

type Props = { address: ReturnType<typeof useListAddress>; label: string };

/** The list in columns: a card carried to another column goes along the transition that leads there. */
export function TicketBoard({ address, label }: Props) {
  const { params } = address;
  const { data, error, refetch } = useQuery(boardQuery(params));
  const [moved, setMoved] = useState<{ id: number; move: BoardMove } | null>(null);
  const echo = useBoardEcho(params);
  const move = (board: Board, row: TicketRow, to: BoardColumn) => {
    if (to.data.some(({ id }) => id === row.id) || columnOf(board, row) === to.id) return;
    const { back } = echo(row, to.id);
    setMoved((last) => ({ id: (last?.id ?? 0) + 1, move: { row, to, by: board.by, back } }));
  };
  if (error instanceof ApiProblem && error.status === 422) return null;
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={10} height={40} />;
  return (
    <div className={classes.board} role="group" aria-label={label}>
      {data.columns.map((column) => (
        <Column
          key={column.id}
          board={data}
          column={column}
          address={address}
          onMove={(row, to) => move(data, row, to)}
        />
      ))}
      {moved && <BoardMover key={moved.id} move={moved.move} onOpen={address.open} />}
    </div>
  );
}

const columnOf = ({ by }: Board, { status }: TicketRow): string => (by === 'status' ? status.id : status.category);

type ColumnProps = {
  board: Board;
  column: BoardColumn;
  address: Props['address'];
  onMove: (row: TicketRow, to: BoardColumn) => void;
};

function Column({ board, column, address, onMove }: ColumnProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { ref, isOver } = useCardDrop<HTMLElement>((row) => onMove(row, column));
  const [isMore, setMore] = useState(false);
  const more = useInfiniteQuery({
    ...moreCardsQuery(address.params, board.by, column.id, column.next ?? ''),
    enabled: isMore && column.next !== null,
  });
  const rest = (isMore && column.next !== null && more.data?.pages.flatMap(({ data }) => data)) || [];
  const first = new Set(column.data.map(({ id }) => id));
  const rows = [...column.data, ...rest.filter(({ id }) => !first.has(id))];
  const hasMore = column.next !== null && (!isMore || more.hasNextPage || more.isPending);
  return (
    <section ref={ref} className={classes.column} data-over={isOver || undefined} aria-label={column.name}>
      <h2 className={classes.columnHead}>
        <StatusMark status={{ name: column.name, color: column.color ?? 'gray', category: column.category }} />
        <span className={classes.count}>{format.number(column.count)}</span>
      </h2>
      <ul className={classes.cards}>
        {rows.map((row) => (
          <li key={row.id}>
            <BoardCard
              row={row}
              hasStatus={board.by === 'category'}
              isOpen={address.number === String(row.number)}
              columns={board.columns.filter(({ id }) => id !== column.id)}
              onMove={(to) => onMove(row, to)}
            />
          </li>
        ))}
        {rows.length === 0 && <li className={classes.nothing}>{t('tickets.board.nothing')}</li>}
        {hasMore && (
          <li>
            <Button
              variant="subtle"
              size="compact-sm"
              fullWidth
              loading={isMore && more.isFetching}
              onClick={() => (isMore ? void more.fetchNextPage() : setMore(true))}
            >
              {t('tickets.board.more', { count: Math.max(1, column.count - rows.length) })}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}
