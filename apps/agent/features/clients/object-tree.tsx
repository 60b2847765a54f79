import { Button, Switch, Text, TextInput } from '@mantine/core';
import { ErrorState, Loading } from '@opora/ui/page';
import {
  IconArchive,
  IconBuilding,
  IconBuildingStore,
  IconBuildings,
  IconCar,
  IconChevronDown,
  IconChevronRight,
  IconDoor,
  IconMapPin,
  IconPlus,
  IconSitemap,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './clients.module.css';
import type { Company } from './companies.queries';
import { ObjectDrawer } from './object-drawer';
import { ObjectForm } from './object-form';
import { rowsInSight } from './object-tree-rows';
import treeClasses from './object-tree.module.css';
import { objectTreeQuery, type ObjectKind, type ObjectNode } from './objects.queries';

const ICONS: Record<ObjectKind, Icon> = {
  directorate: IconSitemap,
  site: IconMapPin,
  shop: IconBuildingStore,
  building: IconBuilding,
  room: IconDoor,
  vehicle: IconCar,
  other: IconBuildings,
};
const SMALL = 25;

/** Service objects as a tree: ← → close and open a branch, Enter opens the card. */
export function ObjectTree({ company }: { company: Company }) {
  const { t } = useTranslation();
  const [withArchive, setArchive] = useState(false);
  const [text, setText] = useState('');
  const [opened, open] = useState<string | null>(null);
  const [isCreating, setCreating] = useState(false);
  const {
    data: nodes,
    error,
    isPending,
    refetch,
  } = useQuery(objectTreeQuery(company.id, withArchive ? 'all' : 'active'));
  const isOpen = company.can.manage && !company.archivedAt;
  return (
    <section className={classes.section} aria-label={t('clients.objects.title')}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>
          {t('clients.objects.title')}{' '}
          {nodes && nodes.length > 0 && <span className={classes.dim}>{nodes.length}</span>}
        </h2>
        {isOpen && (
          <Button variant="default" leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>
            {t('clients.objects.addShort')}
          </Button>
        )}
      </div>
      <div className={treeClasses.tools}>
        {(nodes?.length ?? 0) > SMALL && (
          <TextInput
            size="xs"
            flex={1}
            aria-label={t('clients.objects.search')}
            placeholder={t('clients.objects.search')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <Switch
          size="xs"
          label={t('clients.objects.withArchive')}
          checked={withArchive}
          onChange={(event) => setArchive(event.currentTarget.checked)}
        />
      </div>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading lines={5} />}
      {nodes?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('clients.objects.none')}
        </Text>
      )}
      {nodes && nodes.length > 0 && <Tree key={company.id} nodes={nodes} text={text} selected={opened} onOpen={open} />}
      {opened && <ObjectDrawer key={opened} id={opened} onOpen={open} onClose={() => open(null)} />}
      {isCreating && (
        <ObjectForm
          company={company}
          parent={null}
          onClose={() => setCreating(false)}
          onCreated={({ id }) => (setCreating(false), open(id))}
        />
      )}
    </section>
  );
}

type TreeProps = { nodes: ObjectNode[]; text: string; selected: string | null; onOpen: (id: string) => void };

function Tree({ nodes, text, selected, onOpen }: TreeProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(nodes.filter(({ depth }) => nodes.length <= SMALL || depth < 2).map(({ id }) => id)),
  );
  const [cursor, setCursor] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsInSight(nodes, open, text), [nodes, open, text]);
  const current = rows.some(({ id }) => id === cursor) ? cursor : (rows[0]?.id ?? null);
  const toggle = (id: string, isOn = !open.has(id)) =>
    setOpen((present) => new Set(isOn ? [...present, id] : [...present].filter((each) => each !== id)));
  const move = (row: ObjectNode | undefined) => {
    if (!row) return;
    setCursor(row.id);
    box.current?.querySelector<HTMLElement>(`[data-id="${row.id}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = rows.findIndex(({ id }) => id === current);
    const row = rows[at];
    if (!row) return;
    const keys: Record<string, () => void> = {
      ArrowDown: () => move(rows[at + 1]),
      ArrowUp: () => move(rows[at - 1]),
      Home: () => move(rows[0]),
      End: () => move(rows.at(-1)),
      ArrowRight: () => (row.childCount > 0 && !open.has(row.id) ? toggle(row.id, true) : move(rows[at + 1])),
      ArrowLeft: () =>
        row.childCount > 0 && open.has(row.id)
          ? toggle(row.id, false)
          : move(rows.find(({ id }) => id === row.parentId)),
      Enter: () => onOpen(row.id),
      ' ': () => onOpen(row.id),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      ref={box}
      role="tree"
      tabIndex={-1}
      aria-label={t('clients.objects.title')}
      className={treeClasses.tree}
      onKeyDown={onKeyDown}
    >
      {rows.map((node) => (
        <TreeRow
          key={node.id}
          node={node}
          isOpen={text !== '' || open.has(node.id)}
          isCurrent={node.id === current}
          isSelected={node.id === selected}
          onToggle={() => toggle(node.id)}
          onOpen={() => (setCursor(node.id), onOpen(node.id))}
        />
      ))}
      {rows.length === 0 && <div className={treeClasses.nothing}>{t('clients.objects.nothing')}</div>}
    </div>
  );
}

type RowProps = {
  node: ObjectNode;
  isOpen: boolean;
  isCurrent: boolean;
  isSelected: boolean;
  onToggle: () => void;
  onOpen: () => void;
};

function TreeRow({ node, isOpen, isCurrent, isSelected, onToggle, onOpen }: RowProps) {
  const { t } = useTranslation();
  const Sign = ICONS[node.kind];
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div
      role="treeitem"
      data-id={node.id}
      tabIndex={isCurrent ? 0 : -1}
      aria-level={node.depth}
      aria-selected={isSelected}
      aria-expanded={node.childCount > 0 ? isOpen : undefined}
      className={treeClasses.row}
      data-archived={node.archivedAt !== null || undefined}
      style={{ paddingLeft: 6 + (node.depth - 1) * 18 }}
      onClick={onOpen}
      onKeyDown={() => undefined}
    >
      <span
        className={treeClasses.chevron}
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
      >
        {node.childCount > 0 && <Chevron size={15} />}
      </span>
      <Sign size={15} className={treeClasses.sign} role="img" aria-label={t(`clients.objectKind.${node.kind}`)} />
      <span className={treeClasses.name}>{node.name}</span>
      {node.archivedAt && <IconArchive size={14} role="img" aria-label={t('clients.archived')} />}
      <span className={treeClasses.address}>{node.address}</span>
    </div>
  );
}
