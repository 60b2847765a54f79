import { defineEvent } from '@opora/platform/events';

/** A calendar has a new version: its hours or the production calendar it follows have changed. */
export const WorkCalendarChanged = defineEvent<{ calendarId: string; version: number }>('sla.calendarChanged');

/** A policy is new, has changed, moved or gone. */
export const SlaPolicyChanged = defineEvent<{ policyId: string; version: number }>('sla.policyChanged');

/** An object has other hours, and so have the objects inside it that have none of their own. */
export const ObjectCalendarChanged = defineEvent<{ objectId: string }>('sla.objectCalendarChanged');
