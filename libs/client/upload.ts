import { ApiProblem } from './problem';
import type { Session } from './session';

/** A file the server keeps; `url` is a signed link that lives for minutes. */
export type StoredFile = { id: string; name: string; mime: string; size: number; url: string };
export type UploadProgress = { loaded: number; total: number };

type Upload = {
  url: string;
  session: Session;
  locale: string;
  key: string;
  file: File;
  onProgress?: (progress: UploadProgress) => void;
  signal?: AbortSignal;
};

/** Sends one file; XMLHttpRequest, because fetch cannot tell how much has left. */
export async function uploadFile({ url, session, locale, key, file, onProgress, signal }: Upload): Promise<StoredFile> {
  const token = await session.token();
  const form = new FormData();
  form.append('file', file, file.name || 'file');
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('accept-language', locale);
    request.setRequestHeader('idempotency-key', key);
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.({ loaded, total });
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as StoredFile);
      else reject(new ApiProblem(request.status, body));
    };
    request.onerror = () => reject(new ApiProblem(0, {}));
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
