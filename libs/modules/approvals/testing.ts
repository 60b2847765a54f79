import type { TestApi } from '@opora/platform/testing';
import { ApprovalMoments } from './approval-moments.service';

/** Moves the clock on, runs what has become due, and tells the moments of approvals that have come. */
export async function passApprovals(api: TestApi, by: Parameters<TestApi['advance']>[0]): Promise<void> {
  await api.advance(by);
  await api.get(ApprovalMoments).tellDue(api.system);
  await api.drain();
}

/** The id of something shipped, by its code. */
export async function shippedId(api: TestApi, table: 'item' | 'route' | 'index', code: string): Promise<string> {
  const [row] = await api.db.query<{ id: string }>(api.system, `SELECT id FROM approval_${table} WHERE code = $1`, [
    code,
  ]);
  if (!row) throw new Error(`nothing shipped is called ${code}`);
  return row.id;
}

/** Gives a shipped role to people. */
export async function giveRole(api: TestApi, code: string, ...people: { id: string }[]): Promise<void> {
  await api.db.query(api.system, `UPDATE approval_item SET "holderIds" = $2 WHERE code = $1 AND catalogue = 'role'`, [
    code,
    people.map(({ id }) => id),
  ]);
}
