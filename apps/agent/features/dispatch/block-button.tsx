import { useSpans } from '@/timing/spans';
import { useFormat } from '@opora/ui/format';
import { IconAlertTriangle, IconCar, IconCheck } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { percentOf, type Span, spanOf, within } from './board-time';
import classes from './board.module.css';
import type { Board, BoardBlock, BoardPerson } from './dispatch.types';
import { useDraggable } from './use-board-drag';

type Props = {
  block: BoardBlock;
  board: Board;
  person: BoardPerson;
  window: Span;
  top: number;
  onOpen: (ticketId: string) => void;
};

/** A visit on a lane with the way to it; a click opens it, a drag moves it. */
export function BlockButton({ block, board, person, window, top, onOpen }: Props) {
  const { t } = useTranslation();
  const span = within(spanOf(block), window);
  if (!span) return null;
  const left = percentOf(span.from, window);
  const style = { left: `${left}%`, width: `${percentOf(span.to, window) - left}%`, top };
  if (!block.ticket) return <div className={classes.busy} style={style} title={t('dispatch.board.busy')} />;
  return (
    <>
      <Way block={block} window={window} top={top} />
      <Visit ticket={block.ticket} {...{ block, board, person, style, onOpen }} />
    </>
  );
}

type VisitProps = Pick<Props, 'block' | 'board' | 'person' | 'onOpen'> & {
  ticket: NonNullable<BoardBlock['ticket']>;
  style: { left: string; width: string; top: number };
};

function Visit({ ticket, block, board, person, style, onOpen }: VisitProps) {
  const { t } = useTranslation();
  const format = useFormat(board.timeZone);
  const button = useRef<HTMLButtonElement>(null);
  const isDragging = useDraggable(button, { ticket, fromId: person.id }, ticket.isAssignable && !ticket.isDone);
  const zone = board.zones.find(({ id }) => id === ticket.zoneIds[0]);
  const time = `${format.time(block.from)}–${format.time(block.to)}`;
  const place = ticket.object?.name ?? ticket.company?.name ?? '';
  return (
    <button
      ref={button}
      type="button"
      className={classes.block}
      style={{ ...style, ...(zone && { borderInlineStartColor: zone.color }) }}
      data-late={ticket.isOverdue || undefined}
      data-done={ticket.isDone || undefined}
      data-dragging={isDragging || undefined}
      data-ticket={ticket.number}
      title={[time, `№ ${ticket.number} ${ticket.subject}`, place, ticket.place?.address].filter(Boolean).join('\n')}
      aria-label={t('dispatch.board.visit', {
        time,
        number: ticket.number,
        subject: ticket.subject,
        name: person.name,
      })}
      onClick={() => onOpen(ticket.id)}
    >
      {ticket.isDone && <IconCheck size={13} aria-label={t('dispatch.board.done')} />}
      {ticket.isOverdue && !ticket.isDone && <IconAlertTriangle size={13} aria-label={t('dispatch.board.overdue')} />}
      <span className={classes.clip}>{ticket.subject}</span>
    </button>
  );
}

/** The way before a visit, as long as it takes; red where there is no time for it. */
function Way({ block: { travel, from }, window, top }: Pick<Props, 'block' | 'window' | 'top'>) {
  const { t } = useTranslation();
  const spans = useSpans();
  if (!travel || travel.minutes === 0) return null;
  const end = Date.parse(from);
  const way = within({ from: end - travel.minutes * 60_000, to: end }, window);
  if (!way) return null;
  const left = percentOf(way.from, window);
  const words = t('dispatch.board.way', {
    time: spans.short(travel.minutes * 60),
    km: Math.round(travel.km),
  });
  return (
    <div
      className={classes.way}
      style={{ left: `${left}%`, width: `${percentOf(way.to, window) - left}%`, top: top + 10 }}
      data-tight={travel.isTight || undefined}
      title={travel.isTight ? t('dispatch.board.tight', { way: words }) : words}
    >
      <IconCar size={12} aria-label={words} />
    </div>
  );
}
