import { describe, expect, it } from 'vitest';
import { bufferLifetimes } from './buffer-lifetimes.ts';
import { type Access, type Region, VirtualBuffer } from './virtual-buffers.ts';

const whole = (buffer: VirtualBuffer): Region => ({ buffer, offset: 0, bytes: buffer.bytes });
const part = (buffer: object, offset: number, bytes: number): Region => ({ buffer, offset, bytes });
const dispatch = (write: Region, ...reads: Region[]): Access => ({
  kind: 'dispatch',
  writes: [write],
  reads,
});
const copy = (source: Region, write: Region): Access => ({
  kind: 'copy',
  writes: [write],
  reads: [source],
});

const buffers = (count: number, bytes = 256): VirtualBuffer[] =>
  Array.from({ length: count }, () => new VirtualBuffer(bytes));

describe('bufferLifetimes', () => {
  it('lets a buffer live from its first command to its last', () => {
    const [a, b] = buffers(2) as [VirtualBuffer, VirtualBuffer];
    const output = part({}, 0, 256);
    const { temporaries, conflicts } = bufferLifetimes(
      [dispatch(whole(a), output), dispatch(whole(b), whole(a)), dispatch(output, whole(a), whole(b))],
      new Set([a, b]),
    );
    expect(temporaries).toEqual([
      { buffer: a, first: 0, last: 2 },
      { buffer: b, first: 1, last: 2 },
    ]);
    expect(conflicts).toEqual([[b, a]]);
  });

  it('writes sources of copies side by side into their array at once, which then lives from the first of them on', () => {
    const [a, b] = buffers(2) as [VirtualBuffer, VirtualBuffer];
    const array = new VirtualBuffer(512);
    const given = part({}, 0, 256);
    const commands = [
      dispatch(whole(a), given),
      dispatch(whole(b), given),
      copy(whole(a), part(array, 0, 256)),
      copy(whole(b), part(array, 256, 256)),
      dispatch(given, whole(array)),
      // Read once more after the copy: the array still holds the same values.
      dispatch(given, whole(a)),
    ];
    const { temporaries, elided, resolve } = bufferLifetimes(commands, new Set([a, b, array]));
    expect(elided).toEqual(new Set([commands[2], commands[3]]));
    expect(temporaries).toEqual([{ buffer: array, first: 0, last: 5 }]);
    expect(resolve(part(b, 16, 8))).toEqual(part(array, 272, 8));
  });

  it('knows all that a command writes: none of it may share a buffer with what it reads', () => {
    const [a, b, c] = buffers(3) as [VirtualBuffer, VirtualBuffer, VirtualBuffer];
    const given = part({}, 0, 256);
    const target = part({}, 0, 256);
    const commands: Access[] = [
      dispatch(whole(a), given),
      { kind: 'dispatch', writes: [whole(b), whole(c)], reads: [whole(a)] },
      copy(whole(c), target),
      dispatch(given, whole(b)),
    ];
    const { temporaries, conflicts, elided, resolve } = bufferLifetimes(commands, new Set([a, b, c]));
    expect(temporaries).toEqual([
      { buffer: a, first: 0, last: 1 },
      { buffer: b, first: 1, last: 3 },
    ]);
    expect(conflicts).toEqual([[b, a]]);
    expect(elided.size).toBe(1);
    expect(resolve(whole(c))).toEqual(target);
    // The command that writes c also reads another part of the target's buffer.
    const reads = [part(target.buffer, 256, 256)];
    const held: Access[] = [
      { kind: 'dispatch', writes: [whole(b), whole(c)], reads },
      copy(whole(c), target),
    ];
    expect(bufferLifetimes(held, new Set([b, c])).elided.size).toBe(0);
  });

  const [source, other] = buffers(2) as [VirtualBuffer, VirtualBuffer];
  const target = {};
  const place = part(target, 0, 256);
  const write = dispatch(whole(source), whole(other));
  const before = dispatch(whole(other), part({}, 0, 256));
  it.each<[string, Access[]]>([
    [
      'the old value is read in between',
      [before, write, dispatch(part({}, 0, 4), place), copy(whole(source), place)],
    ],
    [
      'the place is written in between',
      [before, write, dispatch(place, whole(other)), copy(whole(source), place)],
    ],
    ['the source changes after it', [before, write, copy(whole(source), place), write]],
    [
      'the place changes while the source is still read',
      [
        before,
        write,
        copy(whole(source), place),
        dispatch(place, whole(other)),
        dispatch(whole(other), whole(source)),
      ],
    ],
    [
      'a command would read and write one buffer',
      [before, dispatch(whole(source), part(target, 512, 256)), copy(whole(source), place)],
    ],
    ['the place is where no binding may start', [before, write, copy(whole(source), part(target, 128, 256))]],
    ['the copy is of a part', [before, write, copy(part(source, 0, 128), part(target, 0, 128))]],
  ])('keeps a copy if %s', (_, commands) => {
    expect(bufferLifetimes(commands, new Set([source, other])).elided.size).toBe(0);
  });

  it('retains a copy of a tensor that is not temporary', () => {
    expect(bufferLifetimes([write, copy(whole(source), place)], new Set([other])).elided.size).toBe(0);
    expect(bufferLifetimes([write, copy(whole(source), place)], new Set([other, source])).elided.size).toBe(
      1,
    );
  });
});
