import type { TicketSlots } from '@/slots/ticket-slots';
import { Button, Checkbox } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import type { Column } from '@opora/ui/table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './selection-bar.module.css';
import type { TicketRow } from './tickets.types';
import type { Selection } from './use-selection';

/** How many tickets are chosen, the way to all of them, and what can be done with them. */
export function SelectionBar({
  selection,
  tools,
  total,
}: {
  selection: Selection;
  tools: TicketSlots['selection'];
  total: number | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = selection.count(total);
  const mayTakeAll = !selection.isAll && total !== undefined && total > count;
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('tickets.select.title')}>
      <span className={classes.count} role="status">
        {t('tickets.select.count', { count, shown: format.number(count) })}
      </span>
      {mayTakeAll && (
        <Button variant="subtle" size="compact-xs" onClick={selection.chooseAll}>
          {t('tickets.select.all', { count: total, shown: format.number(total) })}
        </Button>
      )}
      <span className={classes.tools}>
        {/* Also when nothing is left: what a tool has begun goes on though the tickets have left the list. */}
        {tools.map(({ key, Tool }) => (
          <Tool key={key} selection={{ count, body: selection.body() }} onDone={selection.clear} />
        ))}
        <Button variant="default" size="compact-sm" onClick={selection.clear}>
          {t('tickets.select.clear')}
        </Button>
      </span>
    </div>
  );
}

/** The columns with a box in front of each row. */
export function useSelectColumn(
  columns: Column<TicketRow>[],
  selection: Selection,
  isShown: boolean,
): Column<TicketRow>[] {
  const { t } = useTranslation();
  const { has, toggle } = selection;
  return useMemo(() => {
    if (!isShown) return columns;
    const box: Column<TicketRow> = {
      key: 'select',
      header: t('tickets.select.title'),
      isHeaderHidden: true,
      width: '26px',
      render: (row) => (
        <Checkbox
          size="xs"
          data-own-click
          aria-label={t('tickets.select.one', { number: row.number })}
          checked={has(row.id)}
          onChange={(event) => toggle(row.id, (event.nativeEvent as MouseEvent).shiftKey)}
        />
      ),
    };
    return [box, ...columns];
    // `toggle` belongs to the rows of this moment and is made anew with them.
  }, [columns, has, toggle, isShown, t]);
}
