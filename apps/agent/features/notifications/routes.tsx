import type { RouteObject } from 'react-router';

export const notificationRoutes: RouteObject[] = [
  {
    path: 'notification-settings',
    lazy: async () => ({ Component: (await import('./notification-settings-page')).NotificationSettingsPage }),
  },
];
