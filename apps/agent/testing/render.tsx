import './alone';
import { HotkeyProvider } from '@opora/ui/hotkeys';
import { createI18n } from '@opora/ui/i18n';
import { AppProviders } from '@opora/ui/theme';
import { act, cleanup, configure, render } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { api, type Me } from '@/api';
import { createQueries } from '@/app/queries';
import { routes } from '@/app/router';
import { SessionGate } from '@/app/session-gate';
import { texts } from '@/app/texts';
import { joinTicketSlots, TicketSlotsProvider, type TicketSlots } from '@/slots/ticket-slots';

// The first screen of a file waits for its lazy part to be compiled.
configure({ asyncUtilTimeout: 25_000 });
jest.setTimeout(60_000);

/** jsdom lays nothing out: a list would think that it has no room for rows. */
Object.defineProperty(Element.prototype, 'clientHeight', { configurable: true, get: () => 640 });
Object.defineProperty(Element.prototype, 'clientWidth', { configurable: true, get: () => 900 });
Object.defineProperty(window, 'innerWidth', { configurable: true, value: 1440 });
HTMLElement.prototype.scrollTo = () => undefined;

// Signals come from Node (fetch needs its own), and jsdom's listeners know only jsdom's.
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (this: EventTarget, type, listener, options) {
  if (typeof options !== 'object' || !options.signal) return listen.call(this, type, listener, options);
  const { signal, ...rest } = options;
  signal.addEventListener('abort', () => this.removeEventListener(type, listener, rest));
  return listen.call(this, type, listener, rest);
};

/** The whole SPA at an address, over whatever network the test has set up; in tickets only what `slots` put there. */
export function openAgent(path: string, slots: Partial<TicketSlots> = {}) {
  cleanup();
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  const view = render(
    <AppProviders i18n={createI18n(texts, 'ru')} queries={createQueries()} density="compact">
      <HotkeyProvider>
        <SessionGate>
          <TicketSlotsProvider slots={joinTicketSlots([slots])}>
            <RouterProvider router={router} />
          </TicketSlotsProvider>
        </SessionGate>
      </HotkeyProvider>
    </AppProviders>,
  );
  return { ...view, address: () => router.state.location.pathname + router.state.location.search };
}

export const ME: Me = {
  id: 'me',
  kind: 'employee',
  name: 'Алексей Иванов',
  email: 'engineer@opora.demo',
  phone: null,
  locale: 'ru',
  timeZone: null,
  teams: [],
  permissions: ['tickets.read', 'tickets.create'],
  mayWriteToClients: true,
  seesClientContacts: true,
  mustChangePassword: false,
  totpEnabled: false,
};

/** As after a sign-in a moment ago. */
export function signedIn(me: Partial<Me> = {}) {
  const expiresAt = new Date(Date.now() + 600_000).toISOString();
  api.session.start({ accessToken: 'token', expiresAt, mustChangePassword: false, me: { ...ME, ...me } });
}

/** A key by its place on the keyboard; `key` is what the Russian layout makes of it. */
export function pressKey(code: string, key = '') {
  const target = document.activeElement ?? document.body;
  act(() => void target.dispatchEvent(new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true })));
}
