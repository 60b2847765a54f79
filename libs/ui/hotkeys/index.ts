export { HotkeyProvider, HotkeySheet, useHotkey, type Hotkey } from './hotkeys';
export { keysOf, matches } from './keys';
