export { FORM_CASES, type FormCase, prepareFormCases } from './form-rule-cases';
import type { TestApi } from '@opora/platform/testing';
import type { Audience } from './audience';
import { Comments, type NewComment } from './comments.service';
import { Tickets } from './tickets.service';
import type { CreateTicket } from './tickets.dto';

/** A ticket made by the system, unless `by` names somebody. */
export async function aTicket(
  api: TestApi,
  { by, status, ...facts }: Partial<CreateTicket> & { by?: Parameters<TestApi['ctx']>[0]; status?: string } = {},
): Promise<{ id: string; number: number; version: number }> {
  const ctx = by ? await api.ctx(by) : api.system;
  const { id, number, version } = await api.get(Tickets).create(ctx, { subject: 'Не печатает принтер', ...facts });
  if (status) {
    await api.db.query(
      api.system,
      `UPDATE ticket t SET "statusId" = s.id, "statusCategory" = s.category,
         "solvedAt" = CASE WHEN s.category IN ('done', 'closed') THEN $3::timestamptz END, "closedAt" = CASE WHEN s.category = 'closed' THEN $3::timestamptz END
       FROM ticket_status s WHERE t.id = $1 AND t."processId" = ANY(s."processIds") AND s.code = $2`,
      [id, status, api.system.now()],
    );
  }
  return { id, number, version };
}

/** A comment of the system, or of a person. */
export async function aComment(
  api: TestApi,
  ticketId: string,
  {
    by,
    text = 'Комментарий',
    audience = ['internal'],
    ...facts
  }: Partial<NewComment> & { by?: Parameters<TestApi['ctx']>[0]; audience?: Audience[] } = {},
): Promise<{ id: string }> {
  const { id } = await api
    .get(Comments)
    .add(by ? await api.ctx(by) : api.system, ticketId, { text, audience, ...facts });
  return { id };
}
