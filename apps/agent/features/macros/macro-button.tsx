import { useHolds } from '@/api';
import { ActionIcon, Tooltip } from '@mantine/core';
import type { Schemas } from '@opora/client';
import { useHotkey } from '@opora/ui/hotkeys';
import { IconBolt } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

const MacroDialog = lazy(() => import('./macro-dialog').then((dialog) => ({ default: dialog.MacroDialog })));

/** Macros for the ticket on the screen: by the button, by M, by the palette. */
export function MacroButton({ ticket }: { ticket: Schemas['TicketView'] }) {
  const { t } = useTranslation();
  const [isOpen, open] = useState(false);
  const isOn = useHolds('macros.use') && ticket.deletedAt === null;
  useHotkey('KeyM', () => open(true), { label: t('macros.run'), group: t('tickets.keys.ticket'), isOn });
  if (!isOn) return null;
  return (
    <>
      <Tooltip label={t('macros.run')}>
        <ActionIcon aria-label={t('macros.run')} onClick={() => open(true)}>
          <IconBolt size={17} />
        </ActionIcon>
      </Tooltip>
      {isOpen && (
        <Suspense>
          <MacroDialog ticket={ticket} onClose={() => open(false)} />
        </Suspense>
      )}
    </>
  );
}
