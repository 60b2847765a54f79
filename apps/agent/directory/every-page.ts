const LIMIT = 200;

type Page<Row> = { data: Row[]; page: { next: string | null } };

/** A list that is short by nature (roles, teams), read to its end. */
export async function everyPage<Row>(
  read: (query: { limit: number; cursor?: string }) => Promise<Page<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { data, page } = await read({ limit: LIMIT, ...(cursor ? { cursor } : {}) });
    rows.push(...data);
    cursor = page.next;
  }
  return rows;
}
