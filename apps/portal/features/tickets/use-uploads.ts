import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api';

/** One file on its way: it is sent as soon as it is chosen, so that sending the form does not wait. */
export type Upload = {
  key: number;
  file: File;
  percent: number;
  state: 'uploading' | 'done' | 'failed';
  fileId?: string;
  reason?: string;
};

const LIMIT_MB = 40;
let lastKey = 0;

/** Chosen files and how far each has got; `add`, `retry`, `remove`. */
export function useUploads() {
  const { t } = useTranslation();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const aborts = useRef(new Map<number, AbortController>());

  const patch = (key: number, change: Partial<Upload>) =>
    setUploads((before) => before.map((upload) => (upload.key === key ? { ...upload, ...change } : upload)));

  const send = useCallback(async ({ key, file }: Upload) => {
    const abort = new AbortController();
    aborts.current.set(key, abort);
    patch(key, { state: 'uploading', percent: 0, reason: undefined });
    try {
      const onProgress = ({ loaded, total }: { loaded: number; total: number }) =>
        patch(key, { percent: total > 0 ? Math.floor((loaded / total) * 100) : 0 });
      const { id } = await api.upload(file, { onProgress, signal: abort.signal });
      patch(key, { state: 'done', percent: 100, fileId: id });
    } catch (error) {
      if (!abort.signal.aborted)
        patch(key, { state: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  }, []);

  const add = (files: Iterable<File>) => {
    const fresh = [...files].map((file): Upload => ({
      key: (lastKey += 1),
      file,
      percent: 0,
      ...verdictOn(file, t('tickets.fileTooBig', { limit: LIMIT_MB })),
    }));
    setUploads((before) => [...before, ...fresh]);
    fresh.filter(({ state }) => state === 'uploading').forEach((upload) => void send(upload));
  };
  const remove = (key: number) => {
    aborts.current.get(key)?.abort();
    setUploads((before) => before.filter((upload) => upload.key !== key));
  };

  return {
    uploads,
    add,
    remove,
    retry: (upload: Upload) => void send(upload),
    isBusy: uploads.some(({ state }) => state === 'uploading'),
    fileIds: uploads.flatMap(({ fileId }) => fileId ?? []),
  };
}

const verdictOn = (file: File, tooBig: string): Pick<Upload, 'state' | 'reason'> =>
  file.size > LIMIT_MB * 1024 * 1024 ? { state: 'failed', reason: tooBig } : { state: 'uploading' };
