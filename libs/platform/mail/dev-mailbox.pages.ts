import type { OutgoingMail } from './outgoing-mail.entity';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--soft:#8882;--accent:#2563eb}
body{font:14px/1.45 system-ui,sans-serif;margin:0}header{padding:12px 20px;border-bottom:1px solid var(--line);display:flex;gap:12px;align-items:baseline}
h1{font-size:16px;margin:0}a{color:inherit;text-decoration:none}main{max-width:960px;margin:0 auto;padding:8px 20px}
.row{display:grid;grid-template-columns:minmax(120px,220px) 1fr auto;gap:12px;padding:9px 8px;border-bottom:1px solid var(--line)}.row:hover{background:var(--soft)}
.soft{opacity:.7;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.empty{padding:60px 0;text-align:center;opacity:.7}
dl{display:grid;grid-template-columns:auto 1fr;gap:2px 12px;margin:12px 0}dt{opacity:.7}dd{margin:0}iframe{width:100%;height:70vh;border:1px solid var(--line);border-radius:8px;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:12px;opacity:.8}@media(max-width:600px){.row{grid-template-columns:1fr auto}.row .soft:first-child{grid-column:1/3}}`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;

type Words = (key: string) => string;
const moment = (date: Date | null): string => date?.toISOString().replace('T', ' ').slice(0, 19) ?? '';

export function mailboxPage(mails: OutgoingMail[], words: Words): string {
  const rows = mails.map(
    (mail) =>
      `<a class="row" href="/dev/mailbox/${mail.id}"><span class="soft">${escapeHtml(mail.to.join(', '))}</span><span>${escapeHtml(mail.subject)}</span><span class="soft">${moment(mail.sentAt)}</span></a>`,
  );
  const list = rows.join('') || `<p class="empty">${escapeHtml(words('empty'))}</p>`;
  return page(
    words('title'),
    `<header><h1>${escapeHtml(words('title'))}</h1><span class="soft">${escapeHtml(words('about'))}</span></header><main>${list}</main>`,
  );
}

export function mailPage(mail: OutgoingMail, words: Words): string {
  const facts: [string, string][] = [
    [words('from'), `${mail.fromName} <${mail.fromAddress}>`],
    [words('replyTo'), mail.replyTo ?? ''],
    [words('to'), mail.to.join(', ')],
    [words('cc'), mail.cc.join(', ')],
    [words('sent'), moment(mail.sentAt)],
  ];
  const list = facts
    .filter(([, value]) => value)
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`);
  const headers = [
    `Message-ID: <${mail.messageId}>`,
    ...(mail.inReplyTo ? [`In-Reply-To: <${mail.inReplyTo}>`] : []),
    ...(mail.references.length ? [`References: ${mail.references.map((id) => `<${id}>`).join(' ')}`] : []),
    ...Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`),
    ...mail.attachments.map(({ name }) => `Attachment: ${name}`),
  ];
  return page(
    mail.subject,
    `<header><a href="/dev/mailbox">←</a><h1>${escapeHtml(mail.subject)}</h1></header><main><dl>${list.join('')}</dl><iframe title="${escapeHtml(mail.subject)}" src="/dev/mailbox/${mail.id}/body"></iframe><pre>${escapeHtml(headers.join('\n'))}</pre></main>`,
  );
}
