import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './data-table.module.css';
import { HeaderRow, type Column } from './header-row';

export type { Column } from './header-row';

export type DataTableProps<Row> = {
  label: string;
  rows: Row[];
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
  /** Row under the keyboard cursor; moved by ↑ ↓ Home End PageUp PageDown, opened by Enter. */
  cursor?: string | null;
  onCursor?: (row: Row) => void;
  onOpen?: (row: Row) => void;
  onHover?: (row: Row) => void;
  selected?: string | null;
  tintOf?: (row: Row) => string | undefined;
  rowHeight?: number;
  /** How many rows there are on the server, when it is known; -1 when not. */
  total?: number;
  sort?: string;
  onSort?: (sort: string) => void;
  onEnd?: () => void;
  isLoadingMore?: boolean;
  hidesHeader?: boolean;
  footer?: ReactNode;
};

const PAGE_ROWS = 12;

/** A dense list of any length: only the rows in sight exist, a keyboard moves through all of them. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    label,
    rows,
    columns,
    keyOf,
    cursor,
    onCursor,
    onOpen,
    rowHeight = 32,
    total = -1,
    onEnd,
    isLoadingMore,
    hidesHeader,
  } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => keyOf(rows[index] as Row),
    initialRect: { width: 800, height: 640 },
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) onEnd?.();
  }, [last, rows.length, onEnd]);

  const at = cursor ? rows.findIndex((row) => keyOf(row) === cursor) : -1;
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);

  const onKeyDown = (event: KeyboardEvent) => {
    const target = targetOf(event.key, at, rows.length);
    const row = target === null ? undefined : rows[target];
    if (row) {
      event.preventDefault();
      onCursor?.(row);
    } else if (event.key === 'Enter' && event.target === event.currentTarget && rows[at]) {
      event.preventDefault();
      onOpen?.(rows[at]);
    }
  };
  const template = columns.map(({ width }) => width).join(' ');
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={total >= 0 ? total + 1 : -1}
      aria-colcount={columns.length}
      aria-activedescendant={at >= 0 ? rowId(label, keyOf(rows[at] as Row)) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {!hidesHeader && <HeaderRow columns={columns} template={template} sort={props.sort} onSort={props.onSort} />}
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => (
          <BodyRow
            key={item.key}
            {...props}
            row={rows[item.index] as Row}
            index={item.index}
            top={item.start}
            height={rowHeight}
            template={template}
          />
        ))}
      </div>
      {isLoadingMore && <div className={classes.more}>{t('ui.loadingMore')}</div>}
      {props.footer}
    </div>
  );
}

type BodyRowProps<Row> = DataTableProps<Row> & {
  row: Row;
  index: number;
  top: number;
  height: number;
  template: string;
};

function BodyRow<Row>({
  label,
  row,
  index,
  top,
  height,
  template,
  columns,
  keyOf,
  cursor,
  selected,
  tintOf,
  onOpen,
  onHover,
}: BodyRowProps<Row>) {
  const key = keyOf(row);
  const tint = tintOf?.(row);
  return (
    <div
      id={rowId(label, key)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected === key}
      data-cursor={cursor === key || undefined}
      className={`${classes.row} ${tint ? `o-tint o-tint-${tint}` : ''}`}
      style={{ transform: `translateY(${top}px)`, height, gridTemplateColumns: template }}
      onClick={(event) => {
        // A link inside the row opens a new tab when asked to; everything else opens the row.
        if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
        if ((event.target as HTMLElement).closest('button, input, [data-own-click]')) return;
        event.preventDefault();
        onOpen?.(row);
      }}
      onPointerEnter={() => onHover?.(row)}
    >
      {columns.map((column) => (
        <div key={column.key} role="gridcell" className={classes.cell} data-align={column.align}>
          {column.render(row)}
        </div>
      ))}
    </div>
  );
}

function targetOf(key: string, at: number, count: number): number | null {
  const to = (index: number) => Math.max(0, Math.min(count - 1, index));
  if (key === 'ArrowDown') return to(at + 1);
  if (key === 'ArrowUp') return to(at - 1);
  if (key === 'PageDown') return to(at + PAGE_ROWS);
  if (key === 'PageUp') return to(at - PAGE_ROWS);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

const rowId = (label: string, key: string) => `${label.replace(/\W+/g, '')}-row-${key}`;
