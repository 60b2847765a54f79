import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickReference } from '../fields';
import { ConditionGroup } from './condition-group';
import { ConditionSentence, type NameReference } from './condition-sentence';
import { conditionOf, replaced, treeOf, type ConditionNode } from './condition-tree';
import type { Condition, ConditionField, ConditionProblem } from './condition.types';
import classes from './conditions.module.css';

type Props = {
  fields: ConditionField[];
  value: Condition;
  onChange: (condition: Condition) => void;
  /** Draws the picker of a company, a contact, an object, an employee. */
  pickReference?: PickReference;
  nameReference?: NameReference;
  problems?: ConditionProblem[];
  /** Said when nothing is asked: «Всегда». */
  label?: string;
  isDisabled?: boolean;
  isFolded?: boolean;
  maxDepth?: number;
};

const NO_PROBLEMS: ConditionProblem[] = [];

/** Conditions over any fields in nested groups; folded it reads as a sentence. */
export function ConditionBuilder(props: Props) {
  const { fields, value, onChange, problems = NO_PROBLEMS, isDisabled = false, maxDepth = 3 } = props;
  const { t } = useTranslation();
  const id = useId();
  const [isOpen, setOpen] = useState(!props.isFolded);
  const [held, setHeld] = useState(() => ({ value, tree: treeOf(value) }));
  // Somebody else has set another condition: it is read anew; our own comes back as it went.
  if (held.value !== value && JSON.stringify(held.value) !== JSON.stringify(value))
    setHeld({ value, tree: treeOf(value) });
  const onReplace = (at: number, next: ConditionNode | null) => {
    const tree = at === held.tree.id ? (next?.kind === 'group' ? next : held.tree) : replaced(held.tree, at, next);
    const condition = conditionOf(tree);
    setHeld({ value: condition, tree });
    onChange(condition);
  };
  return (
    <div className={classes.builder}>
      <UnstyledButton
        className={classes.fold}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <IconChevronRight size={14} className={classes.chevron} data-open={isOpen || undefined} aria-hidden />
        <span>
          {props.label && <span className={classes.label}>{props.label} </span>}
          <ConditionSentence fields={fields} value={held.value} nameReference={props.nameReference} />
        </span>
      </UnstyledButton>
      {isOpen && (
        <div id={id} className={classes.open}>
          <ConditionGroup
            node={held.tree}
            path=""
            depth={1}
            builder={{
              fields,
              problems,
              isDisabled,
              maxDepth,
              pickReference: props.pickReference,
              nameReference: props.nameReference,
              onReplace,
            }}
          />
          {held.tree.children.length === 0 && <p className={classes.hint}>{t('ui.conditions.alwaysHint')}</p>}
        </div>
      )}
    </div>
  );
}
