import { api } from '@/api';
import type { StoredFile } from '@opora/client';
import { useCallback, useState } from 'react';

export type Upload = {
  key: number;
  name: string;
  size: number;
  share: number;
  file: StoredFile | null;
  error: string | null;
  isInline: boolean;
};

let nextKey = 1;

/** Files on their way to the server, each with its progress. */
export function useUploads() {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const patch = useCallback(
    (key: number, change: Partial<Upload>) =>
      setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...change } : each))),
    [],
  );

  const add = useCallback(
    async (file: File, isInline = false): Promise<StoredFile | null> => {
      const key = nextKey++;
      setUploads((all) => [
        ...all,
        { key, name: file.name, size: file.size, share: 0, file: null, error: null, isInline },
      ]);
      try {
        const stored = await api.upload(file, {
          onProgress: ({ loaded, total }) => patch(key, { share: total > 0 ? loaded / total : 0 }),
        });
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
  /** Shows files that are already on the server, those of a draft, before the others. */
  const restore = useCallback((files: StoredFile[], html: string) => {
    const kept = files.map((file) => ({
      key: nextKey++,
      name: file.name,
      size: file.size,
      share: 1,
      file,
      error: null,
      isInline: html.includes(file.id),
    }));
    setUploads((all) => [...kept, ...all]);
  }, []);
  return {
    uploads,
    add,
    remove,
    put: setUploads,
    restore,
    isBusy: uploads.some(({ file, error }) => !file && !error),
    /** What goes along with a text: a picture pasted into it only as long as it is still there. */
    idsFor: (html: string) =>
      uploads.flatMap(({ file, isInline }) => (file && (!isInline || html.includes(file.id)) ? [file.id] : [])),
  };
}
