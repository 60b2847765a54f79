import { api } from './api';

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;
type Init = { params?: object; body?: unknown; signal?: AbortSignal };
type Call = <T>(path: string, init?: Init) => Answer<T>;

/** Routes that the generated client does not know yet. */
export const loose = api.http as unknown as Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Call>;
