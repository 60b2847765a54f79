import { useListAddress } from '@/directory/list-address';
import { useNarrow } from '@/directory/use-narrow';
import type { Column } from '@opora/ui/table';
import { IconMessage2Bolt } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AnswerDrawer } from './answer-drawer';
import { KeptCard, KeptName, KeptPage, ScopeBadge } from './kept-page';
import { answersQuery, type Answer } from './macros.queries';

/** Texts ready to be put into answers. */
export function AnswersPage() {
  const q = useListAddress().get('q');
  const list = useInfiniteQuery({ ...answersQuery(q ? { q } : {}), placeholderData: keepPreviousData });
  return (
    <KeptPage
      kind="answers"
      icon={<IconMessage2Bolt size={36} stroke={1.3} />}
      list={list}
      columns={useColumns()}
      card={(id, onClose) => <AnswerDrawer key={id} id={id} onClose={onClose} />}
    />
  );
}

function useColumns(): Column<Answer>[] {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  return useMemo(() => {
    const title = ({ title: name, problems }: Answer) => <KeptName name={name} problems={problems} />;
    const shortcut = ({ shortcut: text }: Answer) => text && <code>/{text}</code>;
    if (isNarrow)
      return [
        {
          key: 'card',
          header: t('macros.field.title'),
          width: '1fr',
          render: (row) => (
            <KeptCard name={title(row)}>
              {shortcut(row)} <ScopeBadge scope={row.scope} />
            </KeptCard>
          ),
        },
      ];
    return [
      { key: 'title', header: t('macros.field.title'), width: 'minmax(220px, 1.4fr)', render: title },
      { key: 'shortcut', header: t('macros.field.shortcut'), width: 'minmax(110px, 0.6fr)', render: shortcut },
      {
        key: 'locale',
        header: t('macros.field.locale'),
        width: '110px',
        render: ({ locale }) => (locale ? t(`macros.locale.${locale}`) : t('macros.locale.any')),
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
