/** Reads the text of a formula into a tree. */

export type Node =
  | { kind: 'value'; value: number | string | boolean; at: number }
  | { kind: 'field'; code: string; at: number }
  | { kind: 'minus'; of: Node; at: number }
  | { kind: 'pair'; op: Operator; left: Node; right: Node; at: number }
  | { kind: 'call'; name: string; args: Node[]; at: number };

export type Operator = '+' | '-' | '*' | '/' | '=' | '<>' | '<' | '<=' | '>' | '>=';

/** Why a formula is refused, and where (from 0). */
export type FormulaProblem = { code: string; at: number; word: string };

/** Thrown while a formula is read; `readFormula` turns it into its problem. */
export class FormulaRefusal extends Error {
  constructor(readonly problem: FormulaProblem) {
    super(problem.code);
  }
}

export function refuse(code: string, at: number, word = ''): never {
  throw new FormulaRefusal({ code, at, word: word.slice(0, 40) });
}

const MAX_LENGTH = 1000;
const MAX_DEPTH = 40;
const TOKEN = /(\d+(?:\.\d+)?)|"([^"]*)"|([A-Za-z_][A-Za-z0-9_]*)|(<>|!=|<=|>=|[-+*/(),=<>])/y;
const SPACE = /\s*/y;
const LEVELS: readonly (readonly string[])[] = [
  ['=', '<>', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];

type Token = { kind: 'number' | 'text' | 'word' | 'sign' | 'end'; text: string; at: number };

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    at += SPACE.exec(source)![0].length;
    if (at >= source.length) return [...tokens, { kind: 'end', text: '', at }];
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(source) ?? refuse('formulaUnreadable', at, source[at]);
    const [whole, number, text, word, sign] = found;
    const kind = number !== undefined ? 'number' : text !== undefined ? 'text' : word !== undefined ? 'word' : 'sign';
    tokens.push({ kind, text: number ?? text ?? word ?? sign ?? '', at });
    at += whole.length;
  }
}

class Reader {
  private next = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  read(): Node {
    const tree = this.pair(0);
    return this.token.kind === 'end' ? tree : this.unexpected();
  }

  private get token(): Token {
    return this.tokens[this.next]!;
  }

  private unexpected(token = this.token): never {
    return refuse(token.kind === 'end' ? 'formulaCutOff' : 'formulaUnexpected', token.at, token.text);
  }

  private take(sign: string): boolean {
    if (this.token.kind !== 'sign' || this.token.text !== sign) return false;
    this.next++;
    return true;
  }

  private pair(level: number): Node {
    const signs = LEVELS[level];
    if (!signs) return this.single();
    let left = this.pair(level + 1);
    while (this.token.kind === 'sign' && signs.includes(this.token.text)) {
      const { text, at } = this.token;
      this.next++;
      const op = (text === '!=' ? '<>' : text) as Operator;
      left = { kind: 'pair', op, left, right: this.pair(level + 1), at };
    }
    return left;
  }

  private single(): Node {
    const token = this.token;
    if (++this.depth > MAX_DEPTH) refuse('formulaTooDeep', token.at);
    this.next++;
    const node = this.singleOf(token);
    this.depth--;
    return node;
  }

  private singleOf(token: Token): Node {
    const { kind, text, at } = token;
    if (kind === 'number') return { kind: 'value', value: Number(text), at };
    if (kind === 'text') return { kind: 'value', value: text, at };
    if (kind === 'word') return this.word(text, at);
    if (kind === 'sign' && text === '-') return { kind: 'minus', of: this.single(), at };
    if (kind !== 'sign' || text !== '(') return this.unexpected(token);
    const inside = this.pair(0);
    return this.take(')') ? inside : this.unexpected();
  }

  private word(text: string, at: number): Node {
    const name = text.toLowerCase();
    if (!this.take('(')) {
      return name === 'true' || name === 'false'
        ? { kind: 'value', value: name === 'true', at }
        : { kind: 'field', code: text, at };
    }
    const args: Node[] = [];
    if (this.take(')')) return { kind: 'call', name, args, at };
    do args.push(this.pair(0));
    while (this.take(','));
    return this.take(')') ? { kind: 'call', name, args, at } : this.unexpected();
  }
}

/** The tree of a formula; throws a FormulaRefusal. */
export function treeOf(source: string): Node {
  if (source.length > MAX_LENGTH) refuse('formulaTooLong', MAX_LENGTH);
  return new Reader(tokensOf(source)).read();
}
