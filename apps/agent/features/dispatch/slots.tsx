import { useHolds } from '@/api';
import type { TicketSlots } from '@/slots/ticket-slots';
import { Button } from '@mantine/core';
import type { Schemas } from '@opora/client';
import { IconUserSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

const TicketSheet = lazy(() => import('./ticket-sheet').then((sheet) => ({ default: sheet.TicketSheet })));

/** «Кого послать»: who should go, on the ticket itself. */
function SuggestButton({ ticket }: { ticket: Schemas['TicketView'] }) {
  const { t } = useTranslation();
  const mayAsk = useHolds('dispatch.read');
  const [isOpen, open] = useState(false);
  if (!mayAsk || !ticket.can.assign || ['done', 'closed'].includes(ticket.status.category)) return null;
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconUserSearch size={14} aria-hidden />}
        onClick={() => open(true)}
      >
        {t('dispatch.suggest.button')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <TicketSheet ticketId={String(ticket.number)} onClose={() => open(false)} />
        </Suspense>
      )}
    </>
  );
}

/** What the board shows inside tickets. */
export const dispatchSlots: Partial<TicketSlots> = { header: [{ key: 'suggest', Item: SuggestButton }] };
