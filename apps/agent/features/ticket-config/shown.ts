import type { InfiniteData } from '@tanstack/react-query';

type Archivable = { archivedAt: string | null };
type Page<Row> = { data: Row[]; page: { next: string | null } };

/** The rows in use; those of the archive only when they are asked for. */
export const shown =
  <Row extends Archivable>(withArchive: boolean) =>
  (data: InfiniteData<Page<Row>, string>): InfiniteData<Page<Row>, string> => ({
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      data: page.data.filter(({ archivedAt }) => withArchive || !archivedAt),
    })),
  });
