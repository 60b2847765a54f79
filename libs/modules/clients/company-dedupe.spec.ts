import { dedupeKeys } from './company-dedupe';

const NOTHING = { inn: null, phone: null, site: null, email: null, emailDomains: [] };

it.each([
  [{}, []],
  [{ inn: '7707083893' }, ['inn:7707083893']],
  [{ phone: '8 (495) 123-45-67' }, ['phone:+74951234567']],
  [{ phone: '+7 495 123-45-67' }, ['phone:+74951234567']],
  [{ site: 'https://www.Acme.ru/about?x=1' }, ['domain:acme.ru']],
  [{ email: 'office@acme.ru', site: 'http://acme.ru', emailDomains: ['acme.ru'] }, ['domain:acme.ru']],
  [{ email: 'acme@mail.ru' }, []],
  [{ email: 'acme@gmail.com', emailDomains: ['yandex.ru'] }, []],
  [{ emailDomains: ['acme.ru', 'acme.com'] }, ['domain:acme.ru', 'domain:acme.com']],
])('%j is recognised by %j', (facts, expected) => expect(dedupeKeys({ ...NOTHING, ...facts })).toEqual(expected));
