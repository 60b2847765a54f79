import { ActionIcon, Text } from '@mantine/core';
import { IconAdjustments, IconArrowDown, IconArrowUp, IconAsterisk, IconEye, IconTrash } from '@tabler/icons-react';
import { memo, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';
import { type ItemDraft, type Kind, KINDS } from './item-draft';
import { ItemFields } from './item-fields';

export type RowDeeds = {
  change: (key: string, part: Partial<ItemDraft>) => void;
  after: (key: string) => void;
  remove: (key: string) => void;
  move: (key: string, by: -1 | 1) => void;
  paste: (key: string, text: string) => void;
  expand: (key: string | null) => void;
};
type Props = RowDeeds & {
  draft: ItemDraft;
  errors: Partial<Record<string, string>> | undefined;
  isExpanded: boolean;
};

/** One line of a template: its title, the marks used most, the rest behind a button. */
export const TemplateItem = memo(function TemplateItem(props: Props) {
  const { t } = useTranslation();
  const { draft, errors, isExpanded, change, expand, remove, move } = props;
  const isItem = draft.kind === 'item';
  const problem = errors && Object.values(errors)[0];
  const toggle = (name: 'isRequired' | 'isClientVisible', Icon: typeof IconEye) => (
    <ActionIcon
      size={28}
      variant={draft[name] ? 'light' : 'subtle'}
      color={draft[name] ? (name === 'isRequired' ? 'red' : undefined) : 'gray'}
      aria-pressed={draft[name]}
      aria-label={t(`checklists.field.${name}`)}
      title={t(`checklists.field.${name}`)}
      onClick={() => change(draft.key, { [name]: !draft[name] })}
    >
      <Icon size={15} />
    </ActionIcon>
  );
  return (
    <li className={classes.draft} data-kind={draft.kind} data-key={draft.key} data-wrong={problem ? true : undefined}>
      <div className={classes.draftLine}>
        <select
          className={classes.kind}
          aria-label={t('checklists.field.kind')}
          value={draft.kind}
          onChange={(event) => change(draft.key, { kind: event.currentTarget.value as Kind })}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`checklists.kind.${kind}`)}
            </option>
          ))}
        </select>
        <Title {...props} />
        {isItem && draft.resultKind !== 'none' && (
          <span className={classes.kindSign}>{t(`checklists.resultKind.${draft.resultKind}`)}</span>
        )}
        <span className={classes.draftDeeds}>
          {isItem && toggle('isRequired', IconAsterisk)}
          {isItem && toggle('isClientVisible', IconEye)}
          {isItem && (
            <ActionIcon
              size={28}
              variant={isExpanded ? 'light' : 'subtle'}
              aria-expanded={isExpanded}
              aria-label={t('checklists.more')}
              title={t('checklists.more')}
              onClick={() => expand(isExpanded ? null : draft.key)}
            >
              <IconAdjustments size={15} />
            </ActionIcon>
          )}
          <ActionIcon
            size={28}
            variant="subtle"
            color="gray"
            aria-label={t('checklists.up')}
            onClick={() => move(draft.key, -1)}
          >
            <IconArrowUp size={14} />
          </ActionIcon>
          <ActionIcon
            size={28}
            variant="subtle"
            color="gray"
            aria-label={t('checklists.down')}
            onClick={() => move(draft.key, 1)}
          >
            <IconArrowDown size={14} />
          </ActionIcon>
          <ActionIcon
            size={28}
            variant="subtle"
            color="gray"
            aria-label={t('checklists.removeItem')}
            onClick={() => remove(draft.key)}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </span>
      </div>
      {problem && (
        <Text size="xs" c="red" role="alert">
          {problem}
        </Text>
      )}
      {isItem && isExpanded && (
        <div className={classes.draftMore}>
          <ItemFields draft={draft} errors={errors ?? {}} onChange={(part) => change(draft.key, part)} />
        </div>
      )}
    </li>
  );
});

function Title({ draft, change, after, remove, move, paste }: Props) {
  const { t } = useTranslation();
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') after(draft.key);
    else if (event.key === 'Backspace' && draft.title === '') remove(draft.key);
    else if (event.altKey && event.key === 'ArrowUp') move(draft.key, -1);
    else if (event.altKey && event.key === 'ArrowDown') move(draft.key, 1);
    else return;
    event.preventDefault();
  };
  return (
    <input
      data-title
      className={classes.draftTitle}
      aria-label={t('checklists.field.title')}
      placeholder={t(draft.kind === 'item' ? 'checklists.newItem' : 'checklists.newHeading')}
      maxLength={500}
      value={draft.title}
      onChange={(event) => change(draft.key, { title: event.currentTarget.value })}
      onKeyDown={onKeyDown}
      onPaste={(event) => {
        const text = event.clipboardData.getData('text/plain');
        if (!text.trim().includes('\n')) return;
        event.preventDefault();
        paste(draft.key, text);
        if (draft.title === '') remove(draft.key);
      }}
    />
  );
}
