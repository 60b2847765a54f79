import { Badge } from '@mantine/core';
import { IconBan, IconCircleCheck, IconClock, IconHandStop, IconUrgent, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MailState } from './outgoing.queries';

const LOOKS: Record<MailState, { color: string; Sign: Icon }> = {
  failed: { color: 'red', Sign: IconUrgent },
  waiting: { color: 'blue', Sign: IconClock },
  suppressed: { color: 'orange', Sign: IconHandStop },
  cancelled: { color: 'gray', Sign: IconBan },
  sent: { color: 'green', Sign: IconCircleCheck },
};
/** Every state, what needs a person first. */
export const MAIL_STATES = Object.keys(LOOKS) as MailState[];

/** What became of a mail of ours: sign, colour and words. */
export function MailStateBadge({ state }: { state: MailState }) {
  const { t } = useTranslation();
  const { color, Sign } = LOOKS[state];
  return (
    <Badge color={color} leftSection={<Sign size={13} aria-hidden />}>
      {t(`channels.outgoing.state.${state}`)}
    </Badge>
  );
}
