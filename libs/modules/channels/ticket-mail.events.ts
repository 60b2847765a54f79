import { defineJob } from '@opora/platform/events';

/** Tells the client that his ticket is done, unless it was taken back meanwhile. */
export const TellSolved = defineJob<{ ticketId: string }>('channels.tell-solved');
