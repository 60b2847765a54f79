import { Group, Kbd, Switch, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { useTranslation } from 'react-i18next';
import classes from './hotkeys.module.css';
import { keysOf, matches } from './keys';
import { Dialog } from '../dialog';

/** One key of a screen: physical combination, what it does in words, the group it stands under in the sheet. */
export type Hotkey = { combo: string; label: string; group: string; run: () => void };

type Registry = {
  add: (id: string, hotkey: { current: Hotkey }) => () => void;
  list: () => Hotkey[];
  isSheetOpen: boolean;
  openSheet: (open: boolean) => void;
  areSinglesOn: boolean;
  setSingles: (on: boolean) => void;
};

const HotkeyContext = createContext<Registry | null>(null);

/** Hears every key once and gives it to the screen that asked for it last. */
export function HotkeyProvider({ children }: { children: ReactNode }) {
  const keys = useRef(new Map<string, { current: Hotkey }>());
  const [isSheetOpen, openSheet] = useState(false);
  const [areSinglesOn, setSingles] = useLocalStorage({
    key: 'opora.hotkeys.single',
    defaultValue: true,
    getInitialValueInEffect: false,
  });

  const add = useCallback((id: string, hotkey: { current: Hotkey }) => {
    keys.current.set(id, hotkey);
    return () => void keys.current.delete(id);
  }, []);
  const list = useCallback(() => [...keys.current.values()].map((each) => each.current), []);

  useEffect(() => {
    // Noted before anybody acts on the key: a dialog that Escape has closed was there all the same.
    let hadModal = false;
    const note = () => (hadModal = document.querySelector('[aria-modal="true"]') !== null);
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        (event.repeat === true && !event.code.startsWith('Arrow') && !/^Key[JK]$/.test(event.code))
      )
        return;
      const isSingle = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (isSingle && (!areSinglesOn || isTyping(event.target) || hadModal)) return;
      if (matches('shift+Slash', event)) {
        event.preventDefault();
        return openSheet(true);
      }
      const found = [...keys.current.values()].reverse().find(({ current }) => matches(current.combo, event));
      if (!found) return;
      event.preventDefault();
      found.current.run();
    };
    window.addEventListener('keydown', note, true);
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', note, true);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [areSinglesOn]);

  const registry = useMemo(
    () => ({ add, list, isSheetOpen, openSheet, areSinglesOn, setSingles }),
    [add, list, isSheetOpen, areSinglesOn, setSingles],
  );
  return <HotkeyContext.Provider value={registry}>{children}</HotkeyContext.Provider>;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="menu"], [role="listbox"], [role="dialog"]')) return true;
  return target.matches('textarea, select, input:not([type="checkbox"]):not([type="radio"]):not([type="button"])');
}

/** Gives a key to this screen for as long as it is mounted and `isOn`. */
export function useHotkey(
  combo: string,
  run: () => void,
  { label, group, isOn = true }: { label: string; group: string; isOn?: boolean },
) {
  const registry = useContext(HotkeyContext);
  const id = useId();
  const hotkey = useRef<Hotkey>({ combo, label, group, run });
  useEffect(() => {
    hotkey.current = { combo, label, group, run };
  });
  const add = registry?.add;
  useEffect(() => (isOn && add ? add(id, hotkey) : undefined), [add, id, isOn]);
}

/** The sheet behind `?`: every key that works on the present screen. */
export function HotkeySheet() {
  const { t } = useTranslation();
  const registry = useContext(HotkeyContext);
  if (!registry?.isSheetOpen) return null;
  const groups = groupBy(registry.list());
  return (
    <Dialog opened onClose={() => registry.openSheet(false)} title={t('ui.hotkeys.title')} size="lg">
      <Switch
        label={t('ui.hotkeys.single')}
        description={t('ui.hotkeys.singleHint')}
        checked={registry.areSinglesOn}
        onChange={(event) => registry.setSingles(event.currentTarget.checked)}
      />
      <div className={classes.columns}>
        {[...groups].map(([group, hotkeys]) => (
          <section key={group} className={classes.group}>
            <Text fw={650} size="sm">
              {group}
            </Text>
            {hotkeys.map(({ combo, label }) => (
              <div key={combo + label} className={classes.row}>
                <span>{label}</span>
                <Group gap={4} wrap="nowrap">
                  {keysOf(combo).map((key) => (
                    <Kbd key={key} size="sm">
                      {key}
                    </Kbd>
                  ))}
                </Group>
              </div>
            ))}
          </section>
        ))}
        {groups.size === 0 && <Text size="sm">{t('ui.hotkeys.empty')}</Text>}
      </div>
    </Dialog>
  );
}

function groupBy(hotkeys: Hotkey[]): Map<string, Hotkey[]> {
  const groups = new Map<string, Hotkey[]>();
  for (const hotkey of hotkeys) groups.set(hotkey.group, [...(groups.get(hotkey.group) ?? []), hotkey]);
  return groups;
}

const none = () => [];

/** The keys that work at this moment, for a palette of commands. */
export function useHotkeyList(): () => Hotkey[] {
  return useContext(HotkeyContext)?.list ?? none;
}
