export { HotkeyProvider, HotkeySheet, useHotkey, useHotkeyList, type Hotkey } from './hotkeys';
export { keysOf, matches } from './keys';
