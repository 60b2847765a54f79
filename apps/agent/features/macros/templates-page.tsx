import { useListAddress } from '@/directory/list-address';
import { useNarrow } from '@/directory/use-narrow';
import type { Column } from '@opora/ui/table';
import { IconTemplate } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { KeptCard, KeptName, KeptPage, ScopeBadge } from './kept-page';
import classes from './macros.module.css';
import { TemplateDrawer } from './template-drawer';
import { templatesQuery, type Template } from './templates.queries';

/** Values that new tickets begin with. */
export function TemplatesPage() {
  const q = useListAddress().get('q');
  const list = useInfiniteQuery({ ...templatesQuery(q ? { q } : {}), placeholderData: keepPreviousData });
  return (
    <KeptPage
      kind="templates"
      icon={<IconTemplate size={36} stroke={1.3} />}
      list={list}
      columns={useColumns()}
      card={(id, onClose) => <TemplateDrawer key={id} id={id} onClose={onClose} />}
    />
  );
}

function useColumns(): Column<Template>[] {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  return useMemo(() => {
    const name = (row: Template) => <KeptName name={row.name} problems={row.problems} />;
    if (isNarrow)
      return [
        {
          key: 'card',
          header: t('macros.field.name'),
          width: '1fr',
          render: (row) => (
            <KeptCard name={name(row)}>
              <ScopeBadge scope={row.scope} /> {row.description}
            </KeptCard>
          ),
        },
      ];
    return [
      { key: 'name', header: t('macros.field.name'), width: 'minmax(220px, 1fr)', render: name },
      {
        key: 'description',
        header: t('macros.field.description'),
        width: 'minmax(200px, 1.4fr)',
        render: ({ description }) => <span className={classes.clip}>{description}</span>,
      },
      {
        key: 'scope',
        header: t('macros.field.scope'),
        width: '150px',
        render: ({ scope }) => <ScopeBadge scope={scope} />,
      },
    ];
  }, [isNarrow, t]);
}
