import { ActionIcon, Button, Group, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickReference } from '../fields';
import {
  aboutField,
  clause,
  comparedBy,
  group,
  placeOf,
  type ClauseNode,
  type ConditionNode,
  type GroupMode,
  type GroupNode,
} from './condition-tree';
import type { NameReference } from './condition-sentence';
import { ConditionValue } from './condition-value';
import type { ConditionField, ConditionOp, ConditionProblem } from './condition.types';
import classes from './conditions.module.css';

/** What every part of a builder knows. */
export type Builder = {
  fields: ConditionField[];
  problems: ConditionProblem[];
  isDisabled: boolean;
  maxDepth: number;
  pickReference?: PickReference;
  nameReference?: NameReference;
  onReplace: (id: number, next: ConditionNode | null) => void;
};

type GroupProps = { node: GroupNode; path: string; depth: number; builder: Builder };
const MODES: GroupMode[] = ['all', 'any', 'none'];

/** «Все», «любое» or «ни одно» of what stands inside. */
export function ConditionGroup({ node, path, depth, builder }: GroupProps) {
  const { t } = useTranslation();
  const { fields, isDisabled, onReplace } = builder;
  const whole = builder.problems.find(({ path: at }) => at === path)?.message;
  const box = useRef<HTMLDivElement>(null);
  const add = (child: ConditionNode) => {
    onReplace(node.id, { ...node, children: [...node.children, child] });
    // The new row is where the person goes on.
    requestAnimationFrame(() => {
      const rows = box.current?.querySelectorAll<HTMLElement>(':scope > [data-node]');
      rows?.[rows.length - 1]?.querySelector<HTMLElement>('input')?.focus();
    });
  };
  const [first] = fields;
  return (
    <div
      ref={box}
      className={classes.group}
      data-mode={node.mode}
      role="group"
      aria-label={t(`ui.conditions.mode.${node.mode}`)}
    >
      <div className={classes.head}>
        <Select
          size="xs"
          className={classes.mode}
          aria-label={t('ui.conditions.modeLabel')}
          allowDeselect={false}
          disabled={isDisabled}
          data={MODES.map((mode) => ({ value: mode, label: t(`ui.conditions.mode.${mode}`) }))}
          value={node.mode}
          onChange={(mode) => mode && onReplace(node.id, { ...node, mode: mode as GroupMode })}
        />
        {depth > 1 && !isDisabled && (
          <ActionIcon size="sm" aria-label={t('ui.conditions.removeGroup')} onClick={() => onReplace(node.id, null)}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </div>
      {whole && (
        <div className={classes.problem} role="alert">
          {whole}
        </div>
      )}
      {node.children.map((child, index) => {
        const place = `${path}${placeOf(node.mode)}/${index}`;
        return (
          <div key={child.id} data-node className={classes.node}>
            {child.kind === 'group' ? (
              <ConditionGroup node={child} path={place} depth={depth + 1} builder={builder} />
            ) : (
              <ClauseRow node={child} path={place} builder={builder} />
            )}
          </div>
        );
      })}
      {!isDisabled && (
        <Group gap={4}>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconPlus size={13} />}
            disabled={!first}
            onClick={() => first && add(clause(first))}
          >
            {t('ui.conditions.addClause')}
          </Button>
          {depth < builder.maxDepth && (
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconPlus size={13} />}
              disabled={!first}
              onClick={() => first && add(group(node.mode === 'any' ? 'all' : 'any', [clause(first)]))}
            >
              {t('ui.conditions.addGroup')}
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}

function ClauseRow({ node, path, builder }: { node: ClauseNode; path: string; builder: Builder }) {
  const { t } = useTranslation();
  const { fields, problems, isDisabled, onReplace, pickReference, nameReference } = builder;
  const field = fields.find(({ name }) => name === node.field);
  const told = problems.filter(({ path: at }) => at === path || at.startsWith(`${path}/`));
  const messageOf = (part: string) => told.find(({ path: at }) => at.startsWith(`${path}/${part}`))?.message;
  const whole = told.find(({ path: at }) => at === path)?.message;
  const isTime = field?.type === 'date' || field?.type === 'datetime';
  const opLabel = (op: ConditionOp) => t([`ui.conditions.op.${isTime ? 'time.' : ''}${op}`, `ui.conditions.op.${op}`]);
  const ops = field?.ops ?? [node.op];
  const options = fields.map(({ name, label }) => ({ value: name, label }));
  return (
    <>
      <fieldset className={classes.clause} disabled={isDisabled}>
        <Select
          size="xs"
          className={classes.field}
          aria-label={t('ui.conditions.field')}
          searchable
          selectFirstOptionOnChange
          allowDeselect={false}
          disabled={isDisabled}
          data={field ? options : [{ value: node.field, label: node.field }, ...options]}
          value={node.field}
          error={field ? messageOf('field') : (messageOf('field') ?? t('ui.conditions.unknownField'))}
          nothingFoundMessage={t('ui.fields.nothing')}
          onChange={(name) => {
            const next = fields.find((each) => each.name === name);
            if (next) onReplace(node.id, aboutField(node, next));
          }}
        />
        <Select
          size="xs"
          className={classes.op}
          aria-label={t('ui.conditions.opLabel')}
          allowDeselect={false}
          disabled={isDisabled}
          data={ops.map((op) => ({ value: op, label: opLabel(op) }))}
          value={node.op}
          error={messageOf('op')}
          onChange={(op) => op && onReplace(node.id, comparedBy(node, op as ConditionOp))}
        />
        <div className={classes.value}>
          <ConditionValue
            node={node}
            field={field}
            error={messageOf('value')}
            pickReference={pickReference}
            nameReference={nameReference}
            onChange={(value) => onReplace(node.id, { ...node, value })}
          />
        </div>
        {!isDisabled && (
          <ActionIcon
            className={classes.remove}
            aria-label={t('ui.conditions.removeClause', { field: field?.label ?? node.field })}
            onClick={() => onReplace(node.id, null)}
          >
            <IconX size={14} />
          </ActionIcon>
        )}
      </fieldset>
      {whole && (
        <div className={classes.problem} role="alert">
          {whole}
        </div>
      )}
    </>
  );
}
