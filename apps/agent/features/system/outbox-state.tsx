import { Badge } from '@mantine/core';
import { IconCircleCheck, IconClock, IconUrgent, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OutboxState } from './system.queries';

const LOOKS: Record<OutboxState, { color: string; Sign: Icon }> = {
  dead: { color: 'red', Sign: IconUrgent },
  pending: { color: 'blue', Sign: IconClock },
  done: { color: 'green', Sign: IconCircleCheck },
};

/** Every state, what needs a person first. */
export const OUTBOX_STATES = Object.keys(LOOKS) as OutboxState[];

/** How far a piece of work is: sign, colour and words. */
export function OutboxStateBadge({ state }: { state: OutboxState }) {
  const { t } = useTranslation();
  const { color, Sign } = LOOKS[state];
  return (
    <Badge color={color} leftSection={<Sign size={13} aria-hidden />}>
      {t(`system.outbox.state.${state}`)}
    </Badge>
  );
}
