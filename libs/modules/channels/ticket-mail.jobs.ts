import { defineJob } from '@opora/platform/events';

/** Sends an answer to the client once its author can no longer take it back. */
export const SendReply = defineJob<{ ticketId: string; commentId: string }>('channels.send-reply');

/** Tells the client that his ticket is done, unless it was taken back meanwhile. */
export const TellSolved = defineJob<{ ticketId: string }>('channels.tell-solved');
