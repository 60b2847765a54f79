import { useCallback, useState } from 'react';

/** What a person has typed of a new ticket or a reply; files are not kept. */
export type TicketDraft = {
  companyId?: string;
  objectId?: string;
  objectName?: string;
  subject: string;
  description: string;
  /** Answers to the rest of the form by field names: `cf.serial`. */
  others?: Record<string, unknown>;
};

const EMPTY: TicketDraft = { subject: '', description: '' };
const KEY = 'opora.portal.new-ticket';

/** Keeps the draft of a new ticket through a closed tab or a phone that ran out of memory. */
export function useTicketDraft(ownerId: string) {
  const key = `${KEY}.${ownerId}`;
  const [draft, setDraft] = useState(() => read(key));
  const [wasRestored, setRestored] = useState(() => draft.subject !== '' || draft.description !== '');
  const change = useCallback(
    (patch: Partial<TicketDraft>) =>
      setDraft((before) => {
        const after = { ...before, ...patch };
        write(key, after);
        return after;
      }),
    [key],
  );
  const clear = useCallback(() => {
    write(key, null);
    setDraft(EMPTY);
    setRestored(false);
  }, [key]);
  return { draft, change, clear, wasRestored };
}

function read(key: string): TicketDraft {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof saved !== 'object' || saved === null) return EMPTY;
    const { others } = saved as TicketDraft;
    return { ...EMPTY, ...textsOf(saved), ...(typeof others === 'object' && others !== null ? { others } : {}) };
  } catch {
    return EMPTY;
  }
}

const textsOf = (saved: object) =>
  Object.fromEntries(Object.entries(saved).filter(([, value]) => typeof value === 'string'));

function write(key: string, draft: TicketDraft | null): void {
  try {
    if (draft) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // Without storage the draft lives as long as the page.
  }
}

/** The words of an unsent reply, kept on this device until they are sent. */
export function useReplyDraft(ticketId: string) {
  const key = `opora.portal.reply.${ticketId}`;
  const [text, setText] = useState(() => read(key).description);
  const keep = (text: string) => {
    setText(text);
    write(key, text ? { ...EMPTY, description: text } : null);
  };
  return { text, setText: keep };
}
