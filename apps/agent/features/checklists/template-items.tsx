import { Button, Group, Text } from '@mantine/core';
import type { FieldProblem } from '@opora/client';
import { IconHeading, IconPlus } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';
import { draftsOfText, type ItemDraft, type Kind, newDraft } from './item-draft';
import { TemplateItem, type RowDeeds } from './template-item';

const MOST = 200;
type Change = (items: (present: ItemDraft[]) => ItemDraft[]) => void;
type Props = { items: ItemDraft[]; problems: FieldProblem[]; isOpen: boolean; onChange: Change };

/** The lines of a template: Enter adds one, Backspace in an empty one takes it away, Alt+↑↓ moves, a pasted list becomes lines. */
export function TemplateItems({ items, problems, isOpen, onChange }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLUListElement>(null);
  const [focus, setFocus] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const errors = useErrors(problems);
  useEffect(() => {
    if (!focus) return;
    box.current?.querySelector<HTMLInputElement>(`[data-key="${focus}"] input[data-title]`)?.focus();
    setFocus(null);
  }, [focus, items]);
  const deeds = useDeeds(items, onChange, setFocus, setOpen);
  const add = (kind: Kind) => {
    const row = newDraft(kind);
    onChange((present) => [...present, row]);
    setFocus(row.key);
  };
  return (
    <section aria-label={t('checklists.templates.lines')}>
      <Text size="xs" c="dimmed" mb={6}>
        {t('checklists.templates.keys')}
      </Text>
      <ul ref={box} className={classes.drafts}>
        {items.map((draft, index) => (
          <TemplateItem
            key={draft.key}
            draft={draft}
            errors={errors.get(index)}
            isExpanded={open === draft.key}
            {...deeds}
          />
        ))}
      </ul>
      {isOpen && (
        <Group gap="xs" mt="sm">
          <Button
            variant="default"
            size="xs"
            disabled={items.length >= MOST}
            leftSection={<IconPlus size={15} />}
            onClick={() => add('item')}
          >
            {t('checklists.addItem')}
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={items.length >= MOST}
            leftSection={<IconHeading size={15} />}
            onClick={() => add('heading')}
          >
            {t('checklists.addHeading')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('checklists.templates.used', { count: items.length, most: MOST })}
          </Text>
        </Group>
      )}
    </section>
  );
}

/** Deeds that stay the same between draws: two hundred rows are not drawn again for one letter. */
function useDeeds(
  items: ItemDraft[],
  onChange: Change,
  setFocus: (key: string) => void,
  setOpen: (key: string | null) => void,
): RowDeeds {
  const shown = useRef(items);
  useEffect(() => {
    shown.current = items;
  }, [items]);
  const change = useCallback(
    (key: string, part: Partial<ItemDraft>) =>
      onChange((rows) => rows.map((row) => (row.key === key ? { ...row, ...part } : row))),
    [onChange],
  );
  const after = useCallback(
    (key: string, added: ItemDraft[] = [newDraft()]) => {
      onChange((rows) => {
        const at = rows.findIndex((row) => row.key === key);
        return [...rows.slice(0, at + 1), ...added, ...rows.slice(at + 1)].slice(0, MOST);
      });
      const last = added[added.length - 1];
      if (last) setFocus(last.key);
    },
    [onChange, setFocus],
  );
  const remove = useCallback(
    (key: string) => {
      const at = shown.current.findIndex((row) => row.key === key);
      const next = shown.current[at - 1] ?? shown.current[at + 1];
      if (next) setFocus(next.key);
      onChange((rows) => (rows.length > 1 ? rows.filter((row) => row.key !== key) : [newDraft()]));
    },
    [onChange, setFocus],
  );
  const move = useCallback(
    (key: string, by: -1 | 1) => {
      setFocus(key);
      onChange((rows) => {
        const at = rows.findIndex((row) => row.key === key);
        const row = rows[at];
        if (!row || !rows[at + by]) return rows;
        const rest = rows.filter((each) => each !== row);
        return [...rest.slice(0, at + by), row, ...rest.slice(at + by)];
      });
    },
    [onChange, setFocus],
  );
  const paste = useCallback((key: string, text: string) => after(key, draftsOfText(text)), [after]);
  const expand = useCallback((key: string | null) => setOpen(key), [setOpen]);
  return useMemo(() => ({ change, after, remove, move, paste, expand }), [change, after, remove, move, paste, expand]);
}

/** Refusals by row: `/items/12/resultLimits/max` belongs to the field `max` of the thirteenth. */
function useErrors(problems: FieldProblem[]): Map<number, Partial<Record<string, string>>> {
  return useMemo(() => {
    const found = new Map<number, Partial<Record<string, string>>>();
    for (const { pointer, message } of problems) {
      const [, list, index, ...path] = pointer.split('/');
      if (list !== 'items' || index === undefined) continue;
      const field = path.find((part) => !/^\d+$/.test(part) && part !== 'resultLimits') ?? 'title';
      found.set(Number(index), { ...found.get(Number(index)), [field]: message });
    }
    return found;
  }, [problems]);
}
