import { defineErrors } from '@opora/platform/errors';

export const ApprovalError = defineErrors('approvals', {
  notFound: 404,
  routeNotFound: 404,
  itemNotFound: 404,
  indexNotFound: 404,
  scheduleNotFound: 404,
  taskNotFound: 404,
  documentNotFound: 404,
  linkUnknown: 404,
  linkOver: 410,
  stale: 412,
  notAsked: 409,
  notReturned: 409,
  isOver: 409,
  taskDone: 409,
  itemInUse: 409,
});
