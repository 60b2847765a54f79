import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { convert } from 'html-to-text';
import Mustache from 'mustache';
import { type Ctx, LOCALES, type Locale } from '../context';
import { Db } from '../db';
import { defineErrors, raise } from '../errors';
import { MessageTemplate } from './message-template.entity';

export const TemplateError = defineErrors('templates', { notFound: 404, invalid: 422 });

export type TemplateText = { subject: string; body: string };
export type RenderedMessage = { subject: string; html: string; text: string };

/**
 * Texts of mails. The shipped ones are files `libs/modules/<module>/mails/<name>.<locale>.html`, first line `Subject: …`; the key is
 * `<module>.<name>`. Variables are Mustache, escaped in the body. An organisation may reword each.
 */
function shipped(): Map<string, TemplateText> {
  const root = join(__dirname, '..', '..', 'modules');
  const texts = new Map<string, TemplateText>();
  if (!existsSync(root)) return texts;
  for (const module of readdirSync(root)) {
    const folder = join(root, module, 'mails');
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder)) {
      const found = /^([\w-]+)\.(ru|en)\.html$/.exec(file);
      if (!found) continue;
      const [first = '', ...rest] = readFileSync(join(folder, file), 'utf8').split('\n');
      texts.set(`${module}.${found[1]} ${found[2]}`, {
        subject: first.replace(/^Subject:\s*/, ''),
        body: rest.join('\n').trim(),
      });
    }
  }
  return texts;
}

let cached: Map<string, TemplateText> | undefined;
export const shippedTemplates = (): Map<string, TemplateText> => (cached ??= shipped());

/** The keys of all shipped templates. */
export const templateKeys = (): string[] =>
  [...new Set([...shippedTemplates().keys()].map((key) => key.split(' ')[0] ?? ''))].sort();

const LAYOUT = (body: string, locale: Locale): string =>
  `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"></head><body style="margin:0;background:#f4f5f7;font:15px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif;color:#1c2024"><div style="max-width:640px;margin:0 auto;padding:24px 16px"><div style="background:#fff;border:1px solid #e3e5e8;border-radius:10px;padding:20px 24px">${body}</div></div></body></html>`;

@Injectable()
export class Templates {
  constructor(private readonly db: Db) {}

  /** The organisation's wording, or the shipped one. */
  async find(ctx: Ctx, key: string, locale: Locale): Promise<TemplateText & { isChanged: boolean }> {
    const [own] = await this.db.prepared<MessageTemplate>(
      ctx,
      'SELECT * FROM message_template WHERE key = $1 AND locale = $2',
      [key, locale],
    );
    const text = own ?? shippedTemplates().get(`${key} ${locale}`) ?? raise(TemplateError.notFound());
    return { subject: text.subject, body: text.body, isChanged: own !== undefined };
  }

  async render(ctx: Ctx, key: string, locale: Locale, variables: object): Promise<RenderedMessage> {
    return this.fill(await this.find(ctx, key, locale), locale, variables);
  }

  /** Fills a text; a broken one is refused with 422 `templates.invalid`. */
  fill({ subject, body }: TemplateText, locale: Locale, variables: object): RenderedMessage {
    try {
      const html = LAYOUT(Mustache.render(body, variables), locale);
      const line = Mustache.render(subject, variables, undefined, { escape: String });
      return { subject: line.replace(/\s+/g, ' ').trim(), html, text: convert(html, { wordwrap: 100 }) };
    } catch (error) {
      throw TemplateError.invalid({ reason: error instanceof Error ? error.message.slice(0, 200) : '' });
    }
  }

  async list(ctx: Ctx): Promise<(TemplateText & { key: string; locale: Locale; isChanged: boolean })[]> {
    const own = new Map(
      (await this.db.repo(ctx, MessageTemplate).find()).map((row) => [`${row.key} ${row.locale}`, row]),
    );
    return templateKeys().flatMap((key) =>
      LOCALES.flatMap((locale) => {
        const changed = own.get(`${key} ${locale}`);
        const text = changed ?? shippedTemplates().get(`${key} ${locale}`);
        return text ? [{ key, locale, subject: text.subject, body: text.body, isChanged: changed !== undefined }] : [];
      }),
    );
  }

  async save(ctx: Ctx, key: string, locale: Locale, text: TemplateText): Promise<void> {
    if (!shippedTemplates().has(`${key} ${locale}`)) throw TemplateError.notFound();
    this.fill(text, locale, {});
    await this.db.repo(ctx, MessageTemplate).upsert({ key, locale, ...text, updatedAt: ctx.now() }, ['key', 'locale']);
  }

  /** Back to the shipped wording. */
  async reset(ctx: Ctx, key: string, locale: Locale): Promise<void> {
    await this.db.repo(ctx, MessageTemplate).delete({ key, locale });
  }
}
