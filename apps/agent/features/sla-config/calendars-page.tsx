import { useHolds } from '@/api';
import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { useNarrow } from '@/directory/use-narrow';
import { Badge, Button, Group, Switch } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconCalendarTime, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import classes from './calendar.module.css';
import { calendarsQuery, type WorkCalendar } from './calendars.queries';
import { ConfigTabs } from './config-tabs';
import { weekGroups } from './week-words';

/** When somebody works: the calendars that deadlines are counted by. */
export function CalendarsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useListAddress();
  const isManager = useHolds('sla.manage');
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const archived = address.get('archived') === '1';
  const list = useInfiniteQuery(calendarsQuery(archived));
  const columns = useColumns(isNarrow);
  const go = (id: string) => void navigate(`/sla-config/calendars/${id}`);
  useHotkey('KeyN', () => go('new'), {
    label: t('slaConfig.calendars.add'),
    group: t('directory.keys'),
    isOn: isManager,
  });
  return (
    <Page
      isWide
      title={t('slaConfig.calendars.title')}
      actions={
        isManager && (
          <Button leftSection={<IconPlus size={15} />} onClick={() => go('new')}>
            {t('slaConfig.calendars.add')}
          </Button>
        )
      }
      toolbar={<ConfigTabs />}
    >
      <FilterBar>
        <Switch
          label={t('slaConfig.showArchived')}
          checked={archived}
          onChange={(event) => address.set({ archived: event.currentTarget.checked ? '1' : null })}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('slaConfig.calendars.title')}
          query={list}
          columns={columns}
          onOpen={(row) => go(row.id)}
          rowHeight={isNarrow ? 64 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconCalendarTime size={36} stroke={1.3} />,
            title: t('slaConfig.calendars.empty'),
            hint: t('slaConfig.calendars.emptyHint'),
          }}
        />
      </div>
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<WorkCalendar>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const hours = ({ week }: WorkCalendar) =>
      weekGroups(week)
        .map(({ first, last, intervals }) => {
          const days = [first, last]
            .filter((day, index, all) => index === 0 || day !== all[0])
            .map((day) => t(`slaConfig.weekdayShort.${day}`))
            .join('–');
          return `${days} ${intervals.map(({ from, to }) => `${from}–${to}`).join(', ')}`;
        })
        .join('; ');
    const name = (row: WorkCalendar) => (
      <Group gap={8} wrap="nowrap" miw={0}>
        <span className={classes.clip}>{row.name}</span>
        {row.holidays && <Badge color="red">{t('slaConfig.calendars.hasHolidays')}</Badge>}
        {row.isArchived && <Badge color="gray">{t('slaConfig.archived')}</Badge>}
      </Group>
    );
    if (isNarrow)
      return [
        {
          key: 'card',
          header: t('slaConfig.field.name'),
          width: '1fr',
          render: (row) => (
            <div className={classes.twoLines}>
              {name(row)}
              <span className={`${classes.dim} ${classes.clip}`}>{hours(row)}</span>
            </div>
          ),
        },
      ];
    return [
      { key: 'name', header: t('slaConfig.field.name'), width: 'minmax(200px, 1fr)', render: name },
      {
        key: 'hours',
        header: t('slaConfig.calendars.hours'),
        width: 'minmax(220px, 1.2fr)',
        render: (row) => <span className={classes.clip}>{hours(row)}</span>,
      },
      { key: 'zone', header: t('slaConfig.field.timeZone'), width: '170px', render: ({ timeZone }) => timeZone },
      {
        key: 'used',
        header: t('slaConfig.calendars.usedBy'),
        width: 'minmax(140px, 0.8fr)',
        render: ({ usedBy }) => <span className={`${classes.dim} ${classes.clip}`}>{usedBy.join(', ')}</span>,
      },
    ];
  }, [isNarrow, t]);
}
