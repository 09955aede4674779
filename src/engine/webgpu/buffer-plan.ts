/** Packs temporary buffers into little memory. Pure. */
import type { Lifetimes, Temporary } from './buffer-lifetimes.ts';
import { aligned, type VirtualBuffer } from './virtual-buffers.ts';

/** A place in one of the plan's buffers. */
export interface Place {
  /** Index of the buffer. */
  readonly slot: number;
  /** In bytes, a multiple of 256. */
  readonly offset: number;
}

/** The planner's input, derived from a list of commands. */
export type PlannedList = Pick<Lifetimes, 'temporaries' | 'conflicts'>;

/** The places of one list, and the buffers that it needs. */
export interface ListPlan {
  /** Bytes of each buffer: existing buffers first, then new ones. */
  readonly slots: readonly number[];
  readonly places: ReadonlyMap<VirtualBuffer, Place>;
}

interface Placed {
  readonly temporary: Temporary;
  readonly offset: number;
  readonly end: number;
}

interface Slot {
  readonly index: number;
  readonly bytes: number;
  /** Sorted by offset. */
  readonly content: Placed[];
}

/** For each buffer, the buffers with which it must not share a GPU buffer. */
const conflictsOf = ({ conflicts }: PlannedList): Map<VirtualBuffer, Set<VirtualBuffer>> => {
  const all = new Map<VirtualBuffer, Set<VirtualBuffer>>();
  const note = (a: VirtualBuffer, b: VirtualBuffer): void => {
    const known = all.get(a);
    if (known) known.add(b);
    else all.set(a, new Set([b]));
  };
  for (const [a, b] of conflicts) {
    note(a, b);
    note(b, a);
  }
  return all;
};

/** The lowest offset at which a temporary fits; undefined if none does. */
const offsetIn = (
  { bytes, content }: Slot,
  { buffer, first, last }: Temporary,
  conflicts: ReadonlySet<VirtualBuffer> | undefined,
): number | undefined => {
  if (buffer.bytes > bytes) return undefined;
  let offset = 0;
  let isFound = false;
  for (const { temporary, offset: start, end } of content) {
    if (conflicts?.has(temporary.buffer)) return undefined;
    if (isFound || temporary.last < first || last < temporary.first) continue;
    if (offset + buffer.bytes <= start) isFound = true;
    else offset = Math.max(offset, end);
  }
  return offset + buffer.bytes <= bytes ? offset : undefined;
};

const insert = (content: Placed[], placed: Placed): void => {
  const at = content.findIndex(({ offset }) => offset > placed.offset);
  content.splice(at < 0 ? content.length : at, 0, placed);
};

/** The most bytes of temporaries in use at once: a lower bound for every plan. */
export const leastBytes = ({ temporaries }: Pick<PlannedList, 'temporaries'>): number => {
  const changes = temporaries.flatMap(({ buffer, first, last }) => [
    { at: first, bytes: aligned(buffer.bytes) },
    { at: last + 1, bytes: -aligned(buffer.bytes) },
  ]);
  // At the same index, count the ends first: they free bytes that a beginning temporary can use.
  changes.sort((a, b) => a.at - b.at || a.bytes - b.bytes);
  let present = 0;
  return changes.reduce((most, { bytes }) => {
    present += bytes;
    return Math.max(most, present);
  }, 0);
};

/**
 * Plans buffers for a list of commands. From the largest to the smallest, each temporary goes to the smallest
 * buffer with room during its lifetime, or else to a new buffer (greedy by size; Pisarchyk and Lee, arXiv
 * 2001.03288). No buffer is larger than the largest temporary, so buffers exceed no limit that the tensors
 * respect.
 * @param before bytes of each existing buffer; all of them are free while the list runs
 */
export const planList = (list: PlannedList, before: readonly number[]): ListPlan => {
  const conflicts = conflictsOf(list);
  const lifeOf = ({ first, last }: Temporary): number => last - first;
  const temporaries = [...list.temporaries].sort(
    (a, b) => b.buffer.bytes - a.buffer.bytes || lifeOf(b) - lifeOf(a) || a.first - b.first,
  );
  const slots: Slot[] = before.map((bytes, index) => ({ index, bytes, content: [] }));
  const bySize = [...slots].sort((a, b) => a.bytes - b.bytes);
  const places = new Map<VirtualBuffer, Place>();
  for (const temporary of temporaries) {
    const { buffer } = temporary;
    let slot: Slot | undefined;
    let offset: number | undefined;
    for (slot of bySize) {
      offset = offsetIn(slot, temporary, conflicts.get(buffer));
      if (offset !== undefined) break;
    }
    if (!slot || offset === undefined) {
      slot = { index: slots.length, bytes: aligned(buffer.bytes), content: [] };
      offset = 0;
      slots.push(slot);
      const { bytes } = slot;
      const at = bySize.findIndex((other) => other.bytes >= bytes);
      bySize.splice(at < 0 ? bySize.length : at, 0, slot);
    }
    insert(slot.content, { temporary, offset, end: offset + aligned(buffer.bytes) });
    places.set(buffer, { slot: slot.index, offset });
  }
  return { slots: slots.map(({ bytes }) => bytes), places };
};
