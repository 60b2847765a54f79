import { useHolds } from '@/api';
import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { useNarrow } from '@/directory/use-narrow';
import { Badge, Button, Group, Switch } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconForms, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';
import { FieldDrawer } from './field-drawer';
import classes from './fields.module.css';
import { fieldsQuery, SUBJECTS, useOrderFields, type CustomField, type Subject } from './fields.queries';
import { FieldsTabs } from './fields-tabs';
import { moved, OrderButtons } from './order-buttons';
import { useLocal } from './use-local';

/** What the organisation asks besides the built-in fields, of tickets, companies, contacts and objects. */
export function FieldsPage() {
  const { subject } = useParams();
  const known = SUBJECTS.find((each) => each === subject);
  return known ? <SubjectFields key={known} subject={known} /> : <Navigate to="/fields/ticket" replace />;
}

function SubjectFields({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const address = useListAddress();
  const isManager = useHolds('fields.manage');
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const archived = address.get('archived') === '1';
  const query = useInfiniteQuery(fieldsQuery(subject));
  const rows = query.data?.pages[0]?.data ?? [];
  const list = useInfiniteQuery({
    ...fieldsQuery(subject),
    select: (data) => ({
      ...data,
      pages: data.pages.map((page) => ({
        ...page,
        data: page.data.filter(({ archivedAt }) => archived || archivedAt === null),
      })),
    }),
  });
  const order = useOrderFields(subject);
  const columns = useColumns(isNarrow, rows, isManager && !order.isPending ? (ids) => order.mutate(ids) : undefined);
  const go = (to?: string) =>
    void navigate({ pathname: `/fields/${subject}${to ? `/${to}` : ''}`, search: address.search });
  useHotkey('KeyN', () => go('new'), { label: t('fields.add'), group: t('directory.keys'), isOn: isManager });
  const add = isManager && (
    <Button leftSection={<IconPlus size={15} />} onClick={() => go('new')}>
      {t('fields.add')}
    </Button>
  );
  return (
    <Page isWide title={t('fields.title')} actions={add} toolbar={<FieldsTabs />}>
      <FilterBar>
        <Switch
          label={t('fields.showArchived')}
          checked={archived}
          onChange={(event) => address.set({ archived: event.currentTarget.checked ? '1' : null })}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t(`fields.subject.${subject}`)}
          query={list}
          columns={columns}
          selected={id ?? null}
          onOpen={(row) => go(row.id)}
          rowHeight={isNarrow ? 52 : 40}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconForms size={36} stroke={1.3} />,
            title: t('fields.empty'),
            hint: t('fields.emptyHint'),
            action: add,
          }}
        />
      </div>
      {id && (id === 'new' || query.data) && (
        <FieldDrawer
          key={id}
          subject={subject}
          field={id === 'new' ? null : rows.find((row) => row.id === id)}
          codes={rows.map(({ code }) => code)}
          isManager={isManager}
          onClose={() => go()}
        />
      )}
    </Page>
  );
}

function useColumns(
  isNarrow: boolean,
  rows: CustomField[],
  onOrder: ((ids: string[]) => void) | undefined,
): Column<CustomField>[] {
  const { t } = useTranslation();
  const local = useLocal();
  return useMemo(() => {
    const live = rows.filter(({ archivedAt }) => archivedAt === null).map(({ id }) => id);
    const order = {
      key: 'order',
      header: t('fields.order'),
      width: '64px',
      render: ({ id, name, archivedAt }: CustomField) =>
        archivedAt === null && (
          <OrderButtons
            name={local(name)}
            at={live.indexOf(id)}
            count={live.length}
            isDisabled={!onOrder}
            onMove={(to) => onOrder?.(moved(live, live.indexOf(id), to))}
          />
        ),
    };
    const name = {
      key: 'name',
      header: t('fields.field.name'),
      width: 'minmax(180px, 1.2fr)',
      render: (field: CustomField) => (
        <div className={classes.twoLines}>
          <Group gap={8} wrap="nowrap">
            <span className={classes.clip}>{local(field.name)}</span>
            {field.archivedAt && <Badge color="gray">{t('fields.archived')}</Badge>}
          </Group>
          {isNarrow && (
            <span className={classes.dim}>
              {t(`fields.type.${field.type}`)}, <code>{field.code}</code>
            </span>
          )}
        </div>
      ),
    };
    if (isNarrow) return [name, order];
    return [
      name,
      {
        key: 'type',
        header: t('fields.field.type'),
        width: '170px',
        render: ({ type }: CustomField) => t(`fields.type.${type}`),
      },
      {
        key: 'code',
        header: t('fields.field.code'),
        width: 'minmax(120px, 0.6fr)',
        render: ({ code }: CustomField) => <code className={classes.dim}>{code}</code>,
      },
      {
        key: 'client',
        header: t('fields.field.client'),
        width: '170px',
        render: ({ isClientVisible, isClientEditable }: CustomField) =>
          t(`fields.client.${isClientEditable ? 'edits' : isClientVisible ? 'sees' : 'none'}`),
      },
      order,
    ];
  }, [isNarrow, rows, onOrder, local, t]);
}
