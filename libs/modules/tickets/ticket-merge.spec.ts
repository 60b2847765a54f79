import { mergeRefusal, type MergedContact, type MergedSide, staysWith } from './ticket-merge-clients';
import { type Brought, type Standing, standingWith, standingWithout } from './ticket-merge-standing';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 9, minute)).toISOString();
const standing = (facts: Partial<Standing> = {}): Standing => ({
  awaiting: null,
  lastClientMessageAt: null,
  lastStaffReplyAt: null,
  publicUpdatedAt: at(0),
  ...facts,
});

describe('whose move it is', () => {
  const own = standing({ awaiting: 'client', lastClientMessageAt: at(1), lastStaffReplyAt: at(2) });
  const came: Standing[] = [
    standing({ awaiting: 'us', lastClientMessageAt: at(5) }),
    standing({ awaiting: 'client', lastStaffReplyAt: at(7) }),
    standing({ awaiting: 'us', lastClientMessageAt: at(3) }),
    standing(),
    standing({ awaiting: 'us', lastClientMessageAt: at(9), lastStaffReplyAt: at(1) }),
  ];
  /** Three merges of one request, then two of another. */
  function merged(): { merges: Brought[]; now: Standing } {
    const merges: Brought[] = [];
    let now = own;
    for (const [from, to, minute] of [
      [0, 3, 20],
      [3, 5, 30],
    ] as const) {
      const toBefore = now;
      const group = came.slice(from, to).map((fromBefore, n) => ({
        id: `m${from + n}`,
        groupId: `g${from}`,
        at: at(minute),
        isPublic: from + n !== 1,
        fromBefore,
        toBefore,
      }));
      merges.push(...group);
      now = standingWith(now, group);
    }
    return { merges, now };
  }
  const orders = (ids: string[]): string[][] =>
    ids.length < 2
      ? [ids]
      : ids.flatMap((id) => orders(ids.filter((other) => other !== id)).map((rest) => [id, ...rest]));
  const takeBack = (order: readonly string[], touch: (now: Standing) => Standing = (now) => now): Standing => {
    let { merges, now } = merged();
    now = touch(now);
    for (const id of order) {
      const undone = standingWithout(now, merges, id);
      merges = merges
        .filter((merge) => merge.id !== id)
        .map((merge) => ({
          ...merge,
          toBefore: undone.bases.find((base) => base.id === merge.id)?.toBefore ?? merge.toBefore,
        }));
      now = undone.now;
    }
    return now;
  };

  it('T-18: a client who waits for us in a merged ticket waits for us in the survivor', () => {
    expect(merged().now).toEqual({
      awaiting: 'us',
      lastClientMessageAt: at(9),
      lastStaffReplyAt: at(7),
      publicUpdatedAt: at(30),
    });
    expect(standingWith(standing({ awaiting: null }), merged().merges).awaiting).toBeNull();
  });

  it.each(orders(['m0', 'm1', 'm2', 'm3', 'm4']).map((order) => [order.join(' ')]))(
    'T-18: taken apart as %s it stands as before',
    (order) => expect(takeBack(order.split(' '))).toEqual(own),
  );

  it('T-18: what was said since is not forgotten', () => {
    const said = takeBack(['m4', 'm0', 'm1', 'm2', 'm3'], (now) => ({
      ...now,
      lastStaffReplyAt: at(40),
      awaiting: 'client',
    }));
    expect(said).toEqual({ ...own, lastStaffReplyAt: at(40), awaiting: 'client' });
  });
});

describe('whose words others would read', () => {
  const contact = (id: string, ...companyIds: string[]): MergedContact => ({ id, name: id, companyIds });
  const side = (companyId: string | null, ...contacts: MergedContact[]): MergedSide => ({
    companyId,
    isInner: false,
    contacts,
  });
  const [anna, boris, clara] = [contact('anna', 'A'), contact('boris', 'B'), contact('clara')];
  const inner = { ...side('A'), isInner: true };

  it.each([
    ['one company', side('A', anna), [side('A', contact('alex', 'A'))], undefined],
    ['two companies', side('A', anna), [side('B', boris)], 'mergeCompanies'],
    ['two companies among the merged', side(null), [side('A', anna), side('B', boris)], 'mergeCompanies'],
    ['a stranger of no company joins', side('A', anna), [side(null, clara)], undefined],
    ['a person of another company joins', side('A', anna), [side(null, boris)], 'mergeStrangers'],
    ['the survivor belongs to a stranger', side(null, clara), [side('A', anna)], 'mergeStrangers'],
    ['the survivor belongs to one of them', side(null, anna), [side('A', anna)], undefined],
    ['one person without a company', side(null, clara), [side(null, clara)], undefined],
    ['two persons without a company', side(null, clara), [side(null, contact('dora'))], 'mergeStrangers'],
    ['two of one company, none named', side(null, anna), [side(null, contact('alex', 'A', 'B'))], undefined],
    ['nobody at all', side(null), [side(null)], undefined],
    ['inner work and a client', inner, [side('A', anna)], 'mergeInner'],
    ['inner work alone', inner, [inner], undefined],
  ])('T-18: %s', (_, survivor, others, refusal) => expect(mergeRefusal(survivor, others)).toBe(refusal));

  it('T-18: who is not of the company does not go on hearing', () => {
    expect(staysWith({ companyId: 'A' }, anna)).toBe(true);
    expect(staysWith({ companyId: 'A' }, clara)).toBe(false);
    expect(staysWith({ companyId: null }, clara)).toBe(true);
  });
});
