import { type Decision, flowOf, type FlowFact, type FlowRoute, type FlowStage } from './approval-flow';

const person = (id: string) => ({ kind: 'employee' as const, id });
const stage = (people: string, more: Partial<FlowStage> = {}): FlowStage => ({
  mode: 'all',
  k: null,
  order: 'parallel',
  isMergeable: true,
  people: people.split('').map(person),
  ...more,
});
const route = (stages: FlowStage[], more: Partial<FlowRoute> = {}): FlowRoute => ({
  stages,
  mergesRepeated: false,
  returnsTo: 'stage',
  ...more,
});

/**
 * A story in short: `a+` says yes, `a-` no, `a<` sends back, `a>x` gives way to x, `!` the initiator hands in again, `!!` with other
 * words, `x` recalls. The answer: the state and who is asked now.
 */
function play(way: FlowRoute, story: string): string {
  const facts: FlowFact[] = [{ kind: 'started', at: 0 }];
  for (const [index, word] of story.split(' ').filter(Boolean).entries()) {
    const at = index + 1;
    const [who = '', what = '', to = ''] = word;
    const step =
      flowOf(way, facts).steps.find(({ person: { id }, state }) => id === who && state === 'asked')?.key ?? 'none';
    const decisions: Record<string, Decision> = { '+': 'approve', '-': 'decline', '<': 'return' };
    if (word === 'x') facts.push({ kind: 'recalled', at });
    else if (who === '!') facts.push({ kind: 'resubmitted', at, fromStart: word === '!!' });
    else if (what === '>') facts.push({ kind: 'replaced', at, step, person: person(to) });
    else facts.push({ kind: 'decided', at, step, decision: decisions[what]!, by: person(who) });
  }
  const flow = flowOf(way, facts);
  const asked = flow.steps.filter(({ state }) => state === 'asked').map(({ person: { id } }) => id);
  return `${flow.state} ${flow.stage} ${asked.join('')}`.trim();
}

const any = { mode: 'any' as const };
const inTurn = { order: 'sequence' as const };
const two = { mode: 'k_of_n' as const, k: 2 };

describe('AP-01: stages in sequence, inside a stage all, any or k of n', () => {
  it.each([
    ['all at once', route([stage('ab'), stage('c')]), '', 'waiting 0 ab'],
    ['the next stage waits for the last of this one', route([stage('ab'), stage('c')]), 'a+', 'waiting 0 b'],
    ['and is asked then', route([stage('ab'), stage('c')]), 'a+ b+', 'waiting 1 c'],
    ['the last yes is the end', route([stage('ab'), stage('c')]), 'a+ b+ c+', 'approved 1'],
    ['one no ends «all»', route([stage('ab'), stage('c')]), 'a+ b-', 'declined 0'],
    ['whose turn it is not says nothing', route([stage('ab'), stage('c')]), 'c+ c+', 'waiting 0 ab'],
    ['a second yes counts once', route([stage('ab'), stage('c')]), 'a+ a+', 'waiting 0 b'],
    ['in turn: one after the other', route([stage('ab', inTurn)]), '', 'waiting 0 a'],
    ['in turn: the second after the first', route([stage('ab', inTurn)]), 'a+', 'waiting 0 b'],
    ['in turn: a no of the first leaves the second in peace', route([stage('ab', inTurn)]), 'a-', 'declined 0'],
    ['any: the first yes is enough', route([stage('abc', any), stage('d')]), 'b+', 'waiting 1 d'],
    ['any: one no leaves the others asked', route([stage('abc', any)]), 'b-', 'waiting 0 ac'],
    ['any: everybody says no', route([stage('ab', any)]), 'b- a-', 'declined 0'],
    ['any in turn: a no passes it on', route([stage('ab', { ...any, ...inTurn })]), 'a-', 'waiting 0 b'],
    ['any: too late is no decision', route([stage('ab', any), stage('c')]), 'a+ b-', 'waiting 1 c'],
    ['2 of 3', route([stage('abc', two)]), 'a+', 'waiting 0 bc'],
    ['2 of 3: enough', route([stage('abc', two)]), 'a+ c+', 'approved 0'],
    ['2 of 3: one no is not the end', route([stage('abc', two)]), 'a- b+', 'waiting 0 c'],
    ['2 of 3: can no longer be reached', route([stage('abc', two)]), 'a- b+ c-', 'declined 0'],
    ['2 of 3 in turn asks no more than needed', route([stage('abc', { ...two, ...inTurn })]), 'a+ b+', 'approved 0'],
    ['a stage without people is left out', route([stage('a'), stage(''), stage('c')]), 'a+', 'waiting 2 c'],
    ['all left out', route([stage('')]), '', 'approved 0'],
    ['recalled', route([stage('a'), stage('b')]), 'x', 'recalled 0'],
    ['a yes after a recall', route([stage('a')]), 'x a+', 'recalled 0'],
    ['a recall after the end', route([stage('a')]), 'a+ x', 'approved 0'],
  ])('%s', (_, way, story, expected) => {
    expect(play(way, story)).toBe(expected);
  });
});

describe('AP-01: the same person in several steps', () => {
  const merged = { mergesRepeated: true };
  it.each([
    ['is asked again without the option', route([stage('a'), stage('ab')]), 'a+', 'waiting 1 ab'],
    ['counts once with it', route([stage('a'), stage('ab')], merged), 'a+', 'waiting 1 b'],
    ['a stage of his alone passes at once', route([stage('a'), stage('a'), stage('b')], merged), 'a+', 'waiting 2 b'],
    ['his yes is enough for «any»', route([stage('a'), stage('ba', any), stage('c')], merged), 'a+', 'waiting 2 c'],
    ['in turn', route([stage('a'), stage('ab', inTurn)], merged), 'a+', 'waiting 1 b'],
    [
      'asked where a document is his',
      route([stage('a'), stage('a', { isMergeable: false })], merged),
      'a+',
      'waiting 1 a',
    ],
    ['a no is not merged', route([stage('ab', any), stage('a')], merged), 'a- b+', 'waiting 1 a'],
    ['not after other words', route([stage('a'), stage('b'), stage('a')], merged), 'a+ b< !! a+ b+', 'approved 2'],
    ['other words ask him again', route([stage('a'), stage('b')], merged), 'a+ b< !!', 'waiting 0 a'],
    ['a substitute said it himself', route([stage('a'), stage('x')], merged), 'a>x x+', 'approved 1'],
    ['whom he stood in for did not', route([stage('a'), stage('a')], merged), 'a>x x+', 'waiting 1 a'],
  ])('%s', (_, way, story, expected) => {
    expect(play(way, story)).toBe(expected);
  });
});

describe('AP-04: sent back to the initiator', () => {
  const start = { returnsTo: 'start' as const };
  it.each([
    ['nobody is asked meanwhile', route([stage('a'), stage('bc')]), 'a+ b+ c<', 'returned 1'],
    ['goes on at the stage, everybody of it anew', route([stage('a'), stage('bc')]), 'a+ b+ c< !', 'waiting 1 bc'],
    ['or begins anew', route([stage('a'), stage('bc')], start), 'a+ b+ c< !', 'waiting 0 a'],
    ['other words begin anew', route([stage('a'), stage('bc')]), 'a+ c< !!', 'waiting 0 a'],
    ['a decision meanwhile', route([stage('a'), stage('bc')]), 'a+ c< b+', 'returned 1'],
    ['handing in what is not returned', route([stage('a')]), '!', 'waiting 0 a'],
    ['recalled while it is back', route([stage('a')]), 'a< x', 'recalled 0'],
  ])('%s', (_, way, story, expected) => {
    expect(play(way, story)).toBe(expected);
  });
});

describe('AP-02: somebody else in his place', () => {
  it.each([
    ['is asked', route([stage('ab')]), 'a>x', 'waiting 0 bx'],
    ['decides', route([stage('a'), stage('c')]), 'a>x x+', 'waiting 1 c'],
    ['the first has lost it', route([stage('a'), stage('c')]), 'a>x a+', 'waiting 0 x'],
    ['a chain', route([stage('a'), stage('c')]), 'a>x x>y y+', 'waiting 1 c'],
    ['counts like one of the stage', route([stage('abc', two)]), 'a>x x- b-', 'declined 0'],
  ])('%s', (_, way, story, expected) => {
    expect(play(way, story)).toBe(expected);
  });

  it('keeps whose place it is and since when', () => {
    const facts: FlowFact[] = [
      { kind: 'started', at: 0 },
      { kind: 'replaced', at: 7, step: '1.0.0.0', person: person('x') },
    ];
    const [first, second] = flowOf(route([stage('a')]), facts).steps;
    expect(first).toMatchObject({ state: 'replaced', endedAt: 7 });
    expect(second).toMatchObject({ key: '1.0.0.1', insteadOf: person('a'), askedAt: 7, state: 'asked' });
  });
});
