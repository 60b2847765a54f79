export { NotificationPermission } from './notifications.access';
export { NotificationsModule } from './notifications.module';
