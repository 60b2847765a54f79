import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { useNarrow } from '@/directory/use-narrow';
import { Badge, Button, Group } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconInbox, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { ChannelsTabs } from './channels-tabs';
import classes from './channels.module.css';
import { Connection } from './connection';
import { MailboxDrawer } from './mailbox-drawer';
import { mailboxesQuery, type Mailbox } from './mailboxes.queries';

/** Addresses we read and write from, and how their servers are doing. */
export function MailboxesPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const columns = useColumns(isNarrow);
  const query = useInfiniteQuery(mailboxesQuery());
  const go = (to?: string) => void navigate(`/channels/mailboxes${to ? `/${to}` : ''}`);
  useHotkey('KeyN', () => go('new'), { label: t('channels.mailboxes.add'), group: t('directory.keys') });
  const add = (
    <Button leftSection={<IconPlus size={15} />} onClick={() => go('new')}>
      {t('channels.mailboxes.add')}
    </Button>
  );
  return (
    <Page isWide title={t('channels.mailboxes.title')} actions={add} toolbar={<ChannelsTabs />}>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('channels.mailboxes.title')}
          query={query}
          columns={columns}
          selected={id ?? null}
          onOpen={(row) => go(row.id)}
          rowHeight={isNarrow ? 76 : 44}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconInbox size={36} stroke={1.3} />,
            title: t('channels.mailboxes.empty'),
            hint: t('channels.mailboxes.emptyHint'),
            action: add,
          }}
        />
      </div>
      {id && <MailboxDrawer key={id} id={id === 'new' ? null : id} onClose={() => go()} />}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<Mailbox>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const name = (mailbox: Mailbox) => (
      <Group gap={6} wrap="nowrap">
        <span className={classes.clip}>{mailbox.name}</span>
        {mailbox.isDefault && <Badge>{t('channels.mailboxes.isDefault')}</Badge>}
      </Group>
    );
    const ways = (mailbox: Mailbox) => (
      <span className={classes.dim}>
        {[
          mailbox.imap ? `IMAP ${mailbox.imap.host}` : t('channels.mailboxes.listener'),
          mailbox.smtp ? `SMTP ${mailbox.smtp.host}` : t('channels.mailboxes.relay'),
        ].join(' · ')}
      </span>
    );
    if (isNarrow) {
      return [
        {
          key: 'mailbox',
          header: t('channels.field.name'),
          width: '1fr',
          render: (mailbox: Mailbox) => (
            <div className={classes.lines}>
              {name(mailbox)}
              <span className={classes.clip}>{mailbox.address}</span>
              <Connection mailbox={mailbox} />
            </div>
          ),
        },
      ];
    }
    return [
      { key: 'name', header: t('channels.field.name'), width: 'minmax(160px, 1fr)', render: name },
      {
        key: 'address',
        header: t('channels.field.address'),
        width: 'minmax(160px, 1fr)',
        render: (mailbox: Mailbox) => mailbox.address,
      },
      { key: 'ways', header: t('channels.mailboxes.servers'), width: 'minmax(200px, 1.2fr)', render: ways },
      {
        key: 'state',
        header: t('channels.field.state'),
        width: 'minmax(220px, 1.4fr)',
        render: (mailbox: Mailbox) => <Connection mailbox={mailbox} />,
      },
    ];
  }, [isNarrow, t]);
}
