import { Dialog } from '@opora/ui/dialog';
import { notifyProblem } from '@opora/ui/theme';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';
import { useMark, type Checklist, type Item, type Mark, type NewMark } from './checklists.queries';
import { MatrixCellEditor } from './matrix-cell-editor';
import { MatrixRow, type CellDeed } from './matrix-row';

type Props = { list: Checklist; ticket: string; mayTick: boolean; onClose: () => void };
export type Cell = { item: Item; subject: { id: string; name: string }; mark: Mark | undefined };
const ROW = 36;

/** Items down, people or objects across; arrows move, the space bar ticks. Only the rows in sight exist. */
export function MatrixDialog({ list, ticket, mayTick, onClose }: Props) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { mutate } = useMark(ticket, list.id);
  const [edited, edit] = useState<Cell | null>(null);
  const marks = useMemo(
    () => new Map(list.marks.map((mark) => [`${mark.itemId} ${mark.subjectId}`, mark])),
    [list.marks],
  );
  const rows = useVirtualizer({
    count: list.items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    initialRect: { width: 900, height: 640 },
  });
  const tick = useCallback(
    (changes: NewMark[]) => mutate(changes, { onError: (error) => notifyProblem(t('ui.failed'), error) }),
    [mutate, t],
  );
  const press: CellDeed = useCallback(
    (cell, isResultAsked) => {
      const { item, subject, mark } = cell;
      if (mark && !isResultAsked) return tick([{ itemId: item.id, subjectId: subject.id, state: null }]);
      if (isResultAsked || (item.resultKind !== 'none' && !item.resultLimits.isOptional)) return edit(cell);
      tick([{ itemId: item.id, subjectId: subject.id, state: 'done' }]);
    },
    [tick],
  );
  /** Every empty plain cell of a column at once, or, where there is none, every ticked one cleared. */
  const column = (subjectId: string) => {
    const plain = list.items.filter(
      ({ kind, resultKind, resultLimits }) => kind === 'item' && (resultKind === 'none' || resultLimits.isOptional),
    );
    const empty = plain.filter(({ id }) => !marks.has(`${id} ${subjectId}`));
    if (empty.length) tick(empty.map(({ id }) => ({ itemId: id, subjectId, state: 'done' })));
  };
  const items = rows.getVirtualItems();
  const [first, last] = [items[0], items[items.length - 1]];
  return (
    <Dialog opened onClose={onClose} fullScreen title={`${list.name} · ${list.progress.done}/${list.progress.total}`}>
      <div ref={scroller} className={classes.matrixScroll} onKeyDown={(event) => move(event, rows.scrollToIndex)}>
        <table className={classes.matrix} aria-rowcount={list.items.length}>
          <thead>
            <tr>
              <th scope="col">{t('checklists.matrix.item')}</th>
              {list.subjects.map(({ id, name }) => (
                <th key={id} scope="col">
                  <button
                    type="button"
                    className={classes.columnHead}
                    disabled={!mayTick}
                    title={t('checklists.matrix.column', { name })}
                    onClick={() => column(id)}
                  >
                    {name}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first && first.start > 0 && <tr aria-hidden style={{ height: first.start }} />}
            {items.map(({ index }) => {
              const item = list.items[index];
              return (
                item && (
                  <MatrixRow
                    key={item.id}
                    item={item}
                    index={index}
                    subjects={list.subjects}
                    marks={marks}
                    mayTick={mayTick}
                    onPress={press}
                  />
                )
              );
            })}
            {last && <tr aria-hidden style={{ height: rows.getTotalSize() - last.end }} />}
          </tbody>
        </table>
      </div>
      {edited && <MatrixCellEditor cell={edited} list={list} ticket={ticket} onClose={() => edit(null)} />}
    </Dialog>
  );
}

const STEPS: Record<string, [number, number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/** Arrows between the cells; headings are stepped over, rows out of sight come into it. */
function move(event: KeyboardEvent<HTMLElement>, scrollTo: (index: number) => void) {
  const step = STEPS[event.key];
  const { target, currentTarget: box } = event;
  if (!step || !(target instanceof HTMLInputElement) || !target.dataset.row) return;
  event.preventDefault();
  const find = (row: number, column: number) =>
    box.querySelector<HTMLInputElement>(`input[data-row="${row}"][data-column="${column}"]`);
  const column = Number(target.dataset.column) + step[1];
  for (let row = Number(target.dataset.row) + step[0], tries = 0; tries < 4 && row >= 0; row += step[0], tries++) {
    const cell = find(row, column);
    if (cell) {
      scrollTo(row);
      return cell.focus();
    }
    if (!step[0]) return;
  }
}
