import { TicketSlotsProvider } from '@/slots/ticket-slots';
import { HotkeyProvider } from '@opora/ui/hotkeys';
import { createI18n } from '@opora/ui/i18n';
import { AppProviders } from '@opora/ui/theme';
import { RouterProvider } from 'react-router';
import { createQueries } from './queries';
import { createRouter } from './router';
import { SessionGate } from './session-gate';
import { texts } from './texts';
import { ticketSlots } from './ticket-slots';

const i18n = createI18n(texts);
const queries = createQueries();
const router = createRouter();

/** Everything around the screens. */
export function App() {
  return (
    <AppProviders i18n={i18n} queries={queries} density="compact">
      <HotkeyProvider>
        <SessionGate>
          <TicketSlotsProvider slots={ticketSlots}>
            <RouterProvider router={router} />
          </TicketSlotsProvider>
        </SessionGate>
      </HotkeyProvider>
    </AppProviders>
  );
}
