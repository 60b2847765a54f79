import { createHash } from 'node:crypto';
import { type MailAddress, parseAddresses, senderOf } from './mail-address';
import { type MailBody, type ParsedFile, plainBody, readBody } from './mail-body';
import { type Classification, classifyMail } from './mail-classify';
import { composeHtml } from './mail-html';
import { type MailHeader, messageIds, readHeader } from './mail-header';
import { type DeliveryReport, readReport } from './mail-report';
import { threadClues, type ThreadClues } from './mail-thread';

/** What parsing needs besides the bytes. `ours` are the addresses of our mailboxes. */
export type ParseInput = {
  raw: Uint8Array;
  envelopeFrom: string | null;
  envelopeTo: string[];
  ours: string[];
  secret: string;
};

export type ParsedMail = {
  messageId: string | null;
  /** Hash of what does not change on the way; tells a repeat from another mail with the same Message-ID. */
  contentSha: string;
  from: MailAddress | null;
  to: MailAddress[];
  cc: MailAddress[];
  subject: string;
  threadIndex: string | null;
  threadTopic: string | null;
  classification: Classification;
  clues: ThreadClues;
  report: DeliveryReport | null;
  /** What the ticket shows: new text first, quotations folded, not yet sanitised. */
  html: string;
  files: ParsedFile[];
  /** Files beyond the limit; they stay in the original. */
  filesLeftOut: number;
  /** Why the body could not be read in full, or null. */
  problem: string | null;
};

const REPORT_BYTES = 256 * 1024;

/** Reads a mail; what is broken is noted in `problem`, never thrown. */
export async function parseMail(input: ParseInput): Promise<ParsedMail> {
  const raw = Buffer.from(input.raw.buffer, input.raw.byteOffset, input.raw.byteLength);
  const { header, bodyAt } = readHeader(raw);
  let body: MailBody;
  try {
    body = header.names.length ? await readBody(raw) : plainBody(raw, 0, '');
  } catch (error) {
    body = plainBody(raw, bodyAt, error instanceof Error ? error.message : String(error));
  }
  return assemble(input, raw, header, bodyAt, body);
}

/** The same without the body's structure: for a mail whose reading took too long or too much memory. */
export function parseRoughly(input: ParseInput, problem: string): ParsedMail {
  const raw = Buffer.from(input.raw.buffer, input.raw.byteOffset, input.raw.byteLength);
  const { header, bodyAt } = readHeader(raw.subarray(0, 64 * 1024));
  return assemble(input, raw, header, bodyAt, plainBody(raw, bodyAt, problem));
}

function assemble(input: ParseInput, raw: Buffer, header: MailHeader, bodyAt: number, body: MailBody): ParsedMail {
  const subject = header.text('subject').slice(0, 1000);
  const [, contentType = 'text/plain', reportType = ''] =
    /^\s*([^\s;]+)(?:[^]*report-type\s*=\s*"?([\w-]+))?/i.exec(header.raw('content-type')) ?? [];
  const classification = classifyMail({
    header,
    contentType: contentType.toLowerCase(),
    reportType: reportType.toLowerCase(),
    envelopeFrom: input.envelopeFrom,
    ours: new Set(input.ours),
  });
  return {
    messageId: messageIds(header.raw('message-id'))[0] ?? null,
    contentSha: createHash('sha256').update(header.lasting).update('\n\n').update(raw.subarray(bodyAt)).digest('hex'),
    from: senderOf(header, input.envelopeFrom ?? '') ?? null,
    to: header.allRaw('to').flatMap(parseAddresses),
    cc: header.allRaw('cc').flatMap(parseAddresses),
    subject,
    threadIndex: printable(header.raw('thread-index')),
    threadTopic: printable(header.text('thread-topic')),
    classification,
    clues: threadClues(header, input.envelopeTo, subject, input.secret),
    report: classification.kind === 'report' ? readReport(reportSource(raw, bodyAt, body)) : null,
    html: composeHtml(body.text, body.html),
    files: body.files,
    filesLeftOut: body.filesLeftOut,
    problem: body.problem,
  };
}

const printable = (value: string): string | null =>
  value.replace(/[^\u0020-\u007e\u0400-\u04ff]/g, '').slice(0, 500) || null;

function reportSource(raw: Buffer, bodyAt: number, body: MailBody): string {
  const headers = body.files
    .filter(({ mime }) => /rfc822/.test(mime))
    .map(({ content }) => Buffer.from(content).subarray(0, REPORT_BYTES).toString('latin1'));
  return [raw.subarray(bodyAt, bodyAt + REPORT_BYTES / 2).toString('latin1'), body.text, ...headers].join('\n');
}
