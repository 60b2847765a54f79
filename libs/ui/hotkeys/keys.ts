type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether the physical keys of `combo` («mod+KeyK», «shift+Slash», «KeyJ») are pressed: the layout does not matter. */
export function matches(combo: string, event: Pressed): boolean {
  const parts = combo.split('+');
  const code = parts.pop();
  if (event.code !== code && !(code === 'Enter' && event.code === 'NumpadEnter')) return false;
  const has = (name: string) => parts.includes(name);
  return (
    has('mod') === (event.ctrlKey || event.metaKey) && has('shift') === event.shiftKey && has('alt') === event.altKey
  );
}

const NAMES: Record<string, string> = {
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  Slash: '/',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: 'Enter',
  Escape: 'Esc',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Comma: ',',
  Period: '.',
  Backquote: '`',
};

/** What is printed on the keys of a combination. */
export function keysOf(combo: string): string[] {
  if (combo === 'shift+Slash') return ['?'];
  return combo.split('+').map((part) => NAMES[part] ?? part.replace(/^(Key|Digit)/, ''));
}
