import { Progress, Text } from '@mantine/core';
import { unwrap, type Schemas } from '@opora/client';
import { useFormat } from '@opora/ui/format';
import { IconBan, IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api';
import classes from './checklists-panel.module.css';
import { FileList } from './file-list';

type Checklist = Schemas['PortalChecklistView'];
type Mark = Schemas['PortalChecklistMarkView'];

// Below the ticket's own key: its news refresh it; links to photos live five minutes.
const checklistsQuery = (id: string) =>
  queryOptions({
    queryKey: ['tickets', id, 'checklists'],
    queryFn: async () =>
      (await unwrap(api.http.GET('/portal/tickets/{id}/checklists', { params: { path: { id } } }))).data,
    refetchInterval: 4 * 60_000,
  });

/** What is done of the work, point by point, as far as it is meant for the client. */
export function ChecklistsPanel({ ticketId }: { ticketId: string }) {
  const { data: lists } = useQuery(checklistsQuery(ticketId));
  return lists?.map((list) => <ChecklistCard key={list.id} list={list} />) ?? null;
}

function ChecklistCard({ list }: { list: Checklist }) {
  const { t } = useTranslation();
  const { done, total, subjects } = list;
  const progress = t('tickets.checklist.progress', { done, total });
  return (
    <section className={classes.card} aria-label={list.name}>
      <h2 className={classes.title}>
        {list.name}
        <span className={classes.count}>{progress}</span>
      </h2>
      <Progress value={total ? (done / total) * 100 : 0} color="green" aria-label={progress} />
      <ul className={classes.items}>
        {list.items.map((item) =>
          item.kind === 'item' ? (
            <Item
              key={item.id}
              title={item.title}
              marks={list.marks.filter(({ itemId }) => itemId === item.id)}
              subjects={subjects}
            />
          ) : (
            <li key={item.id} className={classes.heading} data-kind={item.kind}>
              {item.title}
            </li>
          ),
        )}
      </ul>
    </section>
  );
}

type ItemProps = { title: string; marks: Mark[]; subjects: Checklist['subjects'] };

function Item({ title, marks, subjects }: ItemProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isDone = marks.length >= Math.max(1, subjects.length);
  const isSkipped = marks.length > 0 && marks.every(({ state }) => state === 'not_applicable');
  const [only] = subjects.length ? [] : marks;
  const Sign = isSkipped ? IconBan : isDone ? IconCircleCheckFilled : IconCircle;
  const state = t(`tickets.checklist.${isSkipped ? 'skipped' : isDone ? 'done' : 'ahead'}`);
  const left = subjects.filter(({ id }) => !marks.some(({ subjectId }) => subjectId === id));
  return (
    <li className={classes.item} data-done={isDone || undefined}>
      <Sign size={20} className={classes.sign} role="img" aria-label={state} />
      <div className={classes.words}>
        <span>{title}</span>
        {only && (
          <Text size="sm" c="dimmed">
            {[only.result, format.dateTime(only.at)].filter((part) => part !== null).join(' · ')}
          </Text>
        )}
        {subjects.length > 0 && (
          <Text size="sm" c="dimmed">
            {left.length
              ? t('tickets.checklist.left', { names: left.map(({ name }) => name).join(', ') })
              : t('tickets.checklist.all')}
          </Text>
        )}
        <FileList files={marks.flatMap(({ files }) => files)} />
      </div>
    </li>
  );
}
