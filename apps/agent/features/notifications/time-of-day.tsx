import { TextInput } from '@mantine/core';
import { useState } from 'react';

type Props = { label: string; value: string; onChange: (time: string) => void };

/** A time of day, taken when the field is left. */
export function TimeOfDay({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      type="time"
      size="xs"
      w={96}
      aria-label={label}
      value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => {
        if (typed && typed !== value) onChange(typed);
        setTyped(null);
      }}
    />
  );
}
