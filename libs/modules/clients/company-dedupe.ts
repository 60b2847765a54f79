import type { Company } from './company.entity';
import { toE164 } from './phone';

/** Mail and site providers that say nothing about the company. */
const SHARED_DOMAINS = new Set([
  'mail.ru',
  'bk.ru',
  'inbox.ru',
  'list.ru',
  'internet.ru',
  'yandex.ru',
  'ya.ru',
  'yandex.com',
  'rambler.ru',
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'icloud.com',
  'me.com',
  'yahoo.com',
  'proton.me',
  'protonmail.com',
  'vk.com',
  't.me',
  'ok.ru',
]);

type Facts = Pick<Company, 'inn' | 'phone' | 'site' | 'email' | 'emailDomains'>;

const hostOf = (site: string): string =>
  site
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[/?#:].*$/s, '')
    .toLowerCase();
const domainOf = (host: string): string => host.replace(/^www\./, '').replace(/\.$/, '');

/** By what two records are suspected to be one company: tax number, phone, own domain. */
export function dedupeKeys({ inn, phone, site, email, emailDomains }: Facts): string[] {
  const e164 = phone ? toE164(phone) : undefined;
  const domains = [site && hostOf(site), email?.split('@')[1], ...emailDomains]
    .filter((domain): domain is string => Boolean(domain))
    .map(domainOf)
    .filter((domain) => !SHARED_DOMAINS.has(domain));
  const keys = [inn && `inn:${inn}`, e164 && `phone:${e164}`, ...domains.map((domain) => `domain:${domain}`)];
  return [...new Set(keys.filter((key): key is string => Boolean(key)))];
}
