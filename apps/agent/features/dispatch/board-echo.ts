/** What the board shows at once, before the server has answered. Pure. */
import { dayAt } from './board-time';
import type { Board, BoardBlock, BoardPerson, BoardTicket, Deed } from './dispatch.types';

const seconds = (block: BoardBlock): number => (Date.parse(block.to) - Date.parse(block.from)) / 1000;

function withLoad(board: Board, person: BoardPerson, block: BoardBlock, sign: 1 | -1): BoardPerson['load'] {
  const day = dayAt(board.days, Date.parse(block.from));
  return person.load.map((load, at) =>
    at === day ? { ...load, plannedSeconds: Math.max(0, load.plannedSeconds + sign * seconds(block)) } : load,
  );
}

function without(board: Board, person: BoardPerson, ticketId: string): BoardPerson {
  const block = person.blocks.find(({ ticket }) => ticket?.id === ticketId);
  if (!block) return person;
  return {
    ...person,
    blocks: person.blocks.filter((one) => one !== block),
    load: withLoad(board, person, block, -1),
  };
}

/** The ticket as it will be. */
export const movedTicket = ({ ticket, scheduledFor, plannedSeconds }: Deed): BoardTicket => ({
  ...ticket,
  ...(scheduledFor !== undefined && { scheduledFor }),
  ...(plannedSeconds !== undefined && { plannedSeconds }),
});

function withTicket(board: Board, person: BoardPerson, ticket: BoardTicket): BoardPerson {
  const from = ticket.scheduledFor ? Date.parse(ticket.scheduledFor) : NaN;
  if (dayAt(board.days, from) < 0) return person;
  const to = from + (ticket.plannedSeconds ?? board.visitSeconds) * 1000;
  const block: BoardBlock = {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    ticket,
    travel: null,
  };
  return {
    ...person,
    blocks: [...person.blocks, block].sort((one, other) => Date.parse(one.from) - Date.parse(other.from)),
    load: withLoad(board, person, block, 1),
  };
}

/** The board after the deed. */
export function boardAfter(board: Board, deed: Deed): Board {
  const { ticket, fromId, to } = deed;
  const moved = movedTicket(deed);
  const gained = (id: string): number => Number(id === to?.id) - Number(id === fromId);
  return {
    ...board,
    people: board.people.map((person) => {
      const left = without(board, person, ticket.id);
      const next = person.id === to?.id ? withTicket(board, left, moved) : left;
      return gained(person.id) ? { ...next, openCount: person.openCount + gained(person.id) } : next;
    }),
  };
}
