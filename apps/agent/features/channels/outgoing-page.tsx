import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { useRows } from '@/directory/use-rows';
import { useNarrow } from '@/directory/use-narrow';
import { Select, Text } from '@mantine/core';
import { RelativeTime } from '@opora/ui/format';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconSend } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { ChannelsTabs } from './channels-tabs';
import classes from './channels.module.css';
import { MAIL_STATES, MailStateBadge } from './mail-state';
import { OutgoingDrawer } from './outgoing-drawer';
import { outgoingQuery, type MailState, type OutgoingMail } from './outgoing.queries';

/** Mail that we send: what left, what waits, what failed and why. */
export function OutgoingPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const address = useListAddress();
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const columns = useColumns(isNarrow);
  const asked = address.get('state') as MailState | undefined;
  const state = asked && MAIL_STATES.includes(asked) ? asked : null;
  const query = useInfiniteQuery({ ...outgoingQuery(state), placeholderData: keepPreviousData });
  const { rows } = useRows(query);
  const go = (to?: string) =>
    void navigate({ pathname: `/channels/outgoing${to ? `/${to}` : ''}`, search: address.search });
  return (
    <Page isWide title={t('channels.outgoing.title')} toolbar={<ChannelsTabs />}>
      <FilterBar>
        <Select
          size="xs"
          w={210}
          clearable
          clearButtonProps={{ 'aria-label': t('directory.clear') }}
          aria-label={t('channels.field.state')}
          placeholder={t('channels.anyState')}
          data={MAIL_STATES.map((value) => ({ value, label: t(`channels.outgoing.state.${value}`) }))}
          value={state}
          onChange={(value) => address.set({ state: value })}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('channels.outgoing.title')}
          query={query}
          columns={columns}
          selected={id ?? null}
          onOpen={(row) => go(row.id)}
          rowHeight={isNarrow ? 76 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconSend size={36} stroke={1.3} />,
            title: t(state ? 'channels.outgoing.nothing' : 'channels.outgoing.empty'),
          }}
        />
      </div>
      {id && query.isSuccess && (
        <OutgoingDrawer key={id} mail={rows.find((row) => row.id === id)} onClose={() => go()} />
      )}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<OutgoingMail>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const to = (mail: OutgoingMail) => [...mail.to, ...mail.cc].join(', ');
    if (isNarrow) {
      return [
        {
          key: 'mail',
          header: t('channels.field.subject'),
          width: '1fr',
          render: (mail: OutgoingMail) => (
            <div className={classes.lines}>
              <span className={classes.spread}>
                <MailStateBadge state={mail.state} />
                <RelativeTime at={mail.createdAt} className={classes.dim} />
              </span>
              <span className={classes.clip}>{mail.subject}</span>
              <Text size="xs" c="dimmed" truncate>
                {[to(mail), mail.reason].filter(Boolean).join(' · ')}
              </Text>
            </div>
          ),
        },
      ];
    }
    return [
      {
        key: 'state',
        header: t('channels.field.state'),
        width: '150px',
        render: (mail: OutgoingMail) => <MailStateBadge state={mail.state} />,
      },
      { key: 'to', header: t('channels.field.to'), width: 'minmax(150px, 1fr)', render: to },
      {
        key: 'subject',
        header: t('channels.field.subject'),
        width: 'minmax(180px, 1.4fr)',
        render: (mail: OutgoingMail) => mail.subject,
      },
      {
        key: 'kind',
        header: t('channels.field.kind'),
        width: '150px',
        render: (mail: OutgoingMail) => <span className={classes.dim}>{t(`channels.outgoing.kind.${mail.kind}`)}</span>,
      },
      {
        key: 'reason',
        header: t('channels.field.reason'),
        width: 'minmax(140px, 1fr)',
        render: (mail: OutgoingMail) => <span className={classes.dim}>{mail.reason}</span>,
      },
      {
        key: 'at',
        header: t('channels.field.createdAt'),
        width: '120px',
        align: 'end' as const,
        render: (mail: OutgoingMail) => <RelativeTime at={mail.createdAt} />,
      },
    ];
  }, [isNarrow, t]);
}
