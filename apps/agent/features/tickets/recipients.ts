import type { TFunction } from 'i18next';
import type { TicketView } from './tickets.types';

/** Who gets a public answer by mail: the contact and the contacts who observe. */
export function countRecipients({ contact, observers }: Pick<TicketView, 'contact' | 'observers'>): number {
  const ids = observers.filter(({ kind }) => kind === 'contact').map(({ id }) => id);
  return new Set(contact ? [contact.id, ...ids] : ids).size;
}

/** The recipients by name, as the line above the text says it. */
export function recipientsInWords(ticket: TicketView, recipients: number, t: TFunction): string {
  if (recipients === 0) return t('tickets.composer.nobody');
  const name = ticket.contact?.name ?? ticket.observers.find(({ kind }) => kind === 'contact')?.name ?? '';
  return recipients === 1 ? name : t('tickets.composer.andOthers', { name, count: recipients - 1 });
}

/** A note that names the client's own mail domain is perhaps an answer in the wrong mode. */
export function addressesClient(html: string, { contact }: TicketView): boolean {
  const domains = (contact?.emails ?? []).map((email) => email.split('@')[1]?.toLowerCase()).filter(Boolean);
  return domains.some((domain) => html.toLowerCase().includes(`@${domain}`));
}

/** Every pasted screenshot is called image.png; the time tells them apart. */
export function named(file: File): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const stamp = new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-');
  return new File([file], `screenshot-${stamp}.${file.name.split('.').pop()}`, { type: file.type });
}
