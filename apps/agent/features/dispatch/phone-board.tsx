import { useRows } from '@/directory/use-rows';
import { Button, SegmentedControl } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './board.module.css';
import { unassignedQuery } from './dispatch.queries';
import type { Board, BoardPerson } from './dispatch.types';
import { LoadBar } from './load-bar';
import { QueueList } from './unassigned-panel';

type Props = { board: Board; teamId: string | undefined; onOpen: (ticketId: string) => void };

/** On a phone: people with their load, or tickets nobody has; a touch opens the ticket's sheet. */
export function PhoneBoard({ board, teamId, onOpen }: Props) {
  const { t } = useTranslation();
  const [part, setPart] = useState<'people' | 'queue'>('people');
  const list = useInfiniteQuery(unassignedQuery(teamId ? { teamId } : {}));
  const { rows, more, isLoadingMore } = useRows(list);
  return (
    <div className={classes.phone}>
      <SegmentedControl
        fullWidth
        data={[
          { value: 'people', label: t('dispatch.phone.people') },
          { value: 'queue', label: t('dispatch.phone.queue', { count: rows.length }) },
        ]}
        value={part}
        onChange={(value) => setPart(value as 'people' | 'queue')}
      />
      {part === 'people' ? (
        <ul className={classes.cards}>
          {board.people.map((person) => (
            <PersonCard key={person.id} person={person} board={board} onOpen={onOpen} />
          ))}
        </ul>
      ) : (
        <>
          <QueueList {...{ board, rows, list, onOpen }} cursor={null} onCursor={() => undefined} />
          {list.hasNextPage && (
            <Button variant="subtle" loading={isLoadingMore} onClick={more}>
              {t('ui.more')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function PersonCard({ person, board, onOpen }: { person: BoardPerson; board: Board; onOpen: Props['onOpen'] }) {
  const { t } = useTranslation();
  const format = useFormat(board.timeZone);
  return (
    <li className={classes.card}>
      <div className={classes.nameLine}>
        <span className={classes.name}>{person.name}</span>
        <span className={classes.counts}>
          {t('dispatch.person.open', { count: person.openCount })}
          {person.overdueCount > 0 && (
            <span className={classes.late}>{t('dispatch.person.overdue', { count: person.overdueCount })}</span>
          )}
        </span>
      </div>
      <LoadBar person={person} day={board.days.length > 1 ? null : 0} />
      {person.absences.length > 0 && (
        <div className={classes.unfit}>
          {t('dispatch.warning.absent', { until: format.dateTime(person.absences.at(-1)!.to) })}
        </div>
      )}
      {person.blocks.map((block) => {
        const time =
          board.days.length > 1 ? format.dateTime(block.from) : `${format.time(block.from)}–${format.time(block.to)}`;
        return block.ticket ? (
          <button
            key={block.ticket.id}
            type="button"
            className={classes.cardVisit}
            data-done={block.ticket.isDone || undefined}
            data-late={block.ticket.isOverdue || undefined}
            onClick={() => onOpen(block.ticket!.id)}
          >
            <span className={classes.dayTime}>{time}</span>
            <span className={classes.clip}>{block.ticket.subject}</span>
          </button>
        ) : (
          <span key={block.from} className={classes.cardVisit}>
            <span className={classes.dayTime}>{time}</span>
            {t('dispatch.board.busy')}
          </span>
        );
      })}
    </li>
  );
}
