import { DirectoryList } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import { Select } from '@mantine/core';
import type { Schemas } from '@opora/client';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconMapPinOff } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { DispatchTabs } from './dispatch-tabs';
import type { Zone } from './dispatch.types';
import { zoneObjectsQuery, zonesQuery } from './zones.queries';
import classes from './zones.module.css';

type Row = Schemas['ZoneObjectView'];

/** Which object lies where, and those that nobody's zone holds. */
export function ZoneObjectsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useListAddress();
  const isNarrow = useNarrow();
  const [q, zoneId] = [address.get('q'), address.get('zone')];
  const zones = useQuery(zonesQuery());
  const list = useInfiniteQuery({
    ...zoneObjectsQuery({ ...(q ? { q } : {}), ...(zoneId ? { zoneId } : {}) }),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns(zones.data ?? [], isNarrow);
  return (
    <Page isWide title={t('dispatch.objects.title')} toolbar={<DispatchTabs />}>
      <FilterBar>
        <SearchBox
          label={t('dispatch.objects.search')}
          value={q ?? ''}
          onChange={(value) => address.set({ q: value })}
        />
        <Select
          size="xs"
          aria-label={t('dispatch.queue.zone')}
          placeholder={t('dispatch.queue.everyZone')}
          clearable
          data={[
            { value: 'none', label: t('dispatch.queue.noZone') },
            ...(zones.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={zoneId ?? null}
          onChange={(zone) => address.set({ zone })}
        />
      </FilterBar>
      <DirectoryList
        label={t('dispatch.objects.title')}
        query={list}
        columns={columns}
        rowHeight={isNarrow ? 60 : 36}
        hidesHeader={isNarrow}
        onOpen={(row) => void navigate(`/clients/companies/${row.company.id}`)}
        empty={{
          icon: <IconMapPinOff size={36} stroke={1.3} />,
          title: t('dispatch.objects.empty'),
          hint: t('dispatch.objects.emptyHint'),
        }}
      />
    </Page>
  );
}

function useColumns(zones: Zone[], isNarrow: boolean): Column<Row>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const inZones = (row: Row) =>
      row.zoneIds.length ? (
        <span className={classes.zones}>
          {zones
            .filter(({ id }) => row.zoneIds.includes(id))
            .map(({ id, name, color }) => (
              <span key={id} className={classes.zoneChip}>
                <span className={classes.swatch} style={{ background: color }} /> {name}
              </span>
            ))}
        </span>
      ) : (
        <span className={classes.none}>{t('dispatch.queue.noZone')}</span>
      );
    if (isNarrow)
      return [
        {
          key: 'card',
          header: t('dispatch.objects.object'),
          width: '1fr',
          render: (row) => (
            <span className={classes.card}>
              <span className={classes.clip}>{row.name}</span>
              {inZones(row)}
            </span>
          ),
        },
      ];
    return [
      { key: 'name', header: t('dispatch.objects.object'), width: 'minmax(160px, 1fr)', render: (row) => row.name },
      {
        key: 'company',
        header: t('dispatch.objects.company'),
        width: 'minmax(140px, 0.8fr)',
        render: (row) => row.company.name,
      },
      {
        key: 'address',
        header: t('dispatch.objects.address'),
        width: 'minmax(160px, 1.2fr)',
        render: (row) => row.address ?? '',
      },
      {
        key: 'point',
        header: t('dispatch.objects.point'),
        width: '150px',
        render: ({ latitude, longitude }) =>
          latitude === null || longitude === null ? (
            <span className={classes.none}>{t('dispatch.objects.noPoint')}</span>
          ) : (
            `${latitude.toFixed(3)}, ${longitude.toFixed(3)}`
          ),
      },
      { key: 'zones', header: t('dispatch.objects.zones'), width: 'minmax(160px, 1fr)', render: inZones },
    ];
  }, [zones, isNarrow, t]);
}
