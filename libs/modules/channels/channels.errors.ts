import { defineErrors } from '@opora/platform/errors';

export const ChannelError = defineErrors('channels', {
  messageNotFound: 404,
  mailboxNotFound: 404,
  addressTaken: 409,
  notReplayable: 409,
  notHeld: 409,
  tooLarge: 413,
});
