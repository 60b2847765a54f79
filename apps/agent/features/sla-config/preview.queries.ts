import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';
import type { CalendarDefinition } from './calendar-days';

export type Preview = {
  calendarId?: string;
  calendar?: CalendarDefinition;
  objectCalendarId?: string;
  start: string;
  durationSeconds: number;
  pauses: { from: string; to: string | null }[];
};

/** When it would be due, and why; asked again only when the question changes. */
export const previewQuery = (body: Preview) =>
  queryOptions({
    queryKey: ['sla-preview', body],
    queryFn: () => unwrap(api.http.POST('/sla/preview', { body: body as Schemas['PreviewSla'] })),
    retry: false,
  });
