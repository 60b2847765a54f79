import { EmptyState, ErrorState, Loading } from '@opora/ui/page';
import { useHotkey } from '@opora/ui/hotkeys';
import { DataTable, type Column } from '@opora/ui/table';
import { useCallback, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './directory.module.css';
import { useRows, type PagedQuery } from './use-rows';

type Props<Row extends { id: string }> = {
  label: string;
  query: PagedQuery<Row>;
  columns: Column<Row>[];
  selected?: string | null;
  onOpen: (row: Row) => void;
  rowHeight?: number;
  hidesHeader?: boolean;
  empty: { title: string; hint?: string; icon?: ReactNode; action?: ReactNode };
};

/** A dense list with its keyboard cursor (↑ ↓, J K, Enter) and what stands there instead of rows. */
export function DirectoryList<Row extends { id: string }>({
  label,
  query,
  columns,
  selected,
  onOpen,
  rowHeight,
  hidesHeader,
  empty,
}: Props<Row>) {
  const { t } = useTranslation();
  const { rows, more, isLoadingMore } = useRows(query);
  const [cursor, setCursor] = useState<string | null>(null);
  const at = rows.findIndex(({ id }) => id === cursor);
  const step = (by: number) => setCursor(rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.id ?? null);
  const group = t('directory.keys');
  useHotkey('KeyJ', () => step(1), { label: t('directory.next'), group });
  useHotkey('KeyK', () => step(at < 0 ? 1 : -1), { label: t('directory.previous'), group });
  useHotkey('Enter', () => rows[at] && onOpen(rows[at]), { label: t('directory.open'), group, isOn: at >= 0 });

  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Loading lines={14} height={16} />;
  if (rows.length === 0) return <EmptyState {...empty} />;
  return (
    <DataTable
      label={label}
      rows={rows}
      columns={columns}
      keyOf={({ id }) => id}
      cursor={cursor}
      onCursor={({ id }) => setCursor(id)}
      selected={selected ?? null}
      onOpen={onOpen}
      onEnd={more}
      isLoadingMore={isLoadingMore}
      {...(rowHeight ? { rowHeight } : {})}
      {...(hidesHeader ? { hidesHeader } : {})}
    />
  );
}

/** Where a list stands: gives the focus to its grid, so that ↓ in the search box goes on in the rows. */
export function useGridFocus() {
  const box = useRef<HTMLDivElement>(null);
  const focus = useCallback(() => {
    const grid = box.current?.querySelector<HTMLElement>('[role="grid"]');
    grid?.focus();
    grid?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
  }, []);
  return { box, focus, className: classes.grid };
}
