import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { SideDrawer } from '@/directory/form-drawer';
import { useNarrow } from '@/directory/use-narrow';
import { Badge, Code, Text } from '@mantine/core';
import { RelativeTime, useFormat } from '@opora/ui/format';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconSend } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import classes from './automation.module.css';
import { RuleTabs } from './automation-tabs';
import { deliveriesQuery, ruleQuery, type Delivery } from './rules.queries';

const COLORS: Record<Delivery['state'], string> = { waiting: 'yellow', delivered: 'green', failed: 'red' };

/** Requests the rule sent to outside systems, and what they answered. */
export function DeliveriesPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const [opened, setOpened] = useState<Delivery | null>(null);
  const { data: rule } = useQuery(ruleQuery(id));
  const list = useInfiniteQuery(deliveriesQuery(id));
  const columns = useColumns(isNarrow);
  return (
    <Page
      isWide
      title={rule ? `№${rule.number} ${rule.name}` : t('automation.deliveries')}
      toolbar={<RuleTabs id={id} />}
    >
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('automation.deliveries')}
          query={list}
          columns={columns}
          selected={opened?.id ?? null}
          onOpen={setOpened}
          rowHeight={isNarrow ? 60 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconSend size={36} stroke={1.3} />,
            title: t('automation.noDeliveries'),
            hint: t('automation.noDeliveriesHint'),
          }}
        />
      </div>
      {opened && <DeliveryDrawer delivery={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}

function StateBadge({ state }: { state: Delivery['state'] }) {
  const { t } = useTranslation();
  return <Badge color={COLORS[state]}>{t(`automation.delivery.${state}`)}</Badge>;
}

function DeliveryDrawer({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const answer = [delivery.responseStatus, delivery.responseBody || delivery.error].filter(Boolean).join(' ');
  return (
    <SideDrawer title={t('automation.deliveryTitle')} onClose={onClose} size={560}>
      <div className={classes.parts}>
        <div className={classes.ruleHead}>
          <StateBadge state={delivery.state} />
          <Text size="sm" c="dimmed">
            {[format.dateTime(delivery.createdAt), t('automation.attempts', { count: delivery.attempts })].join(' · ')}
          </Text>
        </div>
        <Text size="sm" className={classes.url}>
          {t('automation.request', { url: delivery.url })}
        </Text>
        <h4 className={classes.smallTitle}>{t('automation.sent')}</h4>
        <Code block>{JSON.stringify(JSON.parse(delivery.body), null, 2)}</Code>
        <h4 className={classes.smallTitle}>{t('automation.answer')}</h4>
        <Code block>{answer || t('automation.nothing')}</Code>
      </div>
    </SideDrawer>
  );
}

function useColumns(isNarrow: boolean): Column<Delivery>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const answer = ({ responseStatus, error }: Delivery) => responseStatus ?? error ?? '';
    const all: Column<Delivery>[] = [
      {
        key: 'state',
        header: t('automation.state'),
        width: '130px',
        render: (row: Delivery) => <StateBadge state={row.state} />,
      },
      {
        key: 'ticket',
        header: t('automation.ticket'),
        width: 'minmax(160px, 1.2fr)',
        render: ({ ticket }: Delivery) => `${ticket.number} ${ticket.subject}`,
      },
      {
        key: 'url',
        header: t('automation.url'),
        width: 'minmax(160px, 1.2fr)',
        render: ({ url }: Delivery) => <span className={classes.dim}>{url}</span>,
      },
      { key: 'answer', header: t('automation.answer'), width: '140px', render: answer },
      {
        key: 'at',
        header: t('automation.at'),
        width: '130px',
        align: 'end' as const,
        render: (row: Delivery) => <RelativeTime at={row.createdAt} />,
      },
    ];
    return isNarrow ? all.filter(({ key }) => ['state', 'ticket'].includes(key)) : all;
  }, [isNarrow, t]);
}
