const TONES: Record<string, string> = {
  red: 'red',
  pink: 'red',
  orange: 'orange',
  yellow: 'yellow',
  green: 'green',
  lime: 'green',
  teal: 'green',
  blue: 'blue',
  cyan: 'blue',
  indigo: 'blue',
  violet: 'violet',
  grape: 'violet',
  gray: 'gray',
  dark: 'gray',
};

/** The palette's tone of a colour the server names; grey for what it does not know. */
export const toneOf = (color: string | null | undefined): string => TONES[color ?? ''] ?? 'gray';
