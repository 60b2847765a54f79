import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@opora/ui/format';
import { IconPencil } from '@tabler/icons-react';
import classes from './checklists.module.css';
import type { Item, Mark } from './checklists.queries';
import type { Cell } from './matrix-dialog';

export type CellDeed = (cell: Cell, isResultAsked: boolean) => void;
type Props = {
  item: Item;
  index: number;
  subjects: { id: string; name: string }[];
  marks: Map<string, Mark>;
  mayTick: boolean;
  onPress: CellDeed;
};

/** One item of a matrix with a box for each person or object. */
export function MatrixRow({ item, index, subjects, marks, mayTick, onPress }: Props) {
  if (item.kind !== 'item') {
    return (
      <tr data-kind={item.kind}>
        <th scope="rowgroup" colSpan={subjects.length + 1}>
          <span>{item.title}</span>
        </th>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row" title={item.hint || item.title}>
        <span>
          {item.title}
          {item.isRequired && <span className={classes.required}>*</span>}
        </span>
      </th>
      {subjects.map((subject, column) => (
        <MatrixCell
          key={subject.id}
          item={item}
          subject={subject}
          mark={marks.get(`${item.id} ${subject.id}`)}
          row={index}
          column={column}
          mayTick={mayTick}
          onPress={onPress}
        />
      ))}
    </tr>
  );
}

type CellProps = Cell & { row: number; column: number; mayTick: boolean; onPress: CellDeed };

const MatrixCell = memo(function MatrixCell({ item, subject, mark, row, column, mayTick, onPress }: CellProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const cell = { item, subject, mark };
  const told =
    mark && [mark.result, mark.reason, `${mark.by.name}, ${format.dateTime(mark.at)}`].filter(Boolean).join('\n');
  return (
    <td data-state={mark?.state} title={told || undefined}>
      <input
        type="checkbox"
        className={classes.box}
        data-row={row}
        data-column={column}
        aria-label={`${item.title}: ${subject.name}`}
        checked={mark !== undefined}
        disabled={!mayTick}
        onChange={() => onPress(cell, false)}
      />
      {mark?.result != null && <span className={classes.cellResult}>{String(mark.result)}</span>}
      {mark && mark.files.length > 0 && <span className={classes.cellResult}>▣{mark.files.length}</span>}
      {mayTick && mark && item.resultKind !== 'none' && (
        <button
          type="button"
          className={classes.cellEdit}
          aria-label={t('checklists.result.change')}
          onClick={() => onPress(cell, true)}
        >
          <IconPencil size={12} />
        </button>
      )}
    </td>
  );
});
