import { useTicketSlots } from '@/slots/ticket-slots';
import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowsMove } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { BoardColumn } from './board.queries';
import { PriorityMark, RuleMark, StatusMark } from './marks';
import classes from './ticket-board.module.css';
import type { TicketRow } from './tickets.types';
import { useCardDrag } from './use-card-drag';

/** The clocks a card shows, as lists name their columns. */
const CLOCKS = ['reaction', 'resolution'];

type Props = {
  row: TicketRow;
  /** The column does not say the status by itself. */
  hasStatus: boolean;
  isOpen: boolean;
  columns: BoardColumn[];
  onMove: (to: BoardColumn) => void;
};

/** A ticket on the board: carried by the pointer, or moved by its menu. */
export function BoardCard({ row, hasStatus, isOpen, columns, onMove }: Props) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const slots = useTicketSlots();
  const { ref, isDragged } = useCardDrag(row);
  const clocks = slots.columns.filter(({ key }) => CLOCKS.includes(key));
  const people = [row.company?.name, row.assignee?.name ?? t('tickets.board.nobody')].filter(Boolean).join(' · ');
  return (
    <div
      ref={ref}
      className={`${classes.card} ${row.color ? `o-tint o-tint-${row.color.tint}` : ''}`}
      data-dragged={isDragged || undefined}
      data-open={isOpen || undefined}
    >
      <div className={classes.line}>
        <PriorityMark priority={row.priority} isShort />
        <span className={classes.number}>{row.number}</span>
        {row.color && <RuleMark color={row.color} />}
        <span className={classes.grow} />
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('tickets.board.moveTo', { number: row.number })}
              title={t('tickets.board.moveTo', { number: row.number })}
            >
              <IconArrowsMove size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {columns.map((column) => (
              <Menu.Item key={column.id} onClick={() => onMove(column)}>
                {column.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      <Link
        to={{ pathname: `/tickets/${row.number}`, search }}
        className={classes.subject}
        data-unread={row.hasUnread || undefined}
        draggable={false}
      >
        {row.subject}
      </Link>
      <div className={classes.people}>{people}</div>
      <div className={classes.line}>
        {hasStatus && <StatusMark status={row.status} />}
        {clocks.map(({ key, Cell }) => (
          <span key={key} className={classes.clock}>
            <Cell row={row} />
          </span>
        ))}
      </div>
    </div>
  );
}
