/** The lifetimes of temporary buffers in a list of commands, and the copies that can be omitted. Pure. */
import { type Access, bindingAlignment, type Region, VirtualBuffer } from './virtual-buffers.ts';

/** A temporary buffer, with the first and the last command that use it. */
export interface Temporary {
  readonly buffer: VirtualBuffer;
  /** Index of the first command that uses it. */
  readonly first: number;
  /** Index of the last command that uses it (inclusive). */
  readonly last: number;
}

/** The planner's input, derived from a list of commands. */
export interface Lifetimes {
  readonly temporaries: readonly Temporary[];
  /** Pairs that must not share a GPU buffer: one command writes the first and reads the second. */
  readonly conflicts: readonly (readonly [VirtualBuffer, VirtualBuffer])[];
  /** The copies that are omitted: the source of each is written directly to the target's place. */
  readonly elided: ReadonlySet<Access>;
  /** Returns the place that a region has once the copies are omitted. */
  readonly resolve: (region: Region) => Region;
}

interface Use {
  readonly index: number;
  readonly isWrite: boolean;
  readonly from: number;
  readonly to: number;
}

const usesOf = (commands: readonly Access[]): Map<object, Use[]> => {
  const uses = new Map<object, Use[]>();
  const note = ({ buffer, offset, bytes }: Region, index: number, isWrite: boolean): void => {
    const known = uses.get(buffer) ?? [];
    known.push({ index, isWrite, from: offset, to: offset + bytes });
    uses.set(buffer, known);
  };
  for (const [index, { writes, reads }] of commands.entries()) {
    for (const region of writes) note(region, index, true);
    for (const region of reads) note(region, index, false);
  }
  return uses;
};

const firstOf = (uses: readonly Use[]): number =>
  uses.reduce((first, { index }) => Math.min(first, index), Number.POSITIVE_INFINITY);

const lastOf = (uses: readonly Use[]): number => uses.reduce((last, { index }) => Math.max(last, index), -1);

/** Decides which copies are omitted, and tracks the places of their sources. */
class Places {
  readonly elided = new Set<Access>();
  private readonly uses: Map<object, Use[]>;
  private readonly placed = new Map<VirtualBuffer, Region>();
  /** Buffers in which other buffers are placed; they must not be moved. */
  private readonly hosts = new Set<object>();

  constructor(
    private readonly commands: readonly Access[],
    private readonly temporary: ReadonlySet<object>,
  ) {
    this.uses = usesOf(commands);
  }

  resolve({ buffer, offset, bytes }: Region): Region {
    const place = buffer instanceof VirtualBuffer ? this.placed.get(buffer) : undefined;
    return place ? { buffer: place.buffer, offset: place.offset + offset, bytes } : { buffer, offset, bytes };
  }

  usesOf(buffer: object): readonly Use[] {
    return this.uses.get(buffer) ?? [];
  }

  /** Places the source of a copy in its target, if no command can observe the difference. */
  tryElide(copy: Access, at: number): void {
    const [source] = copy.reads;
    const { buffer } = source!;
    const target = copy.writes[0]!;
    if (!(buffer instanceof VirtualBuffer) || !this.temporary.has(buffer)) return;
    if (source!.offset !== 0 || source!.bytes !== buffer.bytes || target.offset % bindingAlignment !== 0)
      return;
    if (this.placed.has(buffer) || this.hosts.has(buffer)) return;
    if (target.buffer instanceof VirtualBuffer && this.placed.has(target.buffer)) return;
    if (!this.isInvisible(this.usesOf(buffer), target, at)) return;
    this.placed.set(buffer, target);
    this.hosts.add(target.buffer);
    const host = this.uses.get(target.buffer)!;
    for (const use of this.usesOf(buffer)) {
      if (use.index === at) continue;
      host.push({ ...use, from: use.from + target.offset, to: use.to + target.offset });
    }
    this.elided.add(copy);
  }

  private isInvisible(sourceUses: readonly Use[], target: Region, at: number): boolean {
    const [first, last] = [firstOf(sourceUses), lastOf(sourceUses)];
    if (sourceUses.some(({ index, isWrite }) => isWrite && index > at)) return false;
    const end = target.offset + target.bytes;
    for (const { index, isWrite, from, to } of this.usesOf(target.buffer)) {
      if (index === at) continue;
      const overlaps = from < end && to > target.offset;
      // Before the copy, the target holds its old values; after it, source and target hold the same.
      if (overlaps && index >= first && (isWrite ? index <= last : index < at)) return false;
    }
    // A command may not write a buffer that it also reads, not even at different places.
    return sourceUses.every(({ index, isWrite }) => {
      if (index === at) return true;
      const { writes, reads } = this.commands[index]!;
      const others = isWrite ? reads : writes;
      return others.every((region) => this.resolve(region).buffer !== target.buffer);
    });
  }
}

/**
 * Lifetimes of the temporary buffers in a list of commands that is run repeatedly.
 * @param temporary buffers whose contents are not needed before or after the list
 */
export const bufferLifetimes = (
  commands: readonly Access[],
  temporary: ReadonlySet<VirtualBuffer>,
): Lifetimes => {
  const places = new Places(commands, temporary);
  for (const [index, command] of commands.entries()) {
    if (command.kind === 'copy') places.tryElide(command, index);
  }
  const resolve = (region: Region): Region => places.resolve(region);
  const temporaries: Temporary[] = [];
  for (const buffer of temporary) {
    const uses = places.usesOf(buffer);
    const isElsewhere = resolve({ buffer, offset: 0, bytes: buffer.bytes }).buffer !== buffer;
    if (uses.length === 0 || isElsewhere) continue;
    temporaries.push({ buffer, first: firstOf(uses), last: lastOf(uses) });
  }
  const conflicts: [VirtualBuffer, VirtualBuffer][] = [];
  const isTemporary = (buffer: object): buffer is VirtualBuffer =>
    buffer instanceof VirtualBuffer && temporary.has(buffer);
  for (const command of commands) {
    if (places.elided.has(command)) continue;
    for (const write of command.writes) {
      const written = resolve(write).buffer;
      for (const region of command.reads) {
        const read = resolve(region).buffer;
        if (isTemporary(written) && isTemporary(read)) conflicts.push([written, read]);
      }
    }
  }
  return { temporaries, conflicts, elided: places.elided, resolve };
};
