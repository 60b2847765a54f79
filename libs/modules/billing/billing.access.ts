import { type Actor, holds } from '@opora/platform/context';
import { definePermissions } from '@opora/platform/permissions';

/** Worked time: `log_time` is for oneself, `log_for_others` for colleagues, `edit_any` for everybody's entries and without the edit window. */
export const BillingPermission = definePermissions('billing', [
  'log_time',
  'log_for_others',
  'edit_any',
  'lock_periods',
  'read',
]);

/** Whether the actor sees what others have worked; without it only his own. */
export const seesAllTime = (actor: Actor): boolean => actor.kind === 'system' || holds(actor, BillingPermission.read);
