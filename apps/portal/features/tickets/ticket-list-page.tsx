import { useDeferredValue } from 'react';
import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '@/session';
import { useTitle } from '@/use-title';
import { TicketCard } from './ticket-card';
import { TicketFilters } from './ticket-filters';
import { useListFilters } from './use-list-filters';
import { ticketListQuery, type ListFilters } from './tickets.queries';
import classes from './ticket-list.module.css';

/** My tickets, or the company's when the person may see them. */
export function TicketListPage() {
  const { t } = useTranslation();
  const { companies } = useMe();
  const { filters, change } = useListFilters(companies);
  useTitle(filters.scope === 'company' ? t('tickets.company') : t('tickets.mine'));
  return (
    <Stack gap="md">
      <Title order={1}>{filters.scope === 'company' ? t('tickets.company') : t('tickets.mine')}</Title>
      <TicketFilters filters={filters} companies={companies} onChange={change} />
      <TicketList filters={useDeferredValue(filters)} onClearSearch={() => change({ q: undefined })} />
    </Stack>
  );
}

function TicketList({ filters, onClearSearch }: { filters: ListFilters; onClearSearch: () => void }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery({
    ...ticketListQuery(filters),
    throwOnError: (_error, { state }) => state.data === undefined,
  });
  if (!list.data) return <Outline />;
  const tickets = list.data.pages.flatMap(({ data }) => data);
  if (tickets.length === 0) return <Empty filters={filters} onClearSearch={onClearSearch} />;
  return (
    <Stack gap="sm" aria-busy={list.isPlaceholderData}>
      <ul className={classes.list} aria-label={t('tickets.listLabel')} data-stale={list.isPlaceholderData || undefined}>
        {tickets.map((ticket) => (
          <li key={ticket.id}>
            <TicketCard ticket={ticket} isCompanyList={filters.scope === 'company'} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t('tickets.more')}
        </Button>
      )}
    </Stack>
  );
}

function Empty({ filters: { state, q }, onClearSearch }: { filters: ListFilters; onClearSearch: () => void }) {
  const { t } = useTranslation();
  const kind = q ? 'Search' : state === 'open' ? 'Open' : 'Closed';
  return (
    <Stack className={classes.empty} gap="xs" align="center">
      <Title order={2} size="h4">
        {t(`tickets.empty${kind}`)}
      </Title>
      <Text c="dimmed">{t(`tickets.empty${kind}Text`)}</Text>
      {kind === 'Search' && (
        <Button variant="default" onClick={onClearSearch}>
          {t('tickets.clearSearch')}
        </Button>
      )}
      {kind === 'Open' && (
        <Button component={Link} to="/tickets/new" leftSection={<IconPlus size={18} aria-hidden />}>
          {t('tickets.new')}
        </Button>
      )}
    </Stack>
  );
}

const Outline = () => (
  <Stack gap="xs" className={classes.outline} aria-hidden>
    {[0, 1, 2, 3].map((row) => (
      <Skeleton key={row} h={84} radius="md" />
    ))}
  </Stack>
);
