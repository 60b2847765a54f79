import { TextInput } from '@mantine/core';
import { useState } from 'react';

type Props = { label: string; value: string; mayEndDay?: boolean; onChange: (time: string) => void };

/** A time of day on a clock of 24 hours: «9» and «930» are understood when the field is left. */
export function TimeOfDay({ label, value, mayEndDay = false, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const tidy = typed === null ? value : tidyTime(typed);
  const isFit = tidy !== null && (tidy !== '24:00' || mayEndDay);
  const settle = () => {
    if (typed !== null && isFit && tidy !== value) onChange(tidy);
    setTyped(null);
  };
  return (
    <TextInput
      size="xs"
      w={68}
      aria-label={label}
      inputMode="numeric"
      placeholder="09:00"
      maxLength={5}
      error={!isFit}
      value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => event.key === 'Enter' && settle()}
    />
  );
}

/** `09:30` from what a person types; null when it is no time. */
export function tidyTime(typed: string): string | null {
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(typed.trim());
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  const isTime = (hours < 24 && minutes < 60) || (hours === 24 && minutes === 0);
  return isTime ? `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}` : null;
}
