import { processProblems } from './process-check';

const status = (id: string, isFinal = false) => ({ id, isFinal, category: 'in_work' as const });
const edge = (way: string) => ({ fromId: way[0]!, toId: way[1]! });

describe('process check', () => {
  it.each([
    ['a straight line', ['ab', 'bc'], []],
    ['a loop back', ['ab', 'bc', 'cb'], []],
    ['a status nobody gets to', ['ab', 'ba'], [{ statusId: 'c', kind: 'unreachable' }]],
    ['a dead end', ['ab', 'ac'], [{ statusId: 'b', kind: 'dead_end' }]],
    ['a way to itself is no way out', ['ab', 'ac', 'bb'], [{ statusId: 'b', kind: 'dead_end' }]],
  ])('T-05: %s', (_, ways, problems) =>
    expect(processProblems('a', [status('a'), status('b'), status('c', true)], ways.map(edge))).toEqual(problems),
  );
});
