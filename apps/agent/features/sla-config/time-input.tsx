import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { tidyTime } from './calendar-days';

type Props = { label: string; value: string; isDisabled: boolean; hasError: boolean; onChange: (time: string) => void };

/** A time of day that may be 24:00: «9» and «930» are understood when the field is left. */
export function TimeInput({ label, value, isDisabled, hasError, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const settle = () => {
    if (typed !== null && tidyTime(typed) !== value) onChange(tidyTime(typed));
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
      disabled={isDisabled}
      error={hasError}
      value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
}
