import { VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './data-table.module.css';

/** One column: `width` is a CSS grid track, `sortKey` makes its heading a button. */
export type Column<Row> = {
  key: string;
  header: string;
  width: string;
  render: (row: Row) => ReactNode;
  align?: 'end';
  sortKey?: string;
  /** The heading is for readers only: the column is too narrow for words. */
  isHeaderHidden?: boolean;
};

type Props<Row> = { columns: Column<Row>[]; template: string; sort?: string; onSort?: (sort: string) => void };

/** Headings that stay in sight; a second click turns the order round. */
export function HeaderRow<Row>({ columns, template, sort, onSort }: Props<Row>) {
  const { t } = useTranslation();
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.headRow} style={{ gridTemplateColumns: template }}>
        {columns.map(({ key, header, align, sortKey, isHeaderHidden }) => {
          const direction =
            sortKey && sort === sortKey ? 'ascending' : sortKey && sort === `-${sortKey}` ? 'descending' : undefined;
          return (
            <div key={key} role="columnheader" aria-sort={direction} className={classes.headCell} data-align={align}>
              {sortKey && onSort ? (
                <button
                  type="button"
                  className={classes.sort}
                  onClick={() => onSort(direction === 'descending' ? sortKey : `-${sortKey}`)}
                >
                  {header}
                  {direction === 'ascending' && <IconArrowUp size={12} aria-label={t('ui.sort.ascending')} />}
                  {direction === 'descending' && <IconArrowDown size={12} aria-label={t('ui.sort.descending')} />}
                </button>
              ) : isHeaderHidden ? (
                <VisuallyHidden>{header}</VisuallyHidden>
              ) : (
                header
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
