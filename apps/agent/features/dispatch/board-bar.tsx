import { FilterBar } from '@/directory/filter-bar';
import { teamsQuery } from '@/pickers/directory.queries';
import { ActionIcon, Button, Group, SegmentedControl, Select } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { useHotkey } from '@opora/ui/hotkeys';
import { IconChevronLeft, IconChevronRight, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './board.module.css';

type Props = {
  teamId: string | undefined;
  date: string | undefined;
  days: number;
  onChange: (changes: Record<string, string | null>) => void;
};

const DAY = 86_400_000;
const shifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Whose day, and which. */
export function BoardBar({ teamId, date, days, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const teams = useQuery(teamsQuery());
  const group = t('dispatch.keys.group');
  const step = (by: number) => date && onChange({ date: shifted(date, by * days) });
  useHotkey('BracketLeft', () => step(-1), { label: t('dispatch.board.before'), group });
  useHotkey('BracketRight', () => step(1), { label: t('dispatch.board.after'), group });
  useHotkey('KeyT', () => onChange({ date: null }), { label: t('dispatch.board.today'), group });
  useHotkey('KeyW', () => onChange({ days: days === 7 ? null : '7' }), { label: t('dispatch.keys.week'), group });
  const weekday = date
    ? new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' }).format(new Date(date))
    : '';
  return (
    <FilterBar>
      <Select
        size="xs"
        className={classes.team}
        aria-label={t('dispatch.board.team')}
        placeholder={t('dispatch.board.everybody')}
        leftSection={<IconUsersGroup size={15} aria-hidden />}
        data={(teams.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={teamId ?? null}
        clearable
        searchable
        onChange={(team) => onChange({ team })}
      />
      <Group gap={4} wrap="nowrap">
        <ActionIcon variant="default" aria-label={t('dispatch.board.before')} onClick={() => step(-1)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <span className={classes.date}>{date && `${weekday}, ${format.day(date)}`}</span>
        <ActionIcon variant="default" aria-label={t('dispatch.board.after')} onClick={() => step(1)}>
          <IconChevronRight size={16} />
        </ActionIcon>
        <Button size="xs" variant="default" onClick={() => onChange({ date: null })}>
          {t('dispatch.board.today')}
        </Button>
      </Group>
      <SegmentedControl
        size="xs"
        aria-label={t('dispatch.board.scale')}
        data={[
          { value: '1', label: t('dispatch.board.day') },
          { value: '7', label: t('dispatch.board.week') },
        ]}
        value={String(days)}
        onChange={(value) => onChange({ days: value === '7' ? '7' : null })}
      />
    </FilterBar>
  );
}
