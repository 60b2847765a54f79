import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { Loading } from '@opora/ui/page';
import { IconChevronDown, IconChevronUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionParamInput } from './action-param-input';
import classes from './ticket-actions.module.css';
import {
  ticketActionsQuery,
  type ActionOffer,
  type ActionPlace,
  type SettingProblem,
  type StoredAction,
} from './ticket-actions.queries';

/** More than this is refused by the server. */
const MOST = 20;

type Props = {
  place: ActionPlace;
  value: StoredAction[];
  onChange: (actions: StoredAction[]) => void;
  /** Refused or outdated settings, by pointers into the body. */
  problems?: readonly SettingProblem[];
  /** Where the list stands in the body. */
  pointer?: string;
  isDisabled?: boolean;
};

/** Actions one after the other, each with its settings: added, set, moved, removed. */
export function ActionsEditor({ place, value, onChange, problems = [], pointer = '/actions', isDisabled }: Props) {
  const { t, i18n } = useTranslation();
  const { data: offers } = useQuery(ticketActionsQuery(place, i18n.language));
  const list = useRef<HTMLOListElement>(null);
  if (!offers) return <Loading lines={3} />;
  const put = (index: number, next: StoredAction) => onChange(value.map((each, at) => (at === index ? next : each)));
  const move = (from: number, to: number) => {
    const rest = value.filter((_, at) => at !== from);
    onChange([...rest.slice(0, to), value[from]!, ...rest.slice(to)]);
  };
  const add = (action: string) => {
    onChange([...value, { action, params: {} }]);
    // The first setting of the new action is what comes next.
    setTimeout(() => list.current?.querySelector<HTMLElement>('li:last-child [data-param] input')?.focus(), 60);
  };
  const own = problems.find((problem) => problem.pointer === pointer);
  return (
    <div className={classes.editor}>
      <ol ref={list} className={classes.list}>
        {value.map((stored, index) => (
          <ActionCard
            // Actions have no identity of their own; a card keeps no state that could go to another.
            key={`${index}-${stored.action}`}
            stored={stored}
            index={index}
            count={value.length}
            offer={offers.find(({ name }) => name === stored.action)}
            problems={problems.filter((problem) => problem.pointer.startsWith(`${pointer}/${index}/`))}
            pointer={`${pointer}/${index}/params`}
            isDisabled={isDisabled}
            onChange={(params) => put(index, { ...stored, params })}
            onMove={(to) => move(index, to)}
            onRemove={() => onChange(value.filter((_, at) => at !== index))}
          />
        ))}
      </ol>
      {own && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {own.message}
        </Text>
      )}
      {!isDisabled && value.length < MOST && <AddAction offers={offers} isFirst={!value.length} onAdd={add} />}
      {value.length >= MOST && (
        <Text size="xs" c="dimmed">
          {t('ticketActions.most', { count: MOST })}
        </Text>
      )}
    </div>
  );
}

function AddAction({
  offers,
  isFirst,
  onAdd,
}: {
  offers: ActionOffer[];
  isFirst: boolean;
  onAdd: (name: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button variant={isFirst ? 'filled' : 'light'} leftSection={<IconPlus size={15} />}>
          {t('ticketActions.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {offers.map(({ name, label }) => (
          <Menu.Item key={name} onClick={() => onAdd(name)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

type CardProps = {
  stored: StoredAction;
  index: number;
  count: number;
  offer: ActionOffer | undefined;
  problems: SettingProblem[];
  pointer: string;
  isDisabled?: boolean;
  onChange: (params: Record<string, unknown>) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
};

function ActionCard({
  stored,
  index,
  count,
  offer,
  problems,
  pointer,
  isDisabled,
  onChange,
  onMove,
  onRemove,
}: CardProps) {
  const { t } = useTranslation();
  const name = offer?.label ?? stored.action;
  const set = (param: string, value: unknown) => {
    const { [param]: _, ...rest } = stored.params;
    onChange(value === undefined ? rest : { ...rest, [param]: value });
  };
  const shown = offer?.params ?? [];
  const others = problems.filter(
    (problem) => !shown.some((param) => problem.pointer.startsWith(`${pointer}/${param.name}`)),
  );
  return (
    <li className={classes.card} data-refused={problems.length > 0 || undefined}>
      <div className={classes.cardHead}>
        <span className={classes.place}>{index + 1}</span>
        <span className={classes.name}>{name}</span>
        {!isDisabled && (
          <span className={classes.tools}>
            <ActionIcon
              aria-label={t('ticketActions.up', { name })}
              disabled={index === 0}
              onClick={() => onMove(index - 1)}
            >
              <IconChevronUp size={15} />
            </ActionIcon>
            <ActionIcon
              aria-label={t('ticketActions.down', { name })}
              disabled={index === count - 1}
              onClick={() => onMove(index + 1)}
            >
              <IconChevronDown size={15} />
            </ActionIcon>
            <ActionIcon aria-label={t('ticketActions.remove', { name })} onClick={onRemove}>
              <IconTrash size={15} />
            </ActionIcon>
          </span>
        )}
      </div>
      <fieldset className={classes.params} disabled={isDisabled}>
        {shown.map((param) => (
          <div key={param.name} data-param data-wide={WIDE.includes(param.type) || undefined}>
            <ActionParamInput
              param={param}
              value={stored.params[param.name]}
              problems={problems.filter((problem) => problem.pointer.startsWith(`${pointer}/${param.name}`))}
              pointer={`${pointer}/${param.name}`}
              onChange={(value) => set(param.name, value)}
            />
          </div>
        ))}
      </fieldset>
      {others.map(({ pointer: at, message }) => (
        <Text key={at + message} size="xs" c="var(--mantine-color-error)" role="alert">
          {message}
        </Text>
      ))}
    </li>
  );
}

const WIDE = ['rich_text', 'long_text', 'field_values', 'url'];
