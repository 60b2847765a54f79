import { useHolds } from '@/api';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { useNarrow } from '@/directory/use-narrow';
import { ObjectPicker, PersonPicker } from '@/pickers/directory-pickers';
import { referenceQuery } from '@/pickers/reference.queries';
import { ActionIcon, Button, Group as Row, SegmentedControl, Text } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Agenda } from './agenda';
import { addDays, dayKey, dayOfKey, onDay, shownDays, turned, type Span } from './calendar-days';
import { GroupDrawer } from './group-drawer';
import { MonthGrid } from './month-grid';
import { MoveDialog, type Moving } from './move-dialog';
import { groupsQuery, scheduledTicketsQuery, type Group } from './planning.queries';
import { PlanningTabs } from './planning-tabs';
import classes from './planning.module.css';

const DAY_KEY = /^\d{4}-\d\d-\d\d$/;

/** What is planned on which day: dates of plans with their tickets, and other tickets given a day. */
export function PlanningCalendarPage() {
  const { t } = useTranslation();
  const { get, set } = useListAddress();
  const isManager = useHolds('planning.manage');
  const isNarrow = useNarrow();
  const asked = get('day');
  const around = useMemo(() => (asked && DAY_KEY.test(asked) ? dayOfKey(asked) : new Date()), [asked]);
  const span: Span = get('span') === 'week' ? 'week' : 'month';
  const days = useMemo(() => shownDays(around, span), [around, span]);
  const [assigneeId, objectId] = [get('assignee'), get('object')];
  const { groups, tickets } = useDays(days, assigneeId, objectId);
  const [opened, setOpened] = useState<Group | null>(null);
  const [moving, setMoving] = useState<Moving | null>(null);
  const go = (day: Date) => set({ day: dayKey(day) });
  useKeys((by) => go(turned(around, span, by)));
  const entries = groups.data ?? [];
  const move = (group: Group, day: string) => setMoving({ group, to: onDay(group.at, day) });
  const present = opened && (entries.find(({ occurrenceId }) => occurrenceId === opened.occurrenceId) ?? opened);
  const shared = {
    days,
    month: span === 'month' ? around.getMonth() : null,
    groups: entries,
    tickets: tickets.data ?? [],
    onOpen: setOpened,
  };
  return (
    <Page isWide title={t('planning.calendar.title')} actions={isManager && <AddPlan />} toolbar={<PlanningTabs />}>
      <div className={classes.calendar}>
        <FilterBar>
          <Turner
            around={around}
            span={span}
            onTurn={(by) => go(turned(around, span, by))}
            onToday={() => go(new Date())}
          />
          <SegmentedControl
            aria-label={t('planning.calendar.span')}
            data={(['month', 'week'] as const).map((value) => ({ value, label: t(`planning.calendar.${value}`) }))}
            value={span}
            onChange={(value) => set({ span: value })}
          />
          <Filters assigneeId={assigneeId} objectId={objectId} onChange={set} />
        </FilterBar>
        {groups.error && <ErrorState error={groups.error} onRetry={() => void groups.refetch()} />}
        {groups.isPending && <Loading lines={14} />}
        {groups.data && isNarrow && <Agenda {...shared} />}
        {groups.data && !isNarrow && (
          <MonthGrid
            {...shared}
            isWeek={span === 'week'}
            onMove={isManager ? move : undefined}
            onMore={(day) => set({ day, span: 'week' })}
          />
        )}
        {!isNarrow && <Legend />}
      </div>
      {present && <GroupDrawer group={present} onClose={() => setOpened(null)} onMove={setMoving} />}
      {moving && <MoveDialog moving={moving} onClose={() => setMoving(null)} />}
    </Page>
  );
}

function useDays(days: Date[], assigneeId: string | null | undefined, objectId: string | null | undefined) {
  const [first, last] = [days[0]!, days[days.length - 1]!];
  const who = assigneeId ? { assigneeId } : {};
  const groups = useQuery({
    ...groupsQuery({
      from: first.toISOString(),
      to: addDays(last, 1).toISOString(),
      ...who,
      ...(objectId ? { objectId } : {}),
    }),
    placeholderData: keepPreviousData,
  });
  const tickets = useQuery({
    ...scheduledTicketsQuery({ from: dayKey(first), to: dayKey(last), ...who }),
    enabled: !objectId,
    placeholderData: objectId ? undefined : keepPreviousData,
  });
  return { groups, tickets };
}

function useKeys(turn: (by: -1 | 1) => void) {
  const { t } = useTranslation();
  const group = t('planning.calendar.title');
  useHotkey('BracketLeft', () => turn(-1), { label: t('planning.calendar.previous'), group });
  useHotkey('BracketRight', () => turn(1), { label: t('planning.calendar.next'), group });
}

function AddPlan() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const add = () => void navigate('/planning/plans/new');
  useHotkey('KeyN', add, { label: t('planning.plans.add'), group: t('directory.keys') });
  return (
    <Button leftSection={<IconPlus size={15} />} onClick={add}>
      {t('planning.plans.add')}
    </Button>
  );
}

type TurnerProps = { around: Date; span: Span; onTurn: (by: -1 | 1) => void; onToday: () => void };

function Turner({ around, span, onTurn, onToday }: TurnerProps) {
  const { t, i18n } = useTranslation();
  const days = shownDays(around, 'week');
  const title =
    span === 'month'
      ? new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric' }).format(around)
      : new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'short', year: 'numeric' }).formatRange(
          days[0]!,
          days[6]!,
        );
  return (
    <Row gap={4} wrap="nowrap">
      <ActionIcon variant="default" size={30} aria-label={t('planning.calendar.previous')} onClick={() => onTurn(-1)}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <Button variant="default" size="xs" h={30} onClick={onToday}>
        {t('planning.calendar.today')}
      </Button>
      <ActionIcon variant="default" size={30} aria-label={t('planning.calendar.next')} onClick={() => onTurn(1)}>
        <IconChevronRight size={16} />
      </ActionIcon>
      <Text fw={600} component="h2" size="md" className={classes.span} aria-live="polite">
        {title}
      </Text>
    </Row>
  );
}

type FiltersProps = {
  assigneeId: string | null | undefined;
  objectId: string | null | undefined;
  onChange: (change: Record<string, string | null>) => void;
};

function Filters({ assigneeId, objectId, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const name = useName('employee', assigneeId);
  const object = useName('object', objectId);
  return (
    <>
      <PersonPicker
        aria-label={t('planning.calendar.assignee')}
        placeholder={t('planning.calendar.assignee')}
        clearable
        w={190}
        value={name}
        onChange={(person) => onChange({ assignee: person?.id ?? null })}
      />
      <ObjectPicker
        aria-label={t('planning.calendar.object')}
        placeholder={t('planning.calendar.object')}
        clearable
        w={190}
        value={object}
        onChange={(entry) => onChange({ object: entry?.id ?? null })}
      />
    </>
  );
}

function useName(reference: 'employee' | 'object', id: string | null | undefined) {
  const { data } = useQuery({ ...referenceQuery(reference, id ?? ''), enabled: Boolean(id) });
  return id ? { id, name: data?.name ?? '…' } : null;
}

function Legend() {
  const { t } = useTranslation();
  const states = ['planned', 'created', 'overdue', 'done', 'skipped', 'failed', 'ticket'];
  return (
    <div className={classes.legendRow}>
      {states.map((state) => (
        <span key={state}>
          <i className={classes.dot} data-state={state} aria-hidden /> {t(`planning.occurrence.${state}`)}
        </span>
      ))}
    </div>
  );
}
