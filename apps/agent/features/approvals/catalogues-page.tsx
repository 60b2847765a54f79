import { useHolds } from '@/api';
import { ActionIcon, NativeSelect, UnstyledButton } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { Loading, Page } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleWords } from './approval-facts';
import { ApprovalsTabs } from './approvals-tabs';
import classes from './approvals.module.css';
import { IndexDrawer } from './index-drawer';
import { ItemDrawer, type CatalogueItem } from './item-drawer';
import type { ApprovalIndex } from './route-draft';
import { indexesQuery, rolesQuery, useSaveCurrency, type Catalogue } from './route-settings.queries';
import { approvalKindsQuery, approvalSettingsQuery, documentKindsQuery } from './start.queries';
import { CURRENCIES, useMoney } from './use-money';

type Opened = { in: Catalogue; item: CatalogueItem | null } | { in: 'indexes'; item: ApprovalIndex | null };

/** What routes are made of: roles and who holds them, kinds, documents, indexes by date. */
export function CataloguesPage() {
  const { t } = useTranslation();
  const money = useMoney();
  const format = useFormat();
  const isOpen = useHolds('approvals.manage');
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  const lists = [
    { in: 'roles', items: useQuery(rolesQuery()).data },
    { in: 'kinds', items: useQuery(approvalKindsQuery()).data },
    { in: 'documents', items: useQuery(documentKindsQuery()).data },
  ] as const;
  const { data: indexes } = useQuery(indexesQuery());
  return (
    <Page isWide title={t('approvals.title')} toolbar={<ApprovalsTabs />}>
      <div className={classes.catalogues}>
        {lists.map(({ in: catalogue, items }) => (
          <List
            key={catalogue}
            catalogue={catalogue}
            onAdd={isOpen ? () => setOpened({ in: catalogue, item: null }) : undefined}
          >
            {!items && <Loading lines={4} />}
            {items?.map((item: CatalogueItem) => (
              <Row
                key={item.id}
                name={item.label}
                hint={hintOf(item, t('approvals.catalogues.nobody'))}
                isOff={!item.isActive}
                onOpen={isOpen ? () => setOpened({ in: catalogue, item }) : undefined}
              />
            ))}
          </List>
        ))}
        <List catalogue="indexes" onAdd={isOpen ? () => setOpened({ in: 'indexes', item: null }) : undefined}>
          {!indexes && <Loading lines={2} />}
          {indexes?.map((index) => (
            <Row
              key={index.id}
              name={index.label}
              hint={index.values
                .map(({ from, value }) =>
                  t('approvals.catalogues.since', { day: format.day(from), value: money(value, index.currency) }),
                )
                .join(' · ')}
              onOpen={isOpen ? () => setOpened({ in: 'indexes', item: index }) : undefined}
            />
          ))}
        </List>
        <Currency isOpen={isOpen} />
      </div>
      {opened?.in === 'indexes' && <IndexDrawer index={opened.item} onClose={close} />}
      {opened && opened.in !== 'indexes' && <ItemDrawer catalogue={opened.in} item={opened.item} onClose={close} />}
    </Page>
  );
}

/** Who holds a role; other catalogues have nobody. */
const hintOf = ({ holders }: CatalogueItem, nobody: string): string => (holders ? peopleWords(holders) || nobody : '');

type ListProps = { catalogue: Catalogue | 'indexes'; onAdd: (() => void) | undefined; children: ReactNode };

function List({ catalogue, onAdd, children }: ListProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.card} aria-label={t(`approvals.catalogues.${catalogue}`)}>
      <div className={classes.stageHead}>
        <strong>{t(`approvals.catalogues.${catalogue}`)}</strong>
        {onAdd && (
          <ActionIcon aria-label={t(`approvals.catalogues.add.${catalogue}`)} onClick={onAdd}>
            <IconPlus size={15} />
          </ActionIcon>
        )}
      </div>
      <p className={classes.dim}>{t(`approvals.catalogues.hint.${catalogue}`)}</p>
      {children}
    </section>
  );
}

type RowProps = { name: string; hint?: string; isOff?: boolean; onOpen: (() => void) | undefined };

function Row({ name, hint, isOff, onOpen }: RowProps) {
  const { t } = useTranslation();
  return (
    <UnstyledButton className={classes.item} disabled={!onOpen} data-off={isOff || undefined} onClick={onOpen}>
      <span>{name}</span>
      <span className={classes.dim}>{isOff ? t('approvals.catalogues.off') : hint}</span>
    </UnstyledButton>
  );
}

function Currency({ isOpen }: { isOpen: boolean }) {
  const { t } = useTranslation();
  const { data } = useQuery(approvalSettingsQuery());
  const save = useSaveCurrency();
  return (
    <section className={classes.card} aria-label={t('approvals.currency')}>
      <NativeSelect
        label={t('approvals.catalogues.currency')}
        disabled={!isOpen || !data || save.isPending}
        value={data?.currency ?? 'RUB'}
        onChange={({ currentTarget }) =>
          save.mutate(
            { currency: currentTarget.value as (typeof CURRENCIES)[number] },
            { onError: (problem) => notifyProblem(t('ui.failed'), problem) },
          )
        }
        data={CURRENCIES.map((value) => ({ value, label: t(`approvals.currencies.${value}`) }))}
      />
    </section>
  );
}
