import { Button, Stack } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { notifyProblem } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board, BoardColumn } from './board.queries';
import { useJump } from './side-jump';
import { ticketQuery } from './tickets.queries';
import type { TicketRow, TicketView, Transition } from './tickets.types';
import { useTransition } from './use-transition';

export type BoardMove = { row: TicketRow; to: BoardColumn; by: Board['by']; back: () => void };
type Props = { move: BoardMove; onOpen: (number: number) => void };

/** Moves a ticket to a column: along the transition that leads there, with all it asks and all that stands in its way. */
export function BoardMover({ move, onOpen }: Props) {
  const { t } = useTranslation();
  const { data, error, isFetchedAfterMount } = useQuery({ ...ticketQuery(String(move.row.number)), staleTime: 0 });
  const { back } = move;
  useEffect(() => {
    if (!error) return;
    back();
    notifyProblem(t('tickets.failed'), error);
  }, [error, back, t]);
  return data && isFetchedAfterMount ? <Mover move={move} ticket={data} onOpen={onOpen} /> : null;
}

function Mover({ move: { row, to, by, back }, ticket, onOpen }: Props & { ticket: TicketView }) {
  const { t } = useTranslation();
  const [choices, setChoices] = useState<Transition[]>([]);
  const { start, dialogs } = useTransition(ticket, (isDone) => !isDone && back());
  // What stands in the way is done on the ticket's own page.
  useJump(() => onOpen(row.number));
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const ways = ticket.transitions.filter((way) => (by === 'status' ? way.to.id : way.to.category) === to.id);
    const [way, another] = ways;
    if (way && !another) return start(way);
    back();
    if (another) setChoices(ways);
    else
      notifyProblem(
        t('tickets.board.noWay', { number: row.number, from: ticket.status.name, to: to.name }),
        new Error(''),
      );
  }, [ticket.transitions, ticket.status.name, start, back, t, row.number, to.name, to.id, by]);
  return (
    <>
      {choices.length > 0 && (
        <Dialog opened onClose={() => setChoices([])} title={t('tickets.board.whichWay', { number: row.number })}>
          <Stack gap="xs">
            {choices.map((way) => (
              <Button
                key={way.id}
                variant="default"
                onClick={() => {
                  setChoices([]);
                  start(way);
                }}
              >
                {way.name}
              </Button>
            ))}
          </Stack>
        </Dialog>
      )}
      {dialogs}
    </>
  );
}
