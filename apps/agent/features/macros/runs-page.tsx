import { DirectoryList } from '@/directory/directory-list';
import { useNarrow } from '@/directory/use-narrow';
import { Dialog } from '@opora/ui/dialog';
import { RelativeTime, useFormat } from '@opora/ui/format';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconBolt } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { BulkProgress } from './bulk-progress';
import { bulkRunsQuery, type BulkRun } from './bulk.queries';
import { MacrosTabs } from './macros-tabs';
import classes from './macros.module.css';

/** The person's own changes of many tickets. */
export function RunsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = useParams();
  const isNarrow = useNarrow();
  const list = useInfiniteQuery(bulkRunsQuery());
  const columns = useColumns(isNarrow);
  return (
    <Page isWide title={t('macros.runs.title')}>
      <MacrosTabs />
      <DirectoryList
        label={t('macros.runs.title')}
        query={list}
        columns={columns}
        onOpen={(run) => void navigate(`/macros/runs/${run.id}`)}
        rowHeight={isNarrow ? 56 : 36}
        hidesHeader={isNarrow}
        empty={{
          icon: <IconBolt size={36} stroke={1.3} />,
          title: t('macros.runs.empty'),
          hint: t('macros.runs.emptyHint'),
        }}
      />
      {id && (
        <Dialog
          opened
          onClose={() => void navigate('/macros/runs')}
          title={t('macros.runs.one')}
          size={640}
          closeButtonProps={{ 'aria-label': t('ui.close') }}
        >
          <BulkProgress id={id} onClose={() => void navigate('/macros/runs')} />
        </Dialog>
      )}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<BulkRun>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const state = ({ state: name, undo, done, total }: BulkRun) =>
      undo
        ? t(`macros.state.${undo.state === 'done' ? 'undone' : 'undoing'}`, {
            done: format.number(undo.done),
            total: format.number(done),
          })
        : t(`macros.state.${name}`, { done: format.number(done), total: format.number(total) });
    if (isNarrow)
      return [
        {
          key: 'card',
          header: t('macros.field.name'),
          width: '1fr',
          render: (run) => (
            <div className={classes.cardRow}>
              <span className={classes.clip}>{run.name}</span>
              <span className={classes.cardSub}>
                {state(run)} · <RelativeTime at={run.createdAt} />
              </span>
            </div>
          ),
        },
      ];
    return [
      { key: 'name', header: t('macros.field.name'), width: 'minmax(200px, 1fr)', render: ({ name }) => name },
      { key: 'state', header: t('macros.runs.state'), width: 'minmax(220px, 1fr)', render: state },
      {
        key: 'refused',
        header: t('macros.runs.refused'),
        width: '110px',
        align: 'end',
        render: ({ refused }) => refused || '',
      },
      {
        key: 'at',
        header: t('macros.runs.at'),
        width: '150px',
        render: ({ createdAt }) => <RelativeTime at={createdAt} />,
      },
    ];
  }, [isNarrow, t, format]);
}
