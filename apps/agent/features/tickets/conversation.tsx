import { Button, Chip, Group } from '@mantine/core';
import { useMe } from '@/api';
import { useFormat } from '@opora/ui/format';
import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { IconArrowDown, IconEyeDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BlockView } from './conversation-block';
import { blockOf, firstUnread, isShown, toBlocks } from './conversation-blocks';
import classes from './conversation.module.css';
import type { Filter, Item } from './conversation.types';
import { DateRail } from './date-rail';
import { Lightbox, type Picture } from './lightbox';
import { inTime, useMergedRequests } from './merged-requests';
import { MilestoneStrip } from './milestone-strip';
import { lastCommentId, timelineQuery, useMarkRead } from './timeline.queries';
import type { TicketView } from './tickets.types';
import { useGrowing } from './use-growing';
import { useScrolling } from './use-scrolling';

const NONE: Item[] = [];
const FILTERS: Filter[] = ['all', 'client', 'internal', 'files', 'changes'];

/** Everything said and done about a ticket, oldest first, opened at the first unread message. */
export function Conversation({
  ticket,
  sending,
  description,
}: {
  ticket: TicketView;
  sending: Item[];
  description: React.ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const [filter, setFilter] = useState<Filter>('all');
  const [picture, setPicture] = useState<Picture | null>(null);
  const { data: loaded = NONE, error, isPending, refetch } = useQuery(timelineQuery(String(ticket.number)));
  const merged = useMergedRequests(ticket);
  const items = useMemo(() => [...inTime(loaded, merged), ...sending], [loaded, merged, sending]);
  const blocks = useMemo(() => toBlocks(items, filter, format.dayKey), [items, filter, format]);
  // The mark must stay where it was when the ticket was opened, though reading moves it on the server.
  const [seenAtFirst] = useState(ticket.lastSeenCommentId);
  const unread = useMemo(() => firstUnread(loaded, seenAtFirst, me.id), [loaded, seenAtFirst, me.id]);
  const unreadAt = unread ? blocks.findIndex(({ id }) => id === unread) : -1;
  const start = useGrowing(blocks.length, unreadAt < 0 ? blocks.length : Math.max(0, unreadAt - 3));
  const { scroller, content, isAtEnd, toEnd, toItem } = useScrolling(items.length, unread, !isPending);
  useReading(ticket, loaded, isAtEnd);
  const [found, setFound] = useState<string | null>(null);
  const toLine = (id: string | null) => {
    const item = items.find((each) => each.id === id) ?? items[0];
    if (!item) return;
    const shown = isShown(item, filter) ? filter : 'all';
    setFilter(shown);
    setFound(item.id);
    const block = blockOf(toBlocks(items, shown, format.dayKey), item.id);
    if (block) toItem(block);
  };

  return (
    <div className={classes.conversation}>
      <MilestoneStrip ticket={ticket} items={loaded} onPick={toLine} onFiles={() => setFilter('files')} />
      <FilterChips
        filter={filter}
        onFilter={setFilter}
        onUnread={unread && filter === 'all' ? () => toItem(unread) : undefined}
      />
      <div className={classes.frame}>
        <div
          ref={scroller}
          className={classes.scroller}
          tabIndex={0}
          role="log"
          aria-busy={isPending || start > 0}
          aria-label={t('tickets.conversation.label')}
        >
          <div ref={content}>
            {start === 0 && description}
            {isPending && <Loading lines={5} height={40} />}
            {error && <ErrorState error={error} onRetry={() => void refetch()} />}
            {!isPending && blocks.length === 0 && filter !== 'all' && (
              <EmptyState title={t('tickets.conversation.nothing')} />
            )}
            {blocks.slice(start).map((block) => (
              <BlockView
                key={block.id}
                block={block}
                ticket={ticket}
                found={found}
                isFirstUnread={block.id === unread}
                onPicture={setPicture}
              />
            ))}
          </div>
        </div>
        <DateRail blocks={blocks} onPick={toItem} />
        {!isAtEnd && blocks.length > 0 && (
          <Button
            className={classes.toEnd}
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowDown size={14} />}
            onClick={toEnd}
          >
            {t('tickets.conversation.toEnd')}
          </Button>
        )}
      </div>
      <Lightbox picture={picture} onClose={() => setPicture(null)} />
    </div>
  );
}

type ChipsProps = { filter: Filter; onFilter: (filter: Filter) => void; onUnread: (() => void) | undefined };

function FilterChips({ filter, onFilter, onUnread }: ChipsProps) {
  const { t } = useTranslation();
  return (
    <Group className={classes.chips} gap={6} wrap="nowrap">
      <Chip.Group value={filter} onChange={(value) => onFilter(value as Filter)}>
        {FILTERS.map((name) => (
          <Chip key={name} value={name} size="xs" variant="light">
            {t(`tickets.conversation.${name}`)}
          </Chip>
        ))}
      </Chip.Group>
      {onUnread && (
        <Button size="compact-xs" variant="light" leftSection={<IconEyeDown size={14} />} onClick={onUnread}>
          {t('tickets.conversation.toUnread')}
        </Button>
      )}
    </Group>
  );
}

const LOOKED_MS = 1200;

/** What has been on the screen for a moment counts as read. */
function useReading(ticket: TicketView, items: Item[], isAtEnd: boolean) {
  const { mutate } = useMarkRead(String(ticket.number));
  const last = lastCommentId(items);
  const isNew = last !== null && last !== ticket.lastSeenCommentId;
  useEffect(() => {
    if (!isNew || !isAtEnd || document.visibilityState === 'hidden') return;
    const timer = setTimeout(() => mutate(last), LOOKED_MS);
    return () => clearTimeout(timer);
  }, [isNew, isAtEnd, last, mutate]);
}
