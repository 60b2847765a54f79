import { ActionIcon, Menu, Popover, Text, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { ApiProblem } from '@opora/client';
import { useFormat } from '@opora/ui/format';
import { useHotkey } from '@opora/ui/hotkeys';
import { notifyDone } from '@opora/ui/theme';
import {
  IconArrowsSort,
  IconColumns3,
  IconDeviceFloppy,
  IconDots,
  IconFilter,
  IconHelp,
  IconLink,
  IconListCheck,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Layout } from './board.queries';
import { LayoutSwitch } from './layout-switch';
import type { useListAddress } from './list-address';
import { SaveViewDialog, SORTS, type ViewDialogMode } from './save-view-dialog';
import classes from './ticket-list.module.css';
import { useDeleteView } from './ticket-views.queries';
import type { TicketListView } from './tickets.types';

type Address = ReturnType<typeof useListAddress>;
type Props = {
  address: Address;
  view: TicketListView | undefined;
  layout: Layout;
  title: string;
  total: number | undefined;
  refusal: ApiProblem | null;
  isCompact: boolean;
  /** Lets one choose rows, where that is of use. */
  onSelect?: () => void;
};

const EXAMPLES = [
  'is:mine',
  'is:unassigned',
  'is:overdue',
  'is:unread',
  'awaiting:us',
  'priority:>=high',
  'created:>=-7d',
  'has:files',
  'line:2',
  'source:email',
  '-status:closed',
];

/** Name of the list, its count, the filter and the order. */
export function ListToolbar({ address, view, layout, title, total, refusal, isCompact, onSelect }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.toolbar}>
      <div className={classes.titleRow}>
        <h1 className={classes.title}>{title}</h1>
        {total !== undefined && <span className={classes.total}>{format.number(total)}</span>}
        <span className={classes.grow} />
        <LayoutSwitch value={layout} onChange={(chosen) => address.change({ layout: chosen })} />
        <SortMenu address={address} present={address.sort ?? view?.sort ?? undefined} />
        <ViewMenu address={address} view={view} onSelect={onSelect} />
      </div>
      <div className={classes.filterRow}>
        <FilterInput address={address} refusal={refusal} />
        {!isCompact && (
          <FilterHelp onPick={(clause) => address.change({ q: [address.q, clause].filter(Boolean).join(' ') })} />
        )}
      </div>
      <span role="status" style={{ position: 'absolute', left: -9999 }}>
        {total !== undefined && t('tickets.foundCount', { count: total })}
      </span>
    </div>
  );
}

function FilterInput({ address, refusal }: { address: Address; refusal: ApiProblem | null }) {
  const { t } = useTranslation();
  const [text, setText] = useState(address.q ?? '');
  const input = useRef<HTMLInputElement>(null);
  const sent = useRef(address.q ?? '');
  const send = (next: string) => {
    sent.current = next.trim();
    address.change({ q: next.trim() || null });
  };
  const later = useDebouncedCallback(send, 400);
  useHotkey('Slash', () => input.current?.focus(), { label: t('tickets.keys.filter'), group: t('tickets.keys.list') });
  const view = useRef(address.view);
  useEffect(() => {
    // Only what came from outside: a link, the palette, the way back; another view forgets what was not asked for yet. The first
    // view comes by itself, and whoever has begun to type by then goes on.
    const isLeft = view.current !== undefined && view.current !== address.view;
    view.current = address.view;
    if (isLeft) later.cancel();
    if (!isLeft && (address.q ?? '') === sent.current) return;
    sent.current = address.q ?? '';
    setText(address.q ?? '');
  }, [address.q, address.view, later]);
  const expected = typeof refusal?.members.expected === 'string' ? refusal.members.expected : null;
  return (
    <TextInput
      ref={input}
      className={classes.filter}
      size="xs"
      leftSection={<IconFilter size={14} />}
      placeholder={t('tickets.filter.placeholder')}
      aria-label={t('tickets.filter.label')}
      value={text}
      maxLength={500}
      error={refusal ? [refusal.errors[0]?.message ?? refusal.message, expected].filter(Boolean).join(' ') : undefined}
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') send(text);
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}

function FilterHelp({ onPick }: { onPick: (clause: string) => void }) {
  const { t } = useTranslation();
  return (
    <Popover position="bottom-end" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <Tooltip label={t('tickets.filter.help')}>
          <ActionIcon aria-label={t('tickets.filter.help')}>
            <IconHelp size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={6}>
        <div className={classes.help}>
          <Text size="xs" c="dimmed" px={8} py={4}>
            {t('tickets.filter.intro')}
          </Text>
          {EXAMPLES.map((clause) => (
            <button key={clause} type="button" className={classes.example} onClick={() => onPick(clause)}>
              <code>{clause}</code>
              <span>{t(`tickets.filter.example.${clause.replace(/\W+/g, '_')}`)}</span>
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function SortMenu({ address, present }: { address: Address; present: string | undefined }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('tickets.sort.label')}>
          <ActionIcon aria-label={t('tickets.sort.label')}>
            <IconArrowsSort size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {SORTS.map((sort) => (
          <Menu.Item
            key={sort}
            role="menuitemradio"
            aria-checked={present === sort}
            fw={present === sort ? 650 : undefined}
            onClick={() => address.change({ sort })}
          >
            {t(`tickets.sort.${sort.replace('-', 'desc_')}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ViewMenu({ address, view, onSelect }: Pick<Props, 'address' | 'view' | 'onSelect'>) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<ViewDialogMode | null>(null);
  const remove = useDeleteView();
  const copy = () =>
    void navigator.clipboard.writeText(window.location.href).then(() => notifyDone(t('tickets.linkCopied')));
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('tickets.view.menu')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {onSelect && (
            <Menu.Item leftSection={<IconListCheck size={15} />} onClick={onSelect}>
              {t('tickets.select.begin')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconColumns3 size={15} />} onClick={() => setMode(view?.canEdit ? 'edit' : 'new')}>
            {t('tickets.view.chooseColumns')}
          </Menu.Item>
          {view?.canEdit && (
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setMode('edit')}>
              {t('tickets.view.edit')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconDeviceFloppy size={15} />} onClick={() => setMode('new')}>
            {t('tickets.view.save')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLink size={15} />} onClick={copy}>
            {t('tickets.view.copyLink')}
          </Menu.Item>
          {view?.canEdit && (
            <Menu.Item
              leftSection={<IconTrash size={15} />}
              color="red"
              onClick={() => remove.mutate(view.id, { onSuccess: () => address.change({ view: null, q: null }) })}
            >
              {t('tickets.view.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {mode && <SaveViewDialog mode={mode} onClose={() => setMode(null)} address={address} view={view} />}
    </>
  );
}
