import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useHotkey } from '@opora/ui/hotkeys';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './directory.module.css';

type Props = { label: string; value: string; onChange: (q: string) => void; onDown?: () => void };

/** Text of a list's search; the list follows a moment after the typing, `/` comes here from anywhere. */
export function SearchBox({ label, value, onChange, onDown }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const tell = useDebouncedCallback(onChange, 200);
  useHotkey('Slash', () => input.current?.focus(), { label: t('directory.focusSearch'), group: t('directory.keys') });
  const change = (next: string) => {
    setText(next);
    tell(next.trim());
  };
  useEffect(() => {
    // Only what came from outside: a link, the way back. Whoever stands in it is ahead of the address.
    if (document.activeElement !== input.current) setText(value);
  }, [value]);
  return (
    <TextInput
      ref={input}
      className={classes.search}
      size="xs"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label={t('directory.clear')} onClick={() => change('')} />}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        onDown?.();
      }}
    />
  );
}
