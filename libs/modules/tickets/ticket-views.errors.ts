import { defineErrors } from '@opora/platform/errors';

export const TicketViewError = defineErrors('tickets', { viewNotFound: 404, tooManyViews: 409 });
