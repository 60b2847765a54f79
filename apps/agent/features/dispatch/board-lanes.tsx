import { EmptyState } from '@opora/ui/page';
import { useFormat } from '@opora/ui/format';
import { IconUsersGroup } from '@tabler/icons-react';
import { type CSSProperties, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { BlockButton } from './block-button';
import { hoursOf, momentAt, percentOf, rowsOf, type Span, spanOf, windowOf, within } from './board-time';
import classes from './board.module.css';
import { warningsOf } from './board-warnings';
import type { Board, BoardBlock, BoardPerson } from './dispatch.types';
import { PersonCell } from './person-cell';
import { type Dragged, type Target, useDropPlace } from './use-board-drag';
import { useWarningWords } from './warning-words';

export type BoardDrag = { dragged: Dragged | null; over: Target | null };
export type LanesProps = { board: Board; drag: BoardDrag; now: number; onOpen: (ticketId: string) => void };

const ROW = 34;

/** One day: a lane for each person, hours from left to right. */
export function BoardLanes({ board, drag, now, onOpen }: LanesProps) {
  const { t } = useTranslation();
  const format = useFormat(board.timeZone);
  const window = windowOf(board, board.days[0]!);
  const hours = hoursOf(window);
  if (!board.people.length)
    return (
      <EmptyState
        icon={<IconUsersGroup size={36} stroke={1.3} />}
        title={t('dispatch.board.empty')}
        hint={t('dispatch.board.emptyHint')}
      />
    );
  return (
    <div className={classes.scroller} role="region" aria-label={t('dispatch.board.lanes')} tabIndex={0}>
      <div className={classes.lanes} style={{ '--hours': hours.length } as CSSProperties}>
        <div className={classes.head}>
          <div className={classes.corner}>{t('dispatch.board.people', { count: board.people.length })}</div>
          <div className={classes.hours}>
            {hours.map((hour) => (
              <span key={hour} className={classes.hour}>
                {format.time(hour)}
              </span>
            ))}
          </div>
        </div>
        {board.people.map((person) => (
          <LaneRow key={person.id} {...{ person, board, drag, now, onOpen, window }} />
        ))}
        {board.isCut && <div className={classes.cut}>{t('dispatch.board.cut')}</div>}
      </div>
    </div>
  );
}

function LaneRow({ person, board, drag, now, onOpen, window }: LanesProps & { person: BoardPerson; window: Span }) {
  const day = spanOf(board.days[0]!);
  const blocks = person.blocks.filter((block) => within(spanOf(block), window) && within(spanOf(block), day));
  const rows = rowsOf(blocks);
  const height = Math.max(1, ...rows.map((row) => row + 1)) * ROW + 14;
  return (
    <div className={classes.row}>
      <PersonCell person={person} board={board} day={0} drag={drag} now={now} />
      <Lane {...{ person, board, drag, now, onOpen, window, blocks, rows, height }} />
    </div>
  );
}

type LaneProps = LanesProps & {
  person: BoardPerson;
  window: Span;
  blocks: BoardBlock[];
  rows: number[];
  height: number;
};

function Lane({ person, board, drag, now, onOpen, window, blocks, rows, height }: LaneProps) {
  const { t } = useTranslation();
  const lane = useRef<HTMLDivElement>(null);
  useDropPlace(lane, (share) => ({ personId: person.id, at: momentAt(share, window), day: 0 }));
  const cut = (texts: { from: string; to: string }[]): Span[] =>
    texts.flatMap((text) => within(spanOf(text), window) ?? []);
  const isOver = drag.over?.personId === person.id && drag.over.at !== null;
  return (
    <div
      ref={lane}
      className={classes.lane}
      style={{ minHeight: height }}
      data-person={person.id}
      data-over={isOver || undefined}
    >
      {cut(person.hours).map((span) => (
        <div key={span.from} className={classes.open} style={placeOf(span, window)} />
      ))}
      {hoursOf(window).map((hour) => (
        <div key={hour} className={classes.line} style={{ left: `${percentOf(hour, window)}%` }} />
      ))}
      {cut(person.absences).map((span) => (
        <div key={span.from} className={classes.absence} style={placeOf(span, window)}>
          {t('dispatch.board.absent')}
        </div>
      ))}
      {now > window.from && now < window.to && (
        <div className={classes.now} style={{ left: `${percentOf(now, window)}%` }} />
      )}
      {blocks.map((block, at) => (
        <BlockButton
          key={block.ticket?.id ?? block.from}
          {...{ block, board, person, window, onOpen }}
          top={rows[at]! * ROW + 7}
        />
      ))}
      {isOver && drag.dragged && (
        <Ghost {...{ board, person, window, now }} dragged={drag.dragged} at={drag.over!.at!} />
      )}
    </div>
  );
}

export const placeOf = ({ from, to }: Span, window: Span): CSSProperties => ({
  left: `${percentOf(from, window)}%`,
  width: `${percentOf(to, window) - percentOf(from, window)}%`,
});

type GhostProps = { board: Board; person: BoardPerson; window: Span; now: number; dragged: Dragged; at: number };

/** Where the ticket would stand, and what speaks against it. */
function Ghost({ board, person, window, now, dragged: { ticket }, at }: GhostProps) {
  const format = useFormat(board.timeZone);
  const words = useWarningWords(board);
  const warnings = warningsOf(board, person, ticket, at, now);
  const span = { from: at, to: Math.min(window.to, at + (ticket.plannedSeconds ?? board.visitSeconds) * 1000) };
  const isLate = percentOf(at, window) > 60;
  return (
    <div className={classes.ghost} style={placeOf(span, window)} data-warned={warnings.length > 0 || undefined}>
      <span>{format.time(at)}</span>
      {warnings.length > 0 && (
        <span className={classes.ghostWords} data-late={isLate || undefined} role="status">
          {warnings.map((warning) => (
            <span key={warning.kind}>{words(warning)}</span>
          ))}
        </span>
      )}
    </div>
  );
}
