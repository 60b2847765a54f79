import { Button, TextInput } from '@mantine/core';
import { notifyProblem } from '@opora/ui/theme';
import { useCallback, useMemo, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';
import { useAddItem, useMark, type Checklist, type Item, type NewMark } from './checklists.queries';
import { ItemDrawer } from './item-drawer';
import { ItemRow } from './item-row';

type Props = { list: Checklist; ticket: string; mayTick: boolean };

/** Items one under another: ↑ ↓ go through the boxes, the space bar ticks. */
export function ItemList({ list, ticket, mayTick }: Props) {
  const { t } = useTranslation();
  const mark = useMark(ticket, list.id);
  const [edited, edit] = useState<Item | null>(null);
  const marks = useMemo(() => new Map(list.marks.map((each) => [each.itemId, each])), [list.marks]);
  const { mutate } = mark;
  const tick = useCallback(
    (change: Omit<NewMark, 'subjectId'>) =>
      new Promise<Error | null>((resolve) =>
        mutate([{ ...change, subjectId: null }], {
          onSuccess: () => resolve(null),
          onError: (error) => resolve(error),
        }),
      ),
    [mutate],
  );
  const fail = useCallback((error: Error) => notifyProblem(t('ui.failed'), error), [t]);
  const openEdit = useCallback((item: Item) => edit(item), []);
  return (
    <>
      <ul className={classes.items} onKeyDown={moveFocus}>
        {list.items.map((item) => (
          <ItemRow
            key={item.id}
            item={item}
            mark={marks.get(item.id)}
            mayTick={mayTick}
            onTick={tick}
            onFail={fail}
            onEdit={openEdit}
          />
        ))}
      </ul>
      {mayTick && <NewItem list={list} ticket={ticket} />}
      {edited && <ItemDrawer item={edited} ticket={ticket} onClose={() => edit(null)} />}
    </>
  );
}

/** Up and down between the boxes of one list. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (!step || !(event.target instanceof HTMLInputElement) || event.target.type !== 'checkbox') return;
  event.preventDefault();
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[data-item]')];
  boxes[boxes.indexOf(event.target) + step]?.focus();
}

function NewItem({ list, ticket }: { list: Checklist; ticket: string }) {
  const { t } = useTranslation();
  const [title, setTitle] = useState('');
  const [isOpen, open] = useState(list.items.length === 0);
  const add = useAddItem(ticket, list.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!title.trim()) return;
    // The next one can be written while this one is on its way.
    setTitle('');
    add.mutate({ title }, { onError: (error) => (setTitle(title), notifyProblem(t('ui.failed'), error)) });
  };
  if (!isOpen) {
    return (
      <Button variant="subtle" size="compact-xs" onClick={() => open(true)}>
        {t('checklists.addItem')}
      </Button>
    );
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        autoFocus={list.items.length > 0}
        size="xs"
        aria-label={t('checklists.addItem')}
        placeholder={t('checklists.newItem')}
        maxLength={500}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && open(false)}
      />
    </form>
  );
}
