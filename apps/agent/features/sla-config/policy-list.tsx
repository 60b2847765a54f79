import { TicketConditionSentence } from '@/pickers/ticket-condition';
import type { Condition } from '@opora/ui/conditions';
import { ActionIcon, Badge, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconGripVertical } from '@tabler/icons-react';
import { useState, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Policy } from './policies.queries';
import classes from './policies.module.css';
import { MetricChips } from './metric-chips';
import { moved } from './reorder';

type Props = { policies: Policy[]; isOpen: boolean; onOrder: (policies: Policy[]) => void };

/** Policies in their order: the first that fits a ticket counts. Moved by dragging or by the arrow keys on the handle. */
export function PolicyList({ policies, isOpen, onOrder }: Props) {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [told, setTold] = useState('');
  const move = (from: number, to: number) => {
    const next = moved(policies, from, to);
    if (next === policies) return;
    onOrder(next);
    const at = next.findIndex(({ id }) => id === policies[from]?.id);
    setTold(t('slaConfig.policies.movedTo', { name: policies[from]?.name, place: at + 1, count: next.length }));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    if (dragged !== null && over !== null) move(dragged, over);
    setDragged(null);
    setOver(null);
  };
  return (
    <>
      <ol className={classes.list} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        {policies.map((policy, index) => (
          <li
            key={policy.id}
            className={classes.item}
            data-off={!policy.isActive || undefined}
            data-over={
              (over === index && dragged !== index && (index < (dragged ?? 0) ? 'above' : 'below')) || undefined
            }
            data-dragged={dragged === index || undefined}
            onDragEnter={() => dragged !== null && setOver(index)}
          >
            {isOpen && (
              <Handle
                name={policy.name}
                index={index}
                count={policies.length}
                onMove={(to) => move(index, to)}
                onDrag={setDragged}
                onEnd={() => {
                  setDragged(null);
                  setOver(null);
                }}
              />
            )}
            <span className={classes.place}>{index + 1}</span>
            <PolicyWords policy={policy} />
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
        aria-label={t('slaConfig.policies.move', { name })}
        title={t('slaConfig.policies.moveHint')}
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
          size="sm"
          aria-label={t('slaConfig.policies.up', { name })}
          disabled={index === 0}
          onClick={() => onMove(index - 1)}
        >
          <IconChevronUp size={14} />
        </ActionIcon>
        <ActionIcon
          size="sm"
          aria-label={t('slaConfig.policies.down', { name })}
          disabled={index === count - 1}
          onClick={() => onMove(index + 1)}
        >
          <IconChevronDown size={14} />
        </ActionIcon>
      </span>
    </span>
  );
}

function PolicyWords({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  return (
    <div className={classes.words}>
      <div className={classes.nameLine}>
        <Link to={`/sla-config/policies/${policy.id}`} className={classes.name}>
          {policy.name}
        </Link>
        {!policy.isActive && <Badge color="gray">{t('slaConfig.policies.off')}</Badge>}
        <MetricChips metrics={policy.metrics} />
      </div>
      <div className={classes.when}>
        <TicketConditionSentence value={policy.when as Condition} />
      </div>
    </div>
  );
}
