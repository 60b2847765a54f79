import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, type Format } from '../format';
import type { Condition, ConditionClause, ConditionField } from './condition.types';
import { hasNoValue, treeOf, type ConditionNode, type GroupNode } from './condition-tree';
import classes from './conditions.module.css';

/** The name of what a reference points to. */
export type NameReference = (reference: string, id: string) => ReactNode;

type Props = { fields: ConditionField[]; value: Condition; nameReference?: NameReference };

/** A condition in words: «Тип — Авария и (Приоритет — Критичный или Тема содержит "пожар")». */
export function ConditionSentence({ fields, value, nameReference }: Props) {
  const { t } = useTranslation();
  const tree = treeOf(value);
  if (tree.children.length === 0) return <span>{t('ui.conditions.always')}</span>;
  return (
    <span className={classes.sentence}>
      <GroupWords node={tree} fields={fields} nameReference={nameReference} isOuter />
    </span>
  );
}

type WordsProps<Node> = { node: Node; fields: ConditionField[]; nameReference?: NameReference };

function GroupWords({ node, isOuter, ...rest }: WordsProps<GroupNode> & { isOuter?: boolean }) {
  const { t } = useTranslation();
  const parts = node.children.map((child, index) => (
    <Fragment key={child.id}>
      {index > 0 && ` ${t(`ui.conditions.join.${node.mode === 'all' ? 'and' : 'or'}`)} `}
      <NodeWords node={child} {...rest} />
    </Fragment>
  ));
  if (node.mode === 'none')
    return (
      <>
        {t('ui.conditions.join.not')} {'('}
        {parts}
        {')'}
      </>
    );
  return isOuter || node.children.length === 1 ? (
    parts
  ) : (
    <>
      {'('}
      {parts}
      {')'}
    </>
  );
}

function NodeWords({ node, ...rest }: WordsProps<ConditionNode>) {
  return node.kind === 'group' ? <GroupWords node={node} {...rest} /> : <ClauseWords node={node} {...rest} />;
}

function ClauseWords({ node, fields, nameReference }: WordsProps<ConditionClause>) {
  const { t } = useTranslation();
  const format = useFormat();
  const field = fields.find(({ name }) => name === node.field);
  const isTime = field?.type === 'date' || field?.type === 'datetime';
  const words = t([`ui.conditions.says.${isTime ? 'time.' : ''}${node.op}`, `ui.conditions.says.${node.op}`]);
  const values = (Array.isArray(node.value) ? node.value : [node.value]).filter((value) => value != null);
  const joint = node.op === 'not_in' ? t('ui.conditions.join.nor') : t('ui.conditions.join.or');
  return (
    <>
      <b>{field?.label ?? node.field}</b> {words}
      {!hasNoValue(node.op) && (
        <>
          {' '}
          {values.length === 0 && '…'}
          {values.map((value, index) => (
            <Fragment key={index}>
              {index > 0 && ` ${joint} `}
              <b>{valueWords(value, field, { t, format, nameReference })}</b>
            </Fragment>
          ))}
        </>
      )}
    </>
  );
}

type Tools = { t: (key: string) => string; format: Format; nameReference?: NameReference };

function valueWords(value: unknown, field: ConditionField | undefined, { t, format, nameReference }: Tools): ReactNode {
  const text = String(value);
  const option = field?.options?.find((each) => each.value === value);
  if (option) return option.label;
  switch (field?.type) {
    case 'boolean':
      return value ? t('ui.fields.yes') : t('ui.fields.no');
    case 'number':
      return format.number(Number(value));
    case 'money':
      return format.money(text);
    case 'date':
      return format.day(text);
    case 'datetime':
      return format.dateTime(text);
    case 'reference':
      return nameReference?.(field.reference ?? '', text) ?? text;
    default:
      return t('ui.conditions.quoted').replace('…', text);
  }
}
