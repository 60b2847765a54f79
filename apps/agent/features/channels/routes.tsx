import type { RouteObject } from 'react-router';

export const channelsRoutes: RouteObject[] = [
  { path: 'channels', lazy: async () => ({ Component: (await import('./channels-tabs')).FirstChannelScreen }) },
  {
    path: 'channels/mailboxes/:id?',
    lazy: async () => ({ Component: (await import('./mailboxes-page')).MailboxesPage }),
  },
  { path: 'channels/intake/:id?', lazy: async () => ({ Component: (await import('./intake-page')).IntakePage }) },
  { path: 'channels/outgoing/:id?', lazy: async () => ({ Component: (await import('./outgoing-page')).OutgoingPage }) },
];
