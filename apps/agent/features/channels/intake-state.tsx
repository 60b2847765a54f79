import { Badge } from '@mantine/core';
import {
  IconBan,
  IconCircleDashed,
  IconClock,
  IconCopy,
  IconMessagePlus,
  IconNotebook,
  IconTicket,
  IconUrgent,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { IntakeState } from './intake.queries';

type Look = { color: string; Sign: Icon };

const LOOKS: Record<IntakeState, Look> = {
  held: { color: 'orange', Sign: IconClock },
  failed: { color: 'red', Sign: IconUrgent },
  received: { color: 'blue', Sign: IconCircleDashed },
  ticket_created: { color: 'green', Sign: IconTicket },
  comment_added: { color: 'green', Sign: IconMessagePlus },
  recorded: { color: 'gray', Sign: IconNotebook },
  duplicate: { color: 'gray', Sign: IconCopy },
  ignored: { color: 'gray', Sign: IconBan },
};

/** Every state, what needs a person first. */
export const INTAKE_STATES = Object.keys(LOOKS) as IntakeState[];

/** What became of a mail: sign, colour and words. */
export function IntakeStateBadge({ state }: { state: IntakeState }) {
  const { t } = useTranslation();
  const { color, Sign } = LOOKS[state];
  return (
    <Badge color={color} leftSection={<Sign size={13} aria-hidden />}>
      {t(`channels.intake.state.${state}`)}
    </Badge>
  );
}
