import { ActionIcon, Menu } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { IconBan, IconDots, IconEye, IconPencil, IconRotate } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';
import type { Item, Mark, NewMark } from './checklists.queries';
import { MarkResult } from './mark-result';
import { NotApplicable } from './not-applicable';
import { ResultEditor } from './result-editor';

type Change = Omit<NewMark, 'subjectId'>;
type Props = {
  item: Item;
  mark: Mark | undefined;
  mayTick: boolean;
  onTick: (change: Change) => Promise<Error | null>;
  onFail: (error: Error) => void;
  onEdit: (item: Item) => void;
};

/** One line of a checklist: a heading, or a box with what its result asks for. Two hundred of them stay light. */
export const ItemRow = memo(function ItemRow(props: Props) {
  const { item } = props;
  if (item.kind !== 'item') {
    return (
      <li className={classes.heading} data-kind={item.kind}>
        {item.title}
        {props.mayTick && <RowMenu {...props} onSkip={() => undefined} />}
      </li>
    );
  }
  return <Tickable {...props} />;
});

function Tickable(props: Props) {
  const { t } = useTranslation();
  const { item, mark, mayTick, onTick, onFail } = props;
  const [open, setOpen] = useState<'result' | 'skip' | null>(null);
  const needsResult = item.resultKind !== 'none' && !item.resultLimits.isOptional;
  const tick = async (change: Change) => {
    const error = await onTick(change);
    if (error) onFail(error);
  };
  const press = () => {
    if (mark) return void tick({ itemId: item.id, state: null });
    if (needsResult) return setOpen(open === 'result' ? null : 'result');
    void tick({ itemId: item.id, state: 'done' });
  };
  return (
    <li className={classes.item} data-state={mark?.state}>
      <label className={classes.itemLine}>
        <input
          type="checkbox"
          data-item={item.id}
          className={classes.box}
          checked={mark !== undefined}
          disabled={!mayTick}
          aria-describedby={`about-${item.id}`}
          onChange={press}
        />
        <span className={classes.itemTitle}>
          {item.title}
          {item.isRequired && (
            <span className={classes.required} title={t('checklists.required')}>
              *
            </span>
          )}
          {item.isClientVisible && (
            <IconEye size={13} className={classes.sign} aria-label={t('checklists.clientSees')} />
          )}
        </span>
      </label>
      {mayTick && <RowMenu {...props} onSkip={() => setOpen('skip')} />}
      <div id={`about-${item.id}`} className={classes.about}>
        <About item={item} mark={mark} />
        {mark && <MarkResult item={item} mark={mark} />}
        {mayTick && item.resultKind !== 'none' && open !== 'result' && mark?.state !== 'not_applicable' && (
          <button type="button" className={classes.link} onClick={() => setOpen('result')}>
            {t(mark ? 'checklists.result.change' : `checklists.result.give.${item.resultKind}`)}
          </button>
        )}
        {open === 'result' && (
          <ResultEditor
            item={item}
            mark={mark}
            onSave={(given) => onTick({ itemId: item.id, state: 'done', ...given })}
            onDone={() => setOpen(null)}
          />
        )}
        {open === 'skip' && (
          <NotApplicable
            isRequired={item.isRequired}
            onSave={(reason) => onTick({ itemId: item.id, state: 'not_applicable', reason })}
            onDone={() => setOpen(null)}
          />
        )}
      </div>
    </li>
  );
}

/** Hint, who is to do it and how long it should take; then who did it and when. */
function About({ item, mark }: { item: Item; mark: Mark | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const plan = [
    item.assignee?.name,
    item.plannedSeconds ? t('checklists.planned', { time: format.duration(item.plannedSeconds) }) : null,
  ].filter(Boolean);
  return (
    <>
      {item.hint && <span>{item.hint}</span>}
      {plan.length > 0 && !mark && <span>{plan.join(' · ')}</span>}
      {mark && (
        <span title={format.full(mark.at)}>
          {mark.by.name}, {format.dateTime(mark.at)}
        </span>
      )}
    </>
  );
}

/** The rare deeds of a row; the menu exists only while it is open. */
function RowMenu({ item, mark, onTick, onFail, onEdit, onSkip }: Props & { onSkip: () => void }) {
  const { t } = useTranslation();
  const [isOpen, open] = useState(false);
  const button = (
    <ActionIcon
      size={24}
      className={classes.more}
      aria-label={t('checklists.itemDeeds', { title: item.title })}
      onClick={() => open(true)}
    >
      <IconDots size={14} />
    </ActionIcon>
  );
  if (!isOpen) return button;
  const clear = async () => {
    const error = await onTick({ itemId: item.id, state: null });
    if (error) onFail(error);
  };
  return (
    <Menu opened onChange={open} position="bottom-end">
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {item.kind === 'item' && !mark && (
          <Menu.Item leftSection={<IconBan size={15} />} onClick={onSkip}>
            {t('checklists.skip')}
          </Menu.Item>
        )}
        {mark && (
          <Menu.Item leftSection={<IconRotate size={15} />} onClick={() => void clear()}>
            {t('checklists.untick')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => onEdit(item)}>
          {t('checklists.editItem')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
