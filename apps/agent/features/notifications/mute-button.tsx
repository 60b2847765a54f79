import { ActionIcon } from '@mantine/core';
import type { Schemas } from '@opora/client';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { muteQuery, useMute } from './notifications.queries';

/** Silences a ticket for oneself. */
export function MuteButton({ ticket }: { ticket: Schemas['TicketView'] }) {
  const { t } = useTranslation();
  const { data } = useQuery(muteQuery(ticket.id));
  const mute = useMute(ticket.id);
  if (!data) return null;
  const label = t(data.isMuted ? 'notifications.mute.off' : 'notifications.mute.on');
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      aria-pressed={data.isMuted}
      loading={mute.isPending}
      onClick={() =>
        mute.mutate(!data.isMuted, {
          onSuccess: ({ isMuted }) => notifyDone(t(isMuted ? 'notifications.mute.muted' : 'notifications.mute.heard')),
          onError: (failure) => notifyProblem(t('notifications.failed'), failure),
        })
      }
    >
      {data.isMuted ? <IconBellOff size={16} /> : <IconBell size={16} />}
    </ActionIcon>
  );
}
