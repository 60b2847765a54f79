import fc from 'fast-check';
import {
  FILTER_MAX_LENGTH,
  FILTER_MAX_TERMS,
  FilterProblem,
  type FilterTerm,
  formatFilter,
  impliesOpen,
  parseFilter,
} from './ticket-filter';

/** One term as a short line: sign, key, operator, values (words of the key in angle brackets). */
function show(term: FilterTerm): string {
  const sign = term.isNegated ? '-' : '';
  if (term.kind === 'text') return `${sign}${term.isPhrase ? 'phrase' : 'text'}(${term.text})`;
  return `${sign}${term.key}${term.operator}${term.values.map(({ text, isWord }) => (isWord ? `<${text}>` : text)).join('|')}`;
}

function problemOf(text: string): FilterProblem {
  try {
    parseFilter(text);
  } catch (error) {
    if (error instanceof FilterProblem) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

describe('T-19: the filter grammar', () => {
  it.each([
    ['', ''],
    ['  принтер   не печатает ', 'text(принтер) text(не) text(печатает)'],
    ['status:open,pending -type:incident', 'status=<open>|<pending> -type=incident'],
    ['STATUS:Open', 'status=<open>'],
    ['status:"open"', 'status=open'],
    ['assignee:me,none,"Иванов Иван"', 'assignee=<me>|<none>|Иванов Иван'],
    ['company:"ООО \\"Ромашка\\""', 'company=ООО "Ромашка"'],
    ['priority:>=high created:>=2026-01-01', 'priority>=high created>=2026-01-01'],
    ['updated:<-3d deadline:<today deadline:none', 'updated<-3d deadline<today deadline=<none>'],
    ['created:2026-01-01..2026-01-31 number:10..20', 'created=2026-01-01..2026-01-31 number=10..20'],
    ['"нет бумаги" -"замятие"', 'phrase(нет бумаги) -phrase(замятие)'],
    ['Error: https://example.com 10:30', 'text(Error:) text(https://example.com) text(10:30)'],
    ['Ошибка: hp-7919 -смазка', 'text(Ошибка:) text(hp-7919) -text(смазка)'],
    ['a - b', 'text(a) text(-) text(b)'],
    ['is:open has:files source:email awaiting:us', 'is=<open> has=<files> source=<email> awaiting=<us>'],
    ['cf.serial:A-1 -cf.kind:a,b', 'cf.serial=A-1 -cf.kind=a|b'],
    ['cf.serial:~"нет бумаги" cf.cost:>=10 cf.cost:none', 'cf.serial~нет бумаги cf.cost>=10 cf.cost=<none>'],
    ['has:cf.serial CF.Cost:1..5', 'has=<cf.serial> cf.cost=1..5'],
    ['company:~x cf.note:"none"', 'company=~x cf.note=none'],
    ['cf.example.com:80 example.com:80', 'text(cf.example.com:80) text(example.com:80)'],
  ])('reads %j', (text, expected) => expect(parseFilter(text).terms.map(show).join(' ')).toBe(expected));

  it.each([
    ['sort:-updated', { key: 'updatedAt', isDescending: true }],
    ['is:open sort:createdAt', { key: 'createdAt', isDescending: false }],
    ['sort:-cf.cost', { key: 'cf.cost', isDescending: true }],
    ['sort:PRIORITY', { key: 'priority', isDescending: false }],
  ])('reads the order of %j', (text, sort) => expect(parseFilter(text).sort).toEqual(sort));

  it.each([
    ['staus:open', 0, 'staus', 'status'],
    ['принтер is:opened', 11, 'opened', 'open'],
    ['is:', 3, '', 'unassigned'],
    ['status:>open', 7, '>', '<name>'],
    ['created:2026-02-30', 8, '2026-02-30', '<date>'],
    ['created:>вчера', 9, 'вчера', '<date>'],
    ['number:12a', 7, '12a', '<number>'],
    ['number:99999999999999999', 7, '99999999999999999', '<number>'],
    ['line:0', 5, '0', '<number>'],
    ['company:"Ромашка', 8, '"Ромашка', '<quote>'],
    ['company:"Ромашка"и', 17, 'и', ','],
    ['status:open,', 12, '', '<name>'],
    ['created:>today,-3d', 15, '-3d', '<value>'],
    ['sort:colour', 5, 'colour', '-updatedAt'],
    ['-sort:updated', 0, '-sort', 'updatedAt'],
    ['x'.repeat(FILTER_MAX_LENGTH + 1), FILTER_MAX_LENGTH, 'x', '<shorter>'],
    ['a '.repeat(FILTER_MAX_TERMS + 1), FILTER_MAX_TERMS * 2, 'a ', '<shorter>'],
  ])('refuses %j and says where and what it expected', (text, position, found, expected) => {
    const problem = problemOf(text);
    expect([problem.position, problem.found]).toEqual([position, found]);
    expect(problem.expected).toContain(expected);
  });

  it.each([
    ['is:open', true],
    ['status:new,waiting_client', true],
    ['is:overdue assignee:me', true],
    ['is:open,closed', false],
    ['-is:open', false],
    ['status:"new"', false],
    ['assignee:me', false],
    ['is:open is:deleted', false],
  ])('knows whether %j shows open tickets only', (text, isOpen) => expect(impliesOpen(parseFilter(text))).toBe(isOpen));

  const withoutPlaces = (text: string) =>
    JSON.stringify(parseFilter(text), (name: string, value: unknown) => (name === 'position' ? undefined : value));

  it('gives back a text that reads the same, whatever was accepted', () => {
    const pieces = [
      'status:open',
      '-is:closed',
      'company:"А, Б"',
      'assignee:"me"',
      'created:>-3d',
      'sort:-number',
      'cf.serial:~"a b"',
      '-cf.kind:a,"~b"',
      'cf.cost:>=10',
      'has:cf.x',
      '"a \\\\ b"',
      'слово',
      '-нет',
      'type:x,"y z"',
      'a"b',
      'Error:',
    ];
    const texts = fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 6 })
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(texts, (text) => {
        let canonical: string;
        try {
          canonical = formatFilter(parseFilter(text));
        } catch (error) {
          return error instanceof FilterProblem;
        }
        expect(withoutPlaces(canonical)).toBe(withoutPlaces(text));
        expect(formatFilter(parseFilter(canonical))).toBe(canonical);
        return true;
      }),
      { numRuns: 500 },
    );
  });
});
