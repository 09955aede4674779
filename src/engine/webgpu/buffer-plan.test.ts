import { describe, expect, it } from 'vitest';
import { createRng } from '#core/rng.ts';
import { Arena } from './arena.ts';
import type { Temporary } from './buffer-lifetimes.ts';
import { leastBytes, type PlannedList, planList } from './buffer-plan.ts';
import { VirtualBuffer } from './virtual-buffers.ts';

const temporary = (bytes: number, first: number, last: number): Temporary => ({
  buffer: new VirtualBuffer(bytes),
  first,
  last,
});

const listOf = (temporaries: readonly Temporary[], conflicts: [number, number][] = []): PlannedList => ({
  temporaries,
  conflicts: conflicts.map(([a, b]) => [temporaries[a]!.buffer, temporaries[b]!.buffer] as const),
});

const randomList = (seed: number, length: number): PlannedList => {
  const rng = createRng(seed, 'buffers');
  const whole = (most: number): number => Math.floor(rng.uniform() * most);
  const temporaries = Array.from({ length }, (_, index) =>
    temporary(4 * (1 + whole(4000)), index, index + whole(12)),
  );
  return listOf(
    temporaries,
    Array.from({ length: length - 1 }, (_, index) => [index + 1, index]),
  );
};

describe('planList', () => {
  it.each([1, 2, 3])(
    'gives no two that live together a common byte, and none beyond its buffer (%i)',
    (seed) => {
      const list = randomList(seed, 120);
      const { slots, places } = planList(list, []);
      for (const [index, a] of list.temporaries.entries()) {
        const place = places.get(a.buffer)!;
        expect(place.offset % 256).toBe(0);
        expect(place.offset + a.buffer.bytes).toBeLessThanOrEqual(slots[place.slot]!);
        for (const b of list.temporaries.slice(index + 1)) {
          const other = places.get(b.buffer)!;
          if (other.slot !== place.slot || a.last < b.first || b.last < a.first) continue;
          const apart =
            place.offset + a.buffer.bytes <= other.offset || other.offset + b.buffer.bytes <= place.offset;
          expect(apart).toBe(true);
        }
      }
      for (const [a, b] of list.conflicts) expect(places.get(a)!.slot).not.toBe(places.get(b)!.slot);
      const bytes = slots.reduce((sum, size) => sum + size, 0);
      expect(bytes).toBeGreaterThanOrEqual(leastBytes(list));
    },
  );

  it('takes the least bytes for a chain, and lets small ones lie in a large one that rests', () => {
    const chain = listOf(
      [
        temporary(1024, 0, 1),
        temporary(1024, 1, 2),
        temporary(1024, 2, 3),
        temporary(512, 3, 5),
        temporary(256, 4, 5),
      ],
      [
        [1, 0],
        [2, 1],
        [3, 2],
      ],
    );
    expect(leastBytes(chain)).toBe(2048);
    expect(planList(chain, []).slots).toEqual([1024, 1024]);
  });

  it('uses buffers that there are, and makes only what does not fit', () => {
    const list = listOf([temporary(1000, 0, 2), temporary(500, 1, 2), temporary(300, 3, 4)]);
    expect(planList(list, [2048]).slots).toEqual([2048]);
    expect(planList(list, [512]).slots).toEqual([512, 1024]);
  });
});

describe('Arena', () => {
  const arenaOf = (...lists: PlannedList[]) => {
    const held = new Set<object>();
    const arena = new Arena<{ bytes: number }>({
      create: (bytes) => {
        const buffer = { bytes };
        held.add(buffer);
        return buffer;
      },
      destroy: (buffer) => held.delete(buffer),
    });
    for (const list of lists) arena.add(list);
    return { arena, held };
  };

  it('needs the same bytes for any order of its users', () => {
    const lists = [randomList(4, 60), randomList(5, 90), randomList(6, 30)] as const;
    const [a, b, c] = lists;
    expect(arenaOf(c, b, a).arena.bytes).toBe(arenaOf(a, b, c).arena.bytes);
    expect(arenaOf(b, a, c).arena.bytes).toBe(arenaOf(a, b, c).arena.bytes);
    // The users share buffers: separately they would need about three times as much.
    expect(arenaOf(a, b, c).arena.bytes).toBeLessThan(
      0.7 * lists.reduce((sum, list) => sum + arenaOf(list).arena.bytes, 0),
    );
  });

  it('counts changes of places, and not the addition of a smaller user', () => {
    const small = listOf([temporary(256, 0, 1)]);
    const large = listOf([temporary(1024, 0, 1), temporary(512, 0, 2)]);
    const { arena } = arenaOf(large);
    const { generation } = arena;
    const before = arena.placeOf(large, large.temporaries[0]!.buffer);
    arena.add(small);
    expect(arena.generation).toBe(generation);
    expect(arena.placeOf(large, large.temporaries[0]!.buffer)).toEqual(before);
    const larger = listOf([temporary(4096, 0, 1)]);
    arena.add(larger);
    expect(arena.generation).toBeGreaterThan(generation);
  });

  it('frees all when its last user goes', () => {
    const [a, b] = [randomList(7, 20), randomList(8, 20)];
    const { arena, held } = arenaOf(a, b);
    arena.remove(a);
    expect(held.size).toBeGreaterThan(0);
    arena.remove(b);
    expect(held.size).toBe(0);
    expect(arena.bytes).toBe(0);
  });
});
