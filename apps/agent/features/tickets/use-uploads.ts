import { api } from '@/api';
import type { StoredFile } from '@opora/client';
import { useCallback, useState } from 'react';

export type Upload = { key: number; name: string; size: number; share: number; file: StoredFile | null; error: string | null; isInline: boolean };

let nextKey = 1;

/** Files on their way to the server, each with its progress. */
export function useUploads() {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const patch = useCallback((key: number, change: Partial<Upload>) => setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...change } : each))), []);

  const add = useCallback(
    async (file: File, isInline = false): Promise<StoredFile | null> => {
      const key = nextKey++;
      setUploads((all) => [...all, { key, name: file.name, size: file.size, share: 0, file: null, error: null, isInline }]);
      try {
        const stored = await api.upload(file, { onProgress: ({ loaded, total }) => patch(key, { share: total > 0 ? loaded / total : 0 }) });
        patch(key, { file: stored, share: 1 });
        return stored;
      } catch (error) {
        patch(key, { error: error instanceof Error ? error.message : String(error) });
        return null;
      }
    },
    [patch],
  );
  const remove = useCallback((key: number) => setUploads((all) => all.filter((each) => each.key !== key)), []);
  const clear = useCallback(() => setUploads([]), []);
  return {
    uploads,
    add,
    remove,
    clear,
    isBusy: uploads.some(({ file, error }) => !file && !error),
    fileIds: uploads.flatMap(({ file }) => (file ? [file.id] : [])),
  };
}
