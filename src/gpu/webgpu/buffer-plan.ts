/** Gives temporary buffers their places in as few bytes as possible. Pure. */
import type { Lifetimes, Temporary } from './buffer-lifetimes.ts';
import { aligned, type VirtualBuffer } from './virtual-buffers.ts';

/** A place in one of the plan's buffers. */
export interface Place {
  /** Index of the buffer. */
  readonly slot: number;
  /** In bytes, a multiple of 256. */
  readonly offset: number;
}

/** Buffers that serve all temporaries of some lists of commands, of which one runs at a time. */
export interface BufferPlan {
  /** Bytes of each buffer. */
  readonly slots: readonly number[];
  readonly places: ReadonlyMap<VirtualBuffer, Place>;
}

interface Placed {
  readonly list: number;
  readonly temporary: Temporary;
  readonly offset: number;
  readonly end: number;
}

interface Slot {
  readonly index: number;
  readonly bytes: number;
  readonly content: Placed[];
}

type Candidate = Readonly<Pick<Placed, 'list' | 'temporary'>>;

const liveTogether = (a: Candidate, b: Candidate): boolean =>
  a.list === b.list && a.temporary.first <= b.temporary.last && b.temporary.first <= a.temporary.last;

/** Each buffer with those that it must not share a GPU buffer with. */
const conflictsOf = (lists: readonly Pick<Lifetimes, 'conflicts'>[]): Map<VirtualBuffer, Set<VirtualBuffer>> => {
  const all = new Map<VirtualBuffer, Set<VirtualBuffer>>();
  const note = (a: VirtualBuffer, b: VirtualBuffer): void => {
    const known = all.get(a) ?? new Set();
    known.add(b);
    all.set(a, known);
  };
  for (const { conflicts } of lists) {
    for (const [a, b] of conflicts) {
      note(a, b);
      note(b, a);
    }
  }
  return all;
};

/** The lowest offset at which the candidate fits, if there is one. */
const offsetIn = (
  { bytes, content }: Slot,
  candidate: Candidate,
  conflicts: ReadonlySet<VirtualBuffer> | undefined,
): number | undefined => {
  const needed = candidate.temporary.buffer.bytes;
  const beside: Placed[] = [];
  for (const other of content) {
    if (conflicts?.has(other.temporary.buffer)) return undefined;
    if (liveTogether(candidate, other)) beside.push(other);
  }
  beside.sort((a, b) => a.offset - b.offset);
  let offset = 0;
  for (const other of beside) {
    if (offset + needed <= other.offset) break;
    offset = Math.max(offset, other.end);
  }
  return offset + needed <= bytes ? offset : undefined;
};

/**
 * Plans buffers for lists of commands of which one runs at a time: the largest temporaries first, each in the smallest
 * buffer that has room for as long as it lives (greedy by size; Pisarchyk and Lee, arXiv 2001.03288), else in a new one. No
 * buffer is larger than a temporary, so that none passes a limit that the tensors keep to.
 */
export const planBuffers = (lists: readonly Pick<Lifetimes, 'temporaries' | 'conflicts'>[]): BufferPlan => {
  const conflicts = conflictsOf(lists);
  const candidates: Candidate[] = lists.flatMap(({ temporaries }, list) =>
    temporaries.map((temporary) => ({ list, temporary })),
  );
  const lifeOf = ({ temporary }: Candidate): number => temporary.last - temporary.first;
  candidates.sort(
    (a, b) => b.temporary.buffer.bytes - a.temporary.buffer.bytes || lifeOf(b) - lifeOf(a) || a.list - b.list,
  );
  const slots: Slot[] = [];
  const places = new Map<VirtualBuffer, Place>();
  for (const candidate of candidates) {
    const { buffer } = candidate.temporary;
    let slot: Slot | undefined;
    let offset = 0;
    // Slots come largest first.
    for (let index = slots.length - 1; index >= 0; index--) {
      const found = offsetIn(slots[index]!, candidate, conflicts.get(buffer));
      if (found === undefined) continue;
      slot = slots[index]!;
      offset = found;
      break;
    }
    if (!slot) {
      slot = { index: slots.length, bytes: aligned(buffer.bytes), content: [] };
      slots.push(slot);
    }
    slot.content.push({ ...candidate, offset, end: offset + aligned(buffer.bytes) });
    places.set(buffer, { slot: slot.index, offset });
  }
  return { slots: slots.map(({ bytes }) => bytes), places };
};
