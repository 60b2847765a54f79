import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconGripVertical } from '@tabler/icons-react';
import { useState, type DragEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './ordered-list.module.css';
import { moved } from './reorder';

type Props<Item> = {
  items: readonly Item[];
  /** Whether the order may be changed. */
  isOpen: boolean;
  keyOf: (item: Item) => string;
  nameOf: (item: Item) => string;
  onOrder: (items: Item[]) => void;
  children: (item: Item) => ReactNode;
};

/** Things in an order that counts: moved by dragging, by the arrow keys on the handle, on a phone by arrows. */
export function OrderedList<Item>({ items, isOpen, keyOf, nameOf, onOrder, children }: Props<Item>) {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [told, setTold] = useState('');
  const move = (from: number, to: number) => {
    const next = moved(items, from, to);
    if (next === items) return;
    onOrder([...next]);
    const at = next.findIndex((item) => keyOf(item) === keyOf(items[from]!));
    setTold(t('directory.order.movedTo', { name: nameOf(items[from]!), place: at + 1, count: next.length }));
  };
  const end = () => {
    setDragged(null);
    setOver(null);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    if (dragged !== null && over !== null) move(dragged, over);
    end();
  };
  const sideOf = (index: number) =>
    over === index && dragged !== null && dragged !== index ? (index < dragged ? 'above' : 'below') : undefined;
  return (
    <>
      <ol className={classes.list} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        {items.map((item, index) => (
          <li
            key={keyOf(item)}
            className={classes.item}
            data-over={sideOf(index)}
            data-dragged={dragged === index || undefined}
            onDragEnter={() => dragged !== null && setOver(index)}
          >
            {isOpen && (
              <Handle
                name={nameOf(item)}
                index={index}
                count={items.length}
                onMove={(to) => move(index, to)}
                onDrag={setDragged}
                onEnd={end}
              />
            )}
            <span className={classes.place}>{index + 1}</span>
            <div className={classes.body}>{children(item)}</div>
          </li>
        ))}
      </ol>
      <VisuallyHidden role="status">{told}</VisuallyHidden>
    </>
  );
}

type HandleProps = {
  name: string;
  index: number;
  count: number;
  onMove: (to: number) => void;
  onDrag: (index: number) => void;
  onEnd: () => void;
};

function Handle({ name, index, count, onMove, onDrag, onEnd }: HandleProps) {
  const { t } = useTranslation();
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: count - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onMove(to);
  };
  return (
    <span className={classes.handles}>
      <button
        type="button"
        className={classes.handle}
        draggable
        aria-label={t('directory.order.move', { name })}
        title={t('directory.order.hint')}
        onKeyDown={onKeyDown}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', name);
          onDrag(index);
        }}
        onDragEnd={onEnd}
      >
        <IconGripVertical size={16} aria-hidden />
      </button>
      <span className={classes.arrows}>
        <ActionIcon
          size={28}
          aria-label={t('directory.order.up', { name })}
          disabled={index === 0}
          onClick={() => onMove(index - 1)}
        >
          <IconChevronUp size={14} />
        </ActionIcon>
        <ActionIcon
          size={28}
          aria-label={t('directory.order.down', { name })}
          disabled={index === count - 1}
          onClick={() => onMove(index + 1)}
        >
          <IconChevronDown size={14} />
        </ActionIcon>
      </span>
    </span>
  );
}
